//! How a device sees that the person is done in the Shell (shell.md 11).

use percent_encoding::percent_decode_str;

/// How a visit to the Shell ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShellEnd {
    /// The person allowed it.
    Allowed {
        /// The instance of the service where they live.
        instance_id: String,
    },
    /// The person did not, or not now.
    Refused,
}

impl ShellEnd {
    /// What an address says that the embedded browser is about to open, or has opened: the end, or `None`
    /// while the person is still on the way. Only the Shell's own page counts.
    pub fn of(shell_url: &str, url: &str) -> Option<Self> {
        let page = format!("{}/application/complete", shell_url.trim_end_matches('/'));
        let start = url.get(..page.len())?;
        let rest = url.get(page.len()..)?;
        if !start.eq_ignore_ascii_case(&page) || !(rest.is_empty() || rest.starts_with(['?', '#'])) {
            return None;
        }
        let query = rest.split('#').next().unwrap_or_default();
        // A refusal carries no instance id; a server that sends one all the same says so in the target.
        let refused = field(query, "target").is_some_and(|target| target == "AppAuthReject");
        match field(query, "instanceid").filter(|id| !refused && !id.is_empty()) {
            Some(instance_id) => Some(ShellEnd::Allowed { instance_id }),
            None => Some(ShellEnd::Refused),
        }
    }
}

/// A value of the query, whose names are in any case.
fn field(query: &str, wanted: &str) -> Option<String> {
    let mut fields = query.trim_start_matches('?').split('&').filter_map(|field| field.split_once('='));
    let (_, value) = fields.find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHELL: &str = "https://shell.example/";

    #[test]
    fn the_end_is_told_from_the_way() {
        let allowed = ShellEnd::Allowed { instance_id: "1 a".into() };
        let end =
            |query: &str| ShellEnd::of(SHELL, &format!("https://shell.example/application/complete{query}"));
        assert_eq!(end("?appid=7&target=AppAuthSuccess&instanceid=1%20a"), Some(allowed.clone()));
        assert_eq!(end("?instanceId=1%20a#top"), Some(allowed));
        assert_eq!(end("?appid=7&target=AppAuthReject"), Some(ShellEnd::Refused));
        assert_eq!(end("?target=AppAuthReject&instanceid=1"), Some(ShellEnd::Refused));
        assert_eq!(end(""), Some(ShellEnd::Refused));
        assert_eq!(
            ShellEnd::of(SHELL, "HTTPS://SHELL.EXAMPLE/Application/Complete"),
            Some(ShellEnd::Refused)
        );
        assert_eq!(end("ly/different?instanceid=1"), None);
    }

    #[test]
    fn another_host_cannot_say_that_it_is_done() {
        for url in [
            "https://shell.example/sign-in?next=/application/complete",
            "https://evil.example/?u=https://shell.example/application/complete?instanceid=1",
            "https://shell.example.evil.example/application/complete?instanceid=1",
            "http://shell.example/application/complete?instanceid=1",
            "é",
            "",
        ] {
            assert_eq!(ShellEnd::of(SHELL, url), None, "{url}");
        }
    }
}

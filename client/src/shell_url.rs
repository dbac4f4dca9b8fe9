//! Addresses of the Shell's redirect page (shell.md 2, 3), to which an application sends a browser.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use uuid::Uuid;

/// Everything but the unreserved characters of a URL.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// An address of the redirect page. It prints as the address, tokens and all; its `Debug` leaves the
/// values out.
#[derive(Clone, PartialEq, Eq)]
pub struct ShellUrl {
    shell_url: String,
    target: &'static str,
    params: Vec<(&'static str, String)>,
}

impl ShellUrl {
    /// Signs a person in, and asks them for what the application needs if they have not agreed to it yet.
    pub fn auth(shell_url: &str, app_id: Uuid) -> Self {
        ShellUrl::to(shell_url, "AUTH").param("appid", app_id)
    }

    /// Lets a person choose the record, and what they share, anew.
    pub fn app_auth(shell_url: &str, app_id: Uuid) -> Self {
        ShellUrl::to(shell_url, "APPAUTH").param("appid", app_id)
    }

    /// Sets up an installation on a device; [`DeviceSetup`](crate::DeviceSetup) makes this address.
    pub(crate) fn create_application(shell_url: &str, master: Uuid, token: &str, name: &str) -> Self {
        let url = ShellUrl::to(shell_url, "CREATEAPPLICATION").param("appid", master);
        let url = url.param("appCreationToken", token).param("instanceName", name);
        // The device looks the instance up afterwards, so that the person may live on any.
        url.param("ismra", false).param("mobile", true).param("aib", true)
    }

    /// Signs a person out and ends their token. What they share stays shared.
    pub fn sign_out(shell_url: &str, app_id: Uuid, wctoken: &str) -> Self {
        ShellUrl::to(shell_url, "APPSIGNOUT").param("appid", app_id).param("credtoken", wctoken)
    }

    /// Any target, by its name.
    pub fn to(shell_url: &str, target: &'static str) -> Self {
        ShellUrl { shell_url: shell_url.to_owned(), target, params: Vec::new() }
    }

    /// One more parameter of the target.
    #[must_use]
    pub fn param(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.params.push((name, value.to_string()));
        self
    }

    /// A value that comes back unchanged.
    #[must_use]
    pub fn actionqs(self, value: &str) -> Self {
        self.param("actionqs", value)
    }

    /// Has the token sent back in a form, not in an address, where logs and histories would keep it.
    #[must_use]
    pub fn post_token(self) -> Self {
        self.param("trm", "post")
    }
}

impl fmt::Debug for ShellUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.params.iter().map(|(name, _)| name).collect();
        f.debug_struct("ShellUrl")
            .field("shell_url", &self.shell_url)
            .field("target", &self.target)
            .field("params", &names)
            .finish()
    }
}

impl fmt::Display for ShellUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The parameters are a query within a query: each value is escaped, and then the whole again.
        let mut inner = String::new();
        for (name, value) in &self.params {
            let separator = if inner.is_empty() { "" } else { "&" };
            inner.push_str(&format!("{separator}{name}={}", utf8_percent_encode(value, RESERVED)));
        }
        let root = self.shell_url.trim_end_matches('/');
        write!(f, "{root}/redirect.aspx?target={}", self.target)?;
        write!(f, "&targetqs={}", utf8_percent_encode(&inner, RESERVED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped_twice_and_names_once() {
        let url = ShellUrl::auth("https://shell.example/", Uuid::nil()).actionqs("a=1&b=é +").post_token();
        assert_eq!(
            url.to_string(),
            "https://shell.example/redirect.aspx?target=AUTH&targetqs=\
             appid%3D00000000-0000-0000-0000-000000000000%26actionqs%3Da%253D1%2526b%253D%25C3%25A9%2520%252B\
             %26trm%3Dpost"
        );
    }

    #[test]
    fn a_token_survives_the_way_to_the_sign_out() {
        let url = ShellUrl::sign_out("https://shell.example", Uuid::nil(), "ab_c-d==").to_string();
        assert!(url.ends_with("%26credtoken%3Dab_c-d%253D%253D"), "{url}");
    }

    #[test]
    fn a_token_does_not_get_into_a_log() {
        let url = ShellUrl::sign_out("https://shell.example", Uuid::nil(), "ab_c-d==");
        let shown = format!("{url:?}");
        assert!(shown.contains("credtoken") && !shown.contains("ab_c"), "{shown}");
    }
}

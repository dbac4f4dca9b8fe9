//! What a browser calls itself, in a person's words: "Firefox on Windows".

use crate::locale::Texts;

/// Later ones name themselves like earlier ones too, so the order matters.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// The name, as far as the browser tells.
pub fn name(agent: &str, t: &Texts) -> String {
    let find = |names: [(&str, &'static str); 7]| {
        names.into_iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| name)
    };
    match (find(BROWSERS), find(SYSTEMS)) {
        (Some(browser), Some(system)) => t.say_two("device-on", "browser", browser, "system", system),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => t.say("device-unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        let t = Texts::for_samples();
        for (agent, said) in [
            ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Mobile Safari/604",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 Chrome/140.0 Mobile Safari/537",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140",
                "Edge on Windows",
            ),
            ("curl/8", "An unknown browser"),
            ("", "An unknown browser"),
        ] {
            assert_eq!(name(agent, &t), said, "{agent}");
        }
    }
}

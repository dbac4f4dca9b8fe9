//! What every page says to the browser about what it may do.

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};

/// The rules for one page. The default leads nowhere but to ourselves and runs no script.
#[derive(Clone, Debug, Default)]
pub struct PagePolicy {
    form_origins: Vec<String>,
    script: bool,
    connect: bool,
}

impl PagePolicy {
    /// A page whose forms lead, perhaps over a redirect, to this origin: browsers stop the redirect otherwise.
    /// During a visit that an application began, that is every page from sign-in on.
    pub fn leading_to(mut self, origin: impl Into<String>) -> Self {
        let origin = origin.into();
        // What is no plain origin could add directives of its own.
        if origin.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/.-[]_".contains(&byte)) {
            self.form_origins.push(origin);
        }
        self
    }

    /// A page with a script of ours.
    pub fn with_script(mut self) -> Self {
        self.script = true;
        self
    }

    /// A page with our script for passkeys, which asks us what the device is to sign.
    pub fn with_passkeys(mut self) -> Self {
        self.script = true;
        self.connect = true;
        self
    }

    /// The Content-Security-Policy.
    pub fn content_security_policy(&self) -> String {
        let mut policy = String::from("default-src 'none'; style-src 'self'; img-src 'self' data:; ");
        if self.script {
            policy.push_str("script-src 'self'; ");
        }
        if self.connect {
            policy.push_str("connect-src 'self'; ");
        }
        policy.push_str("form-action 'self'");
        for origin in &self.form_origins {
            policy.push(' ');
            policy.push_str(origin);
        }
        policy.push_str("; frame-ancestors 'none'; base-uri 'none'");
        policy
    }

    /// Puts the headers on a response.
    pub fn protect(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if let Ok(policy) = HeaderValue::try_from(self.content_security_policy()) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        for (name, value) in FIXED {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        response
    }

    /// A page. Errors in a form are 200 too: an embedded browser takes any 4xx for the end.
    pub fn page(&self, html: String) -> Response {
        let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
        self.protect((kind, html).into_response())
    }
}

/// Sends the browser on with a GET. The token may be in the address: it is neither kept nor passed on.
pub fn see_other(address: &str) -> Response {
    let Ok(location) = HeaderValue::try_from(address) else {
        return PagePolicy::default().protect(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    let mut response = PagePolicy::default()
        .protect((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response());
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// A statement that an application wrote, in a room of its own as [`alone`] makes it, with its own style and
/// pictures within it.
pub fn apart(response: Response) -> Response {
    const POLICY: &str =
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
    let mut response = alone(response);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// What somebody else made, in a room of its own: nothing runs, nothing is fetched, nothing of ours is in
/// reach, and no page of another site shows it. A picture may still stand on a page of ours.
pub fn alone(mut response: Response) -> Response {
    for (name, value) in ALONE {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

const ALONE: [(&str, &str); 7] = [
    ("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'none'"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "private, no-store"),
];

/// `same-origin` and not `no-referrer` for pages: with the latter browsers send our own forms with `Origin: null`.
const FIXED: [(&str, &str); 8] = [
    ("cache-control", "no-store"),
    // The same address says the same in another language.
    ("vary", "accept-language, cookie"),
    ("referrer-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_asks_for_nothing_but_our_own_style_and_images() {
        assert_eq!(
            PagePolicy::default().content_security_policy(),
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        );
    }

    #[test]
    fn a_page_that_leads_to_an_application_names_its_origin() {
        let policy =
            PagePolicy::default().leading_to("https://clinic.example:8443").content_security_policy();
        assert!(policy.contains("form-action 'self' https://clinic.example:8443;"));
    }

    #[test]
    fn an_origin_cannot_smuggle_a_directive() {
        let policy = PagePolicy::default().leading_to("https://a; script-src *").content_security_policy();
        assert!(!policy.contains("script-src"));
    }

    #[test]
    fn only_a_page_that_asks_for_it_may_run_our_script() {
        assert!(PagePolicy::default().with_script().content_security_policy().contains("script-src 'self';"));
    }

    #[test]
    fn a_page_with_passkeys_may_ask_us_and_nobody_else() {
        let policy = PagePolicy::default().with_passkeys().content_security_policy();
        assert!(policy.contains("; script-src 'self'; connect-src 'self'; form-action 'self';"));
        assert!(!PagePolicy::default().with_script().content_security_policy().contains("connect-src"));
    }

    #[test]
    fn a_page_is_not_stored_framed_or_sniffed() {
        let response = PagePolicy::default().page("<p>".into());
        assert_eq!(response.status(), StatusCode::OK);
        for (name, value) in FIXED {
            assert_eq!(response.headers()[name], value);
        }
    }

    #[test]
    fn a_redirect_is_a_303_that_nobody_keeps() {
        let response = see_other("https://clinic.example/?wctoken=x");
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()["location"], "https://clinic.example/?wctoken=x");
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert_eq!(response.headers()["referrer-policy"], "no-referrer");
    }

    #[test]
    fn an_address_with_a_line_end_goes_nowhere() {
        assert_eq!(see_other("https://a/\r\nx: y").status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}

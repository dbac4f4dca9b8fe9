//! The cookies of the Shell: who is signed in, the key of a package that they have answered for, who still has to
//! give a code, and by what a browser is known.

use cookie::{Cookie, SameSite, time::Duration};
use keepwell_core::credentials::second_factor::WAITING_LIFE;
use keepwell_core::env::SECOND;
use keepwell_core::packages::UNLOCKED_LIFE;
use keepwell_core::sessions::known_browser::LIFE_SECONDS;

/// How the browser reaches us.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Transport {
    /// TLS: cookies are for secure connections and this host only.
    Secure,
    /// Plain http on someone's desk.
    Plain,
}

/// The name of the session cookie. The prefix makes browsers refuse one that another host set.
pub fn session_name(transport: Transport) -> &'static str {
    match transport {
        Transport::Secure => "__Host-keepwell",
        Transport::Plain => "keepwell",
    }
}

/// The cookie that holds a session's secret; with a life of its own if the person chose to stay signed in.
///
/// `Lax` and not `Strict`: with `Strict` a person whom a website sends here would arrive signed out.
pub fn session_cookie(transport: Transport, secret: &str, seconds: Option<i64>) -> Cookie<'static> {
    let mut cookie = Cookie::build((session_name(transport), secret.to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(transport == Transport::Secure);
    if let Some(seconds) = seconds {
        cookie = cookie.max_age(Duration::seconds(seconds));
    }
    cookie.build()
}

/// The cookie that makes the browser forget the session.
pub fn forget_session(transport: Transport) -> Cookie<'static> {
    session_cookie(transport, "", Some(0))
}

fn package_name(transport: Transport) -> &'static str {
    match transport {
        Transport::Secure => "__Host-keepwell-package",
        Transport::Plain => "keepwell-package",
    }
}

/// The cookie that holds what opens a package, sealed; it is nowhere on our side. No value makes the browser
/// forget it.
pub fn package_cookie(transport: Transport, token: Option<&str>) -> Cookie<'static> {
    let life = if token.is_some() { UNLOCKED_LIFE / SECOND } else { 0 };
    lasting(transport, package_name(transport), token.unwrap_or_default(), life)
}

fn lasting(transport: Transport, name: &'static str, value: &str, seconds: i64) -> Cookie<'static> {
    Cookie::build((name, value.to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(transport == Transport::Secure)
        .max_age(Duration::seconds(seconds))
        .build()
}

fn waiting_name(transport: Transport) -> &'static str {
    match transport {
        Transport::Secure => "__Host-keepwell-code",
        Transport::Plain => "keepwell-code",
    }
}

/// The cookie of somebody who has given the password and not the code yet, sealed. No value makes the browser
/// forget it.
pub fn waiting_cookie(transport: Transport, token: Option<&str>) -> Cookie<'static> {
    let life = if token.is_some() { WAITING_LIFE / SECOND } else { 0 };
    lasting(transport, waiting_name(transport), token.unwrap_or_default(), life)
}

/// Who still has to give the code, from the `Cookie` headers of a request.
pub fn waiting_token(headers: &http::HeaderMap, transport: Transport) -> Option<String> {
    value_of(headers, waiting_name(transport))
}

fn browser_name(transport: Transport) -> &'static str {
    match transport {
        Transport::Secure => "__Host-keepwell-browser",
        Transport::Plain => "keepwell-browser",
    }
}

/// The cookie by which a browser is known again. It opens nothing, and stays when the person signs out.
pub fn browser_cookie(transport: Transport, token: &str) -> Cookie<'static> {
    lasting(transport, browser_name(transport), token, LIFE_SECONDS)
}

/// By what the browser is known, from the `Cookie` headers of a request.
pub fn browser_token(headers: &http::HeaderMap, transport: Transport) -> Option<String> {
    value_of(headers, browser_name(transport))
}

/// What opens a package, from the `Cookie` headers of a request.
pub fn package_token(headers: &http::HeaderMap, transport: Transport) -> Option<String> {
    value_of(headers, package_name(transport))
}

fn language_name(transport: Transport) -> &'static str {
    match transport {
        Transport::Secure => "__Host-keepwell-language",
        Transport::Plain => "keepwell-language",
    }
}

/// The cookie that keeps the language that was chosen in this browser, for a year.
pub fn language_cookie(transport: Transport, tag: &'static str) -> Cookie<'static> {
    Cookie::build((language_name(transport), tag))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(transport == Transport::Secure)
        .max_age(Duration::days(365))
        .build()
}

/// The language that was chosen in this browser, from the `Cookie` headers of a request.
pub fn chosen_language(headers: &http::HeaderMap, transport: Transport) -> Option<String> {
    value_of(headers, language_name(transport))
}

/// The session's secret from the `Cookie` headers of a request.
pub fn session_secret(headers: &http::HeaderMap, transport: Transport) -> Option<String> {
    value_of(headers, session_name(transport))
}

fn value_of(headers: &http::HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(http::header::COOKIE)
        .into_iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
        .filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, HeaderValue, header::COOKIE};

    #[test]
    fn over_tls_the_cookie_is_bound_to_the_host() {
        assert_eq!(
            session_cookie(Transport::Secure, "abc", None).to_string(),
            "__Host-keepwell=abc; HttpOnly; SameSite=Lax; Secure; Path=/"
        );
    }

    #[test]
    fn a_session_that_stays_has_an_age() {
        let cookie = session_cookie(Transport::Plain, "abc", Some(3600)).to_string();
        assert_eq!(cookie, "keepwell=abc; HttpOnly; SameSite=Lax; Path=/; Max-Age=3600");
    }

    #[test]
    fn signing_out_empties_the_cookie() {
        assert!(forget_session(Transport::Secure).to_string().starts_with("__Host-keepwell=; "));
        assert!(forget_session(Transport::Secure).to_string().contains("Max-Age=0"));
    }

    #[test]
    fn a_secure_session_is_not_read_from_the_plain_cookie() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=b; keepwell=plain"));
        headers.append(COOKIE, HeaderValue::from_static("__Host-keepwell=secure"));
        assert_eq!(session_secret(&headers, Transport::Secure).as_deref(), Some("secure"));
        assert_eq!(session_secret(&headers, Transport::Plain).as_deref(), Some("plain"));
        assert_eq!(session_secret(&HeaderMap::new(), Transport::Plain), None);
    }
}

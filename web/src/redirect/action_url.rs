//! The address that an application registered: the only one to which a person is sent back.

use http::Uri;
use thiserror::Error;

use super::params::tidy;

/// Why an address cannot be an action URL.
#[derive(Debug, Error, Eq, PartialEq)]
pub enum ActionUrlError {
    /// It is no absolute address.
    #[error("not an absolute address")]
    NotAbsolute,
    /// It is neither https, nor http where that is allowed.
    #[error("the address must be https")]
    NotHttps,
    /// It carries a name or password.
    #[error("the address carries a user name")]
    UserInfo,
    /// Its port is no port.
    #[error("the port is out of range")]
    BadPort,
}

/// Where the server stands: development forgives http.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Environment {
    /// Real people: https only.
    Production,
    /// Someone's desk: http is allowed too.
    Development,
}

/// A parsed address to return to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ActionUrl {
    text: String,
    scheme: String,
    host: String,
    port: u16,
    path: String,
}

impl ActionUrl {
    /// Reads an address. It keeps its text (without a fragment); http is for loopback and development only.
    pub fn parse(address: &str, environment: Environment) -> Result<Self, ActionUrlError> {
        // Browsers read `\` as `/` and drop tabs and line ends, so what we compare would not be where they go.
        if address.contains('\\') || address.contains(char::is_control) {
            return Err(ActionUrlError::NotAbsolute);
        }
        let text = tidy(address.trim().split('#').next().unwrap_or_default());
        let uri: Uri = text.parse().map_err(|_| ActionUrlError::NotAbsolute)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(ActionUrlError::NotAbsolute);
        };
        if authority.as_str().contains('@') {
            return Err(ActionUrlError::UserInfo);
        }
        let host = authority.host().trim_end_matches('.').to_ascii_lowercase();
        if host.is_empty() {
            return Err(ActionUrlError::NotAbsolute);
        }
        let scheme = scheme.to_ascii_lowercase();
        let standard = match scheme.as_str() {
            "https" => 443,
            "http" if environment == Environment::Development || is_loopback(&host) => 80,
            _ => return Err(ActionUrlError::NotHttps),
        };
        let port = match authority.port() {
            Some(port) => port.as_str().parse().map_err(|_| ActionUrlError::BadPort)?,
            // `host:` and `host:99999` have something after the host that is no port.
            None if authority.as_str().len() > authority.host().len() => return Err(ActionUrlError::BadPort),
            None => standard,
        };
        let path = uri.path().to_owned();
        Ok(Self { text, scheme, host, port, path })
    }

    /// The address, as registered.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host, for a person's eyes and an allow-list.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The origin, for a `form-action` directive.
    pub fn origin(&self) -> String {
        match (self.scheme.as_str(), self.port) {
            ("https", 443) | ("http", 80) => format!("{}://{}", self.scheme, self.host),
            _ => format!("{}://{}:{}", self.scheme, self.host, self.port),
        }
    }

    /// Whether two addresses lead to the same place: scheme, host, port and path, never a prefix.
    pub fn leads_to_the_same_place_as(&self, other: &Self) -> bool {
        (&self.scheme, &self.host, self.port, &self.path)
            == (&other.scheme, &other.host, other.port, &other.path)
    }

    /// Whether a developer's override may stand in for an application's action URL: its host is one of
    /// these, or a loopback name when the list is empty. The caller has checked that the server is a
    /// development one and that the application accepts overrides.
    pub fn is_allowed_override(&self, hosts: &[String]) -> bool {
        if hosts.is_empty() {
            is_loopback(&self.host)
        } else {
            hosts.iter().any(|host| host.eq_ignore_ascii_case(&self.host))
        }
    }
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(address: &str) -> Result<ActionUrl, ActionUrlError> {
        ActionUrl::parse(address, Environment::Production)
    }

    #[test]
    fn production_takes_https_and_loopback_only() {
        assert!(parse("https://clinic.example/hv/action.aspx?x=1").is_ok());
        assert!(parse("http://localhost:7331/testAuth").is_ok());
        assert_eq!(parse("http://clinic.example/").unwrap_err(), ActionUrlError::NotHttps);
        assert_eq!(parse("http://localhost.evil.example/").unwrap_err(), ActionUrlError::NotHttps);
        assert!(ActionUrl::parse("http://clinic.example/", Environment::Development).is_ok());
    }

    #[test]
    fn other_schemes_and_relative_addresses_are_refused() {
        for address in [
            "javascript:alert(1)",
            "/action",
            "//clinic.example/",
            "clinic.example",
            "",
            "myapp://done",
            "data:text/html,x",
        ] {
            assert!(parse(address).is_err(), "{address}");
        }
    }

    #[test]
    fn an_address_that_browsers_read_otherwise_is_refused() {
        for address in [
            "https://clinic.example\\@evil.example/",
            "https://clinic.example@evil.example/",
            "https://user:word@clinic.example/",
            "https://clinic.example/\r\nSet-Cookie: a=b",
            "https://clinic.exa\tmple/",
            "https://clinic.example:99999/",
            "https://clinic.example:/",
            "https://clinic.example%2f.evil.example/",
            "https://clínic.example/",
        ] {
            assert!(parse(address).is_err(), "{address}");
        }
    }

    #[test]
    fn the_same_place_is_scheme_host_port_and_path() {
        let here = parse("https://Clinic.example/action?a=1").unwrap();
        for (other, same) in [
            ("https://clinic.example:443/action", true),
            ("https://clinic.example./action?b", true),
            ("https://clinic.example/action/", false),
            ("https://clinic.example/Action", false),
            ("https://clinic.example:8443/action", false),
            ("https://clinic.example.evil.example/action", false),
        ] {
            assert_eq!(here.leads_to_the_same_place_as(&parse(other).unwrap()), same, "{other}");
        }
    }

    #[test]
    fn an_override_goes_to_an_allowed_host_or_loopback() {
        let local = parse("http://127.0.0.1:8000/done").unwrap();
        let other = parse("https://dev.example/done").unwrap();
        assert!(local.is_allowed_override(&[]));
        assert!(!other.is_allowed_override(&[]));
        assert!(other.is_allowed_override(&["DEV.example".into()]));
        assert!(!other.is_allowed_override(&["v.example".into()]));
    }

    #[test]
    fn the_origin_leaves_out_the_usual_port() {
        assert_eq!(parse("https://clinic.example:443/a").unwrap().origin(), "https://clinic.example");
        assert_eq!(parse("http://localhost:7331/a").unwrap().origin(), "http://localhost:7331");
    }

    #[test]
    fn a_fragment_is_dropped_and_blanks_are_escaped() {
        assert_eq!(
            parse(" https://clinic.example/a b#top ").unwrap().as_str(),
            "https://clinic.example/a%20b"
        );
    }
}

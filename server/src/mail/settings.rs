//! How the mail server is named: `smtps://user@host:465`.

use std::fmt;
use std::net::IpAddr;

use anyhow::{Context as _, bail, ensure};
use lettre::message::Mailbox;
use secrecy::SecretString;

/// How the connection to the mail server is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (`smtps://`, RFC 8314 3.3).
    Implicit,
    /// Begun in clear and then made private, or broken off (`smtp://`).
    StartTls,
    /// Never private (`smtp-plain://`).
    Plain,
}

/// The mail server that letters are handed to.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept private.
    pub security: Security,
    /// Who we are there.
    pub user: Option<String>,
    /// How we prove it.
    pub password: Option<SecretString>,
}

impl SmtpSettings {
    /// Reads the URL. What it says of passwords is never repeated.
    pub fn parse(url: &str, plain_anywhere: bool) -> anyhow::Result<Self> {
        const EXAMPLE: &str = "an example is smtps://keepwell@mail.example.org";
        let (scheme, rest) = url.split_once("://").with_context(|| format!("no mail server; {EXAMPLE}"))?;
        let (security, usual) = match scheme {
            "smtps" => (Security::Implicit, 465),
            "smtp" => (Security::StartTls, 587),
            "smtp-plain" => (Security::Plain, 25),
            _ => bail!("a mail server is smtps://, smtp:// (STARTTLS) or smtp-plain://; {EXAMPLE}"),
        };
        let (user, place) = match rest.trim_end_matches('/').rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, rest.trim_end_matches('/')),
        };
        ensure!(
            !user.is_some_and(|user| user.contains(':')),
            "a password does not belong into the mail server's URL; put it into a file and name that with \
             --smtp-password-file, or into KEEPWELL_SMTP_PASSWORD"
        );
        let user = user.map(decode).filter(|user| !user.is_empty());
        let (host, port) = host_and_port(place).with_context(|| format!("no host and port; {EXAMPLE}"))?;
        if security == Security::Plain && !plain_anywhere && !is_loopback(&host) {
            bail!(
                "letters to {host} would travel in clear; use smtps:// or smtp://, or say \
                 --smtp-plain-anywhere if the network between is trusted"
            );
        }
        Ok(Self { host, port: port.unwrap_or(usual), security, user, password: None })
    }
}

/// `%40` and the like.
fn decode(user: &str) -> String {
    form_urlencoded::parse(user.replace('+', "%2B").as_bytes())
        .next()
        .map_or_else(String::new, |(name, _)| name.into_owned())
}

fn host_and_port(place: &str) -> Option<(String, Option<u16>)> {
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => {
            let (host, after) = rest.split_once(']')?;
            (host, if after.is_empty() { None } else { Some(after.strip_prefix(':')?) })
        }
        None => match place.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        },
    };
    let is_fit = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    if host.is_empty() || !host.chars().all(is_fit) {
        return None;
    }
    Some((host.to_owned(), port.map(str::parse).transpose().ok()?))
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The server's own address, `Keepwell <keepwell@example.org>`.
pub fn parse_sender(text: &str) -> anyhow::Result<Mailbox> {
    ensure!(!text.chars().any(char::is_control), "a sender stands on one line");
    text.parse().with_context(|| {
        format!("{text:?} is no sender of letters; an example is Keepwell <keepwell@example.org>")
    })
}

impl fmt::Display for SmtpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = match self.security {
            Security::Implicit => "TLS",
            Security::StartTls => "STARTTLS",
            Security::Plain => "in clear",
        };
        write!(f, "{}:{} ({how})", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> anyhow::Result<SmtpSettings> {
        SmtpSettings::parse(url, false)
    }

    #[test]
    fn a_mail_server_is_named_by_a_url() {
        for (url, host, port, security, user) in [
            ("smtps://mail.example.org", "mail.example.org", 465, Security::Implicit, None),
            ("smtp://mail.example.org/", "mail.example.org", 587, Security::StartTls, None),
            (
                "smtp://me%40example.org@mail.example.org:2525",
                "mail.example.org",
                2525,
                Security::StartTls,
                Some("me@example.org"),
            ),
            (
                "smtps://me+k@example.org@mail.example.org",
                "mail.example.org",
                465,
                Security::Implicit,
                Some("me+k@example.org"),
            ),
            ("smtp-plain://[::1]:25", "::1", 25, Security::Plain, None),
            ("smtp-plain://127.0.0.1", "127.0.0.1", 25, Security::Plain, None),
        ] {
            let settings = parse(url).expect(url);
            let found = (settings.host.as_str(), settings.port, settings.security, settings.user.as_deref());
            assert_eq!(found, (host, port, security, user), "{url}");
        }
    }

    #[test]
    fn what_is_no_mail_server_is_refused() {
        for url in [
            "",
            "mail.example.org",
            "http://mail.example.org",
            "smtp://",
            "smtp://a b",
            "smtp://a:x",
            "smtp://[::1",
            "smtp://a/b",
        ] {
            assert!(parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn letters_travel_in_clear_on_this_machine_only_unless_the_operator_says_so() {
        assert!(parse("smtp-plain://localhost").is_ok());
        assert!(parse("smtp-plain://mail.example.org").is_err());
        assert!(SmtpSettings::parse("smtp-plain://mail.example.org", true).is_ok());
    }

    #[test]
    fn a_password_in_the_url_is_refused_and_not_repeated() {
        let error = format!("{:#}", parse("smtps://me:hunter22@mail.example.org").expect_err("refused"));
        assert!(error.contains("--smtp-password-file") && !error.contains("hunter22"), "{error}");
    }

    #[test]
    fn a_sender_has_an_address() {
        assert_eq!(
            parse_sender("Keepwell <keepwell@example.org>").expect("good").email.domain(),
            "example.org"
        );
        for text in ["Keepwell", "", "a@b.example\r\nBcc: c@d.example"] {
            assert!(parse_sender(text).is_err(), "{text}");
        }
    }
}

//! What a letter is, and which letters are refused.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Outage;

/// Recipients of one letter. They see each other; who should not gets a letter of their own.
pub const MOST_RECIPIENTS: usize = 50;
/// Both bodies together.
pub const MOST_BYTES: usize = 1024 * 1024;
/// The longest name or subject, in characters (wire type string255).
const LONGEST: usize = 255;

/// Somebody's address, with a name if there is one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The name beside it.
    pub name: Option<String>,
    /// `ada@example.org`.
    pub address: String,
}

/// Whom a letter is from.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sender {
    /// The server itself: what the operator has set.
    Server,
    /// A mailbox of an application at its own domain (methods.md 13.2).
    Mailbox {
        /// The name beside the address.
        name: Option<String>,
        /// What stands before the `@`.
        local: String,
        /// What stands after it.
        domain: String,
    },
    /// A person (methods.md 13.1). The letter leaves under the server's own address with the person's name,
    /// and is answered to the person: a letter under their address would be taken for forged (SPF, DMARC).
    OnBehalfOf(Address),
}

/// A letter. It has a text, an HTML body or both; both are two forms of the same.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Whom it is from.
    pub from: Sender,
    /// Whom to answer, where that is not the sender.
    pub reply_to: Option<Address>,
    /// Whom it goes to.
    pub to: Vec<Address>,
    /// What it is about.
    pub subject: String,
    /// What it says, in plain text.
    pub text: Option<String>,
    /// What it says, in HTML.
    pub html: Option<String>,
}

/// Why a letter is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// An address is none.
    #[error("an address cannot be written to")]
    Address,
    /// A name is too long, or breaks the line.
    #[error("a name beside an address has up to 255 characters, all on one line")]
    Name,
    /// The subject is too long, or breaks the line.
    #[error("a subject has up to 255 characters, all on one line")]
    Subject,
    /// Nobody to send it to, or too many.
    #[error("a letter goes to 1 to 50 addresses")]
    Recipients,
    /// It says nothing, or too much.
    #[error("a letter has a text, and no more than a mebibyte of it")]
    Body,
    /// Too many letters lately.
    #[error("there were too many letters lately; please wait")]
    Limit,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

impl Address {
    /// An address without a name.
    #[must_use]
    pub fn plain(address: impl Into<String>) -> Self {
        Self { name: None, address: address.into() }
    }

    fn check(&self) -> Result<(), LetterError> {
        check_name(self.name.as_deref())?;
        if is_address(&self.address) { Ok(()) } else { Err(LetterError::Address) }
    }
}

impl Letter {
    /// A letter of the server's own to one address, in plain text.
    #[must_use]
    pub fn from_server(to: impl Into<String>, subject: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            from: Sender::Server,
            reply_to: None,
            to: vec![Address::plain(to)],
            subject: subject.into(),
            text: Some(text.into()),
            html: None,
        }
    }

    /// Whether it can be sent. No header can hold the end of a line, so no letter gets one that was not meant.
    ///
    /// # Errors
    /// `LetterError` saying what is wrong.
    pub fn check(&self) -> Result<(), LetterError> {
        match &self.from {
            Sender::Server => {}
            Sender::Mailbox { name, local, domain } => {
                check_name(name.as_deref())?;
                if !is_mailbox(local) || !is_address(&format!("{local}@{domain}")) {
                    return Err(LetterError::Address);
                }
            }
            Sender::OnBehalfOf(person) => person.check()?,
        }
        if !(1..=MOST_RECIPIENTS).contains(&self.to.len()) {
            return Err(LetterError::Recipients);
        }
        self.to.iter().chain(&self.reply_to).try_for_each(Address::check)?;
        if !is_line(&self.subject) {
            return Err(LetterError::Subject);
        }
        let lengths = [&self.text, &self.html].map(|body| body.as_ref().map_or(0, String::len));
        let has_body = self.text.is_some() || self.html.is_some();
        if !has_body || lengths.iter().sum::<usize>() > MOST_BYTES {
            return Err(LetterError::Body);
        }
        Ok(())
    }
}

fn check_name(name: Option<&str>) -> Result<(), LetterError> {
    if name.is_none_or(is_line) { Ok(()) } else { Err(LetterError::Name) }
}

/// Whether it stays on its line.
fn is_line(text: &str) -> bool {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().count() <= LONGEST && !text.chars().any(breaks)
}

/// Whether a letter can go there: a mailbox, one `@`, a domain with a dot. The letter is the real test.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    (6..=128).contains(&text.len())
        && text.split_once('@').is_some_and(|(local, domain)| {
            is_mailbox(local) && domain.contains('.') && domain.split('.').all(is_label)
        })
}

/// Whether it can stand before the `@`: the dot-atom of RFC 5322 3.2.3, with the letters of RFC 6531.
#[must_use]
pub fn is_mailbox(local: &str) -> bool {
    let is_fit = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.len() <= 64 && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_fit))
}

/// Not what it says or to whom: a letter may end in a log.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter").field("to", &self.to.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address")
    }
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Server => "Server",
            Self::Mailbox { .. } => "Mailbox",
            Self::OnBehalfOf(_) => "OnBehalfOf",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_at_and_a_domain() {
        for text in ["ada@example.org", "o'neil+news@mail.example.org", "åsa@exempel.se"] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "ada",
            "@example.org",
            "ada@",
            "a b@example.org",
            "ada@example",
            "a@b@c.org",
            "ada@.org",
            "ada@-a.org",
            "a..b@example.org",
            "<ada@example.org>",
            "ada@example.org,",
            "ada@example.org\r\nBcc: eve@example.org",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }

    #[test]
    fn no_line_end_gets_into_a_header() {
        let good = Letter::from_server("ada@example.org", "A link", "Hello,\r\nhere.");
        assert_eq!(good.check(), Ok(()));
        for evil in ["a\rb", "a\nb", "a\r\nBcc: eve@example.org", "a\u{85}b", "a\u{2028}b", "a\0b"] {
            let evil = || evil.to_owned();
            let named = Address { name: Some(evil()), address: "ada@example.org".to_owned() };
            assert_eq!(Letter { subject: evil(), ..good.clone() }.check(), Err(LetterError::Subject));
            assert_eq!(Letter { to: vec![named.clone()], ..good.clone() }.check(), Err(LetterError::Name));
            let reply_to = Some(Address::plain(format!("{}@example.org", evil())));
            assert_eq!(Letter { reply_to, ..good.clone() }.check(), Err(LetterError::Address));
            let from = Sender::OnBehalfOf(named);
            assert_eq!(Letter { from, ..good.clone() }.check(), Err(LetterError::Name));
            for (local, domain) in [(evil(), "example.org".to_owned()), ("news".to_owned(), evil())] {
                let from = Sender::Mailbox { name: None, local, domain };
                assert_eq!(Letter { from, ..good.clone() }.check(), Err(LetterError::Address));
            }
        }
    }

    #[test]
    fn a_letter_to_nobody_or_without_a_word_is_refused() {
        let good = Letter::from_server("ada@example.org", "A link", "Hello");
        assert_eq!(Letter { to: Vec::new(), ..good.clone() }.check(), Err(LetterError::Recipients));
        assert_eq!(Letter { text: None, ..good.clone() }.check(), Err(LetterError::Body));
        let long = Some("x".repeat(MOST_BYTES));
        assert_eq!(Letter { html: long, ..good.clone() }.check(), Err(LetterError::Body));
        assert_eq!(Letter { text: None, html: Some("<p>Hello".to_owned()), ..good }.check(), Ok(()));
    }

    #[test]
    fn a_letter_in_a_log_says_nothing() {
        let letter = Letter::from_server("ada@example.org", "A link", "https://secret");
        let shown = format!("{letter:?} {:?} {:?}", letter.from, letter.to);
        assert!(!shown.contains("ada") && !shown.contains("secret") && !shown.contains("link"), "{shown}");
    }
}

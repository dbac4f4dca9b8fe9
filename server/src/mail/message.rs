//! A letter as a message (RFC 5322), the same for every carrier and at every try.

use std::time::{Duration, SystemTime};

use keepwell_core::letters::{Address, Letter, MailError, Outgoing, Sender};
use keepwell_core::names::one_line;
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart};

/// Writes the message; `server` is the server's own address, `now` in microseconds UTC.
pub fn message(server: &Mailbox, now: i64, outgoing: &Outgoing) -> Result<Message, MailError> {
    let letter = &outgoing.letter;
    let date = SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(now).unwrap_or_default());
    let id = format!("<{}@{}>", outgoing.id, server.email.domain());
    let mut builder =
        from(Message::builder(), server, letter)?.date(date).message_id(Some(id)).subject(&letter.subject);
    if let Some(reply_to) = reply_to(letter) {
        builder = builder.reply_to(mailbox(reply_to)?);
    }
    for to in &letter.to {
        builder = builder.to(mailbox(to)?);
    }
    body(builder, letter).map_err(|error| MailError::because(format!("it cannot be put together: {error}")))
}

/// A letter of an application or a person leaves under the server's own address all the same: that is where
/// a mail server returns it to, and what it is judged by.
fn from(builder: MessageBuilder, server: &Mailbox, letter: &Letter) -> Result<MessageBuilder, MailError> {
    Ok(match &letter.from {
        // Nobody's "I am away" should answer to it (RFC 3834 5).
        Sender::Server => builder.from(server.clone()).raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        )),
        Sender::Mailbox { name, local, domain } => {
            let address = Address { name: name.clone(), address: format!("{local}@{domain}") };
            builder.from(mailbox(&address)?).sender(server.clone())
        }
        Sender::OnBehalfOf(person) => {
            let ours = server.name.as_deref().unwrap_or("Keepwell");
            let name = match person.name.as_deref().map(one_line) {
                Some(name) => format!("{name} via {ours}"),
                None => ours.to_owned(),
            };
            builder.from(Mailbox::new(Some(name), server.email.clone()))
        }
    })
}

fn reply_to(letter: &Letter) -> Option<&Address> {
    let person = match &letter.from {
        Sender::OnBehalfOf(person) => Some(person),
        Sender::Server | Sender::Mailbox { .. } => None,
    };
    letter.reply_to.as_ref().or(person)
}

fn mailbox(address: &Address) -> Result<Mailbox, MailError> {
    let parsed =
        address.address.parse().map_err(|_| MailError::because("an address cannot be written to"))?;
    // A name that turns the direction of writing would be read as part of what stands beside it.
    let name = address.name.as_deref().map(one_line).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, parsed))
}

fn body(builder: MessageBuilder, letter: &Letter) -> Result<Message, lettre::error::Error> {
    match (&letter.text, &letter.html) {
        (Some(text), Some(html)) => {
            builder.multipart(MultiPart::alternative_plain_html(text.clone(), html.clone()))
        }
        (None, Some(html)) => builder.header(ContentType::TEXT_HTML).body(html.clone()),
        (text, None) => builder.header(ContentType::TEXT_PLAIN).body(text.clone().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use keepwell_core::Env;

    use super::*;

    fn written(letter: Letter) -> String {
        let server = "Keepwell <keepwell@home.example>".parse().expect("a sender");
        let outgoing = Outgoing { id: Env::system().uuid(), letter };
        let message = message(&server, 1_780_315_200_000_000, &outgoing).expect("a message");
        assert_eq!(
            message.envelope().from().map(ToString::to_string).as_deref(),
            Some("keepwell@home.example")
        );
        assert_eq!(message.envelope().to().len(), outgoing.letter.to.len());
        let text = String::from_utf8(message.formatted()).expect("text");
        assert!(text.contains(&format!("Message-ID: <{}@home.example>\r\n", outgoing.id)), "{text}");
        text
    }

    fn letter() -> Letter {
        Letter::from_server("ada@example.org", "A link", "Hello")
    }

    #[test]
    fn a_letter_of_the_server_says_that_nobody_typed_it() {
        let text = written(letter());
        for line in
            ["From: Keepwell <keepwell@home.example>", "Auto-Submitted: auto-generated", "Subject: A link"]
        {
            assert!(text.contains(&format!("{line}\r\n")), "{line} in {text}");
        }
        assert!(text.contains("Date: Mon, 01 Jun 2026 12:00:00"), "{text}");
    }

    #[test]
    fn a_letter_on_behalf_of_a_person_comes_from_us_and_is_answered_to_them() {
        let name = Some("Ada".to_owned());
        let from = Sender::OnBehalfOf(Address { name, address: "ada@else.example".to_owned() });
        let text = written(Letter { from, ..letter() });
        assert!(text.contains("From: \"Ada via Keepwell\" <keepwell@home.example>\r\n"), "{text}");
        assert!(text.contains("Reply-To: Ada <ada@else.example>\r\n"), "{text}");
    }

    #[test]
    fn a_letter_of_an_application_comes_from_its_mailbox_and_says_who_sent_it() {
        let (name, local) = (Some("The clinic".to_owned()), "news".to_owned());
        let from = Sender::Mailbox { name, local, domain: "clinic.example".to_owned() };
        let text = written(Letter { from, ..letter() });
        assert!(text.contains("From: \"The clinic\" <news@clinic.example>\r\n"), "{text}");
        assert!(text.contains("Sender: Keepwell <keepwell@home.example>\r\n"), "{text}");
    }

    #[test]
    fn two_bodies_are_two_forms_of_one() {
        let text = written(Letter { html: Some("<p>Hello".to_owned()), ..letter() });
        assert!(text.contains("Content-Type: multipart/alternative;"), "{text}");
        let [plain, html] = ["text/plain", "text/html"].map(|kind| text.find(kind).expect(kind));
        assert!(plain < html, "the last is the best (RFC 2046 5.1.4)");
        let text = written(Letter { text: None, html: Some("<p>Hello".to_owned()), ..letter() });
        assert!(text.contains("Content-Type: text/html") && !text.contains("multipart"), "{text}");
    }

    #[test]
    fn nothing_that_is_said_adds_to_the_head_of_a_letter_or_turns_its_names_round() {
        let hostile = [
            "<script>alert(1)</script>",
            "\u{202e}gro.elpmaxe@eve\u{2066} Clinic",
            "=?utf-8?q?a=0d=0aBcc:_eve=40example.org?=",
            "Ada\" <eve@example.org>, \"Bob",
            "Clinic,eve@example.org;",
            "(comment) \\",
            &"long ".repeat(50),
        ];
        for evil in hostile {
            let named = |address: &str| Address { name: Some(evil.to_owned()), address: address.to_owned() };
            let froms = [
                Sender::OnBehalfOf(named("ada@else.example")),
                Sender::Mailbox {
                    name: Some(evil.to_owned()),
                    local: "news".to_owned(),
                    domain: "clinic.example".to_owned(),
                },
            ];
            for from in froms {
                let said = Letter { from, to: vec![named("bob@example.org")], ..letter() };
                let said = Letter {
                    subject: evil.to_owned(),
                    text: Some(format!("Bcc: eve@example.org\r\n\r\n{evil}")),
                    ..said
                };
                said.check().expect("one line");
                let text = written(said);
                let (head, _) = text.split_once("\r\n\r\n").expect("a head");
                assert!(head.is_ascii(), "{head}");
                let names: Vec<&str> = head
                    .split("\r\n")
                    .filter(|line| !line.starts_with([' ', '\t']))
                    .map(|line| line.split_once(':').expect(line).0)
                    .collect();
                let known = [
                    "From",
                    "Sender",
                    "Date",
                    "Message-ID",
                    "Subject",
                    "Reply-To",
                    "To",
                    "MIME-Version",
                    "Content-Type",
                    "Content-Transfer-Encoding",
                ];
                assert!(names.iter().all(|name| known.contains(name)), "{evil}: {head}");
                for name in ["From", "To", "Subject"] {
                    assert_eq!(names.iter().filter(|known| **known == name).count(), 1, "{evil}: {head}");
                }
            }
            let read = mailbox(&named_as(evil)).expect("an address").name.unwrap_or_default();
            assert!(!read.contains(['\u{202e}', '\u{2066}']), "{read}");
        }
    }

    fn named_as(name: &str) -> Address {
        Address { name: Some(name.to_owned()), address: "ada@example.org".to_owned() }
    }

    #[test]
    fn names_in_other_letters_are_written_in_ascii() {
        let to =
            vec![Address { name: Some("Åsa Öberg".to_owned()), address: "asa@example.org".to_owned() }];
        let text = written(Letter { to, subject: "Hälsa\u{1F642}".to_owned(), ..letter() });
        assert!(text.is_ascii(), "{text}");
    }
}

//! SendInsecureMessage 1 (methods.md 13.1): an e-mail from the person.

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::Message;
use crate::xml::Sequence;

/// Reads `info`: the message.
pub fn parse(info: Node<'_, '_>) -> Result<Message, InfoError> {
    Message::read(Sequence::of(info)?)
}

/// Writes the answer.
pub fn answer() -> String {
    answer::success_without_info()
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;
    use uuid::Uuid;

    use super::*;
    use crate::shapes::{RecipientAddress, RecipientPerson, RecipientRecord};
    use crate::status::Status;

    const ADDRESS: &str =
        "<rcpt-address><address> ada@example.org </address><name>Ada &amp; Co</name></rcpt-address>";

    fn read(inside: &str) -> Result<Message, InfoError> {
        let xml = format!("<info>{inside}</info>");
        parse(Document::parse(&xml).unwrap().root_element())
    }

    fn refused(inside: &str) -> String {
        let error = read(inside).unwrap_err();
        assert_eq!(error.status, Status::INVALID_XML);
        error.message
    }

    #[test]
    fn every_kind_of_recipient_and_both_bodies_are_read() {
        let id = Uuid::from_u128(1);
        let message = read(&format!(
            "{ADDRESS}<rcpt-person validated='true'>{id}</rcpt-person><rcpt-person validated='0'>{id}</rcpt-person>\
             <rcpt-record validated='false'/><subject> Hi </subject><text-body>a\n</text-body>\
             <html-body>&lt;p&gt;a</html-body>"
        ));
        let person = |validated| RecipientPerson { person_id: id, validated };
        let expected = Message {
            addresses: vec![RecipientAddress { address: "ada@example.org".into(), name: "Ada & Co".into() }],
            persons: vec![person(true), person(false)],
            record: Some(RecipientRecord { validated: false }),
            subject: " Hi ".into(),
            text_body: Some("a\n".into()),
            html_body: Some("<p>a".into()),
        };
        assert_eq!(message, Ok(expected));
    }

    #[test]
    fn a_message_without_recipient_or_without_body_is_refused() {
        assert_eq!(
            refused("<subject>s</subject><text-body>t</text-body>"),
            "the message needs rcpt-address, rcpt-person or rcpt-record"
        );
        let no_body = "the message needs text-body or html-body";
        assert_eq!(refused(&format!("{ADDRESS}<subject/>")), no_body);
        assert_eq!(refused(&format!("{ADDRESS}<subject/><text-body> </text-body>")), no_body);
        assert_eq!(refused(ADDRESS), "info needs subject");
        assert!(read(&format!("{ADDRESS}<subject/><html-body>h</html-body>")).is_ok());
    }

    #[test]
    fn whether_an_address_must_be_validated_is_always_said() {
        let rest = "<subject/><text-body>t</text-body>";
        assert_eq!(refused(&format!("<rcpt-record/>{rest}")), "rcpt-record has no attribute validated");
        let person = format!("<rcpt-person>{}</rcpt-person>{rest}", Uuid::nil());
        assert_eq!(refused(&person), "rcpt-person has no attribute validated");
        let record = format!("<rcpt-record validated='yes'/>{rest}");
        assert_eq!(refused(&record), "validated is neither true nor false: \"yes\"");
    }
}

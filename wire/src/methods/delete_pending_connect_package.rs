//! DeletePendingConnectPackage 1 (methods.md 8.8): packages that nobody has picked up are taken back.

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::xml::{self, Sequence};

/// What is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one with this code.
    IdentityCode(String),
    /// All with this external id.
    ExternalId(String),
}

/// Reads `info`: a code or an external id, not both.
pub fn parse(info: Node<'_, '_>) -> Result<Which, InfoError> {
    let mut fields = Sequence::of(info)?;
    let which = if let Some(code) = fields.optional("identity-code") {
        Which::IdentityCode(xml::filled(code)?)
    } else if let Some(id) = fields.optional("external-id") {
        Which::ExternalId(xml::filled(id)?)
    } else {
        return Err(InfoError::invalid("info needs identity-code or external-id"));
    };
    fields.end()?;
    Ok(which)
}

/// Writes the answer.
pub fn answer() -> String {
    answer::success_without_info()
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::status::Status;

    fn read(inside: &str) -> Result<Which, InfoError> {
        let info = format!("<info>{inside}</info>");
        parse(Document::parse(&info).unwrap().root_element())
    }

    #[test]
    fn packages_are_named_by_code_or_by_external_id_as_they_are() {
        let by_code = read("<identity-code>JKYZ-QNMN</identity-code>");
        assert_eq!(by_code, Ok(Which::IdentityCode("JKYZ-QNMN".to_owned())));
        let by_id = read("<external-id> a&amp;b</external-id>");
        assert_eq!(by_id, Ok(Which::ExternalId(" a&b".to_owned())));
    }

    #[test]
    fn neither_both_or_an_empty_one_is_refused_by_name() {
        for (inside, message) in [
            ("", "info needs identity-code or external-id"),
            ("<id>1</id>", "info needs identity-code or external-id"),
            ("<identity-code/>", "identity-code is empty"),
            ("<external-id/>", "external-id is empty"),
            (
                "<identity-code>C</identity-code><external-id>1</external-id>",
                "info has no place for external-id here",
            ),
            ("<external-id><b/></external-id>", "external-id holds text, not an element b"),
        ] {
            assert_eq!(read(inside), Err(InfoError::new(Status::INVALID_XML, message)), "{inside}");
        }
    }

    #[test]
    fn nothing_is_returned() {
        assert_eq!(answer(), "<response><status><code>0</code></status></response>");
    }
}

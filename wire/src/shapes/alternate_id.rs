//! An application's own id of a person and a record (methods.md 9).

use roxmltree::Node;

use crate::error::InfoError;
use crate::status::Status;
use crate::xml::{self, Sequence, is_blank};

/// Reads an `info` that holds just an alternate id: not blank, at most 255 characters, kept as it is
/// since even case distinguishes ids. One that is missing has a status of its own.
pub fn read(info: Node<'_, '_>) -> Result<String, InfoError> {
    let mut fields = Sequence::of(info)?;
    let node = fields.optional("alternate-id");
    fields.end()?;
    let missing = || InfoError::new(Status::ALTERNATE_ID_MISSING, "alternate-id is missing or blank");
    let node = node.ok_or_else(missing)?;
    if is_blank(&xml::inner_text(node)?) {
        return Err(missing());
    }
    xml::up_to(255, node)
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn refused(inside: &str) -> (Status, String) {
        let xml = format!("<info>{inside}</info>");
        let error = read(Document::parse(&xml).unwrap().root_element()).unwrap_err();
        (error.status, error.message)
    }

    #[test]
    fn an_id_is_kept_as_it_is() {
        let long = "ß".repeat(255);
        for id in ["Patient 1", "a", " b ", &long] {
            let xml = format!("<info><alternate-id>{id}</alternate-id></info>");
            assert_eq!(read(Document::parse(&xml).unwrap().root_element()).as_deref(), Ok(id));
        }
    }

    #[test]
    fn a_missing_or_blank_id_has_a_status_of_its_own_and_a_long_one_has_not() {
        for missing in ["", "<alternate-id/>", "<alternate-id> \n</alternate-id>"] {
            assert_eq!(refused(missing).0, Status::ALTERNATE_ID_MISSING, "{missing}");
        }
        let long = format!("<alternate-id>{}</alternate-id>", "a".repeat(256));
        let message = "alternate-id is longer than 255 characters".to_owned();
        assert_eq!(refused(&long), (Status::INVALID_XML, message));
        assert_eq!(refused("<id>1</id>").0, Status::INVALID_XML);
    }
}

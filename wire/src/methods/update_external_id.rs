//! UpdateExternalId 1 (methods.md 8.4): another external id for a connect request, or for packages.

use roxmltree::Node;

use crate::error::InfoError;
use crate::xml::{self, Sequence};

/// What gets another id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one with this code.
    IdentityCode(String),
    /// All with this id.
    OldExternalId(String),
}

/// Reads `info`: what gets another id, and which.
pub fn parse(info: Node<'_, '_>) -> Result<(Which, String), InfoError> {
    let mut fields = Sequence::of(info)?;
    let text = |name: &str, node| match xml::inner_text(node)?.into_owned() {
        text if text.is_empty() => Err(InfoError::invalid(format!("{name} is empty"))),
        text => Ok(text),
    };
    let which = match fields.optional("identity-code") {
        Some(node) => Which::IdentityCode(text("identity-code", node)?),
        None => Which::OldExternalId(text("old-external-id", fields.required("old-external-id")?)?),
    };
    let new = text("new-external-id", fields.required("new-external-id")?)?;
    fields.end()?;
    Ok((which, new))
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn of(inside: &str) -> Result<(Which, String), u16> {
        let info = format!("<info>{inside}</info>");
        parse(Document::parse(&info).unwrap().root_element()).map_err(|e| e.status.code())
    }

    #[test]
    fn it_is_named_by_code_or_by_its_old_id() {
        let new = "<new-external-id>n</new-external-id>";
        let by_code = of(&format!("<identity-code>C</identity-code>{new}"));
        assert_eq!(by_code, Ok((Which::IdentityCode("C".to_owned()), "n".to_owned())));
        let by_id = of(&format!("<old-external-id>o</old-external-id>{new}"));
        assert_eq!(by_id, Ok((Which::OldExternalId("o".to_owned()), "n".to_owned())));
        for wrong in
            [new, "<identity-code>C</identity-code>", "<identity-code/><new-external-id>n</new-external-id>"]
        {
            assert_eq!(of(wrong), Err(3), "{wrong}");
        }
    }
}

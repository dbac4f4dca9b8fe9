//! DeletePendingConnectRequest 1 (methods.md 8.3).

use roxmltree::Node;

use crate::error::InfoError;
use crate::xml::{self, Sequence};

/// Reads `info`: the application's own id of the person.
pub fn parse(info: Node<'_, '_>) -> Result<String, InfoError> {
    let mut fields = Sequence::of(info)?;
    let id = xml::inner_text(fields.required("external-id")?)?.into_owned();
    fields.end()?;
    if id.is_empty() { Err(InfoError::invalid("external-id is empty")) } else { Ok(id) }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn the_id_is_read_as_it_is() {
        let of =
            |text: &str| parse(Document::parse(text).unwrap().root_element()).map_err(|e| e.status.code());
        assert_eq!(of("<info><external-id> a&amp;b</external-id></info>"), Ok(" a&b".to_owned()));
        assert_eq!(of("<info><external-id/></info>"), Err(3));
        assert_eq!(of("<info/>"), Err(3));
    }
}

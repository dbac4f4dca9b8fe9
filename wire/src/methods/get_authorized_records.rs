//! GetAuthorizedRecords 1 (methods.md 5.6).

use std::collections::HashSet;

use roxmltree::Node;
use uuid::Uuid;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::Record;
use crate::xml::{self, Sequence};

/// Reads `info`: the records asked for, in the order asked, each once.
pub fn parse(info: Node<'_, '_>) -> Result<Vec<Uuid>, InfoError> {
    let mut fields = Sequence::of(info)?;
    let mut nodes = vec![fields.required("id")?];
    nodes.extend(fields.repeated("id"));
    fields.end()?;
    let mut ids = nodes.into_iter().map(xml::guid).collect::<Result<Vec<_>, _>>()?;
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(*id));
    Ok(ids)
}

/// Writes the answer: those of the records that are authorized.
pub fn answer(records: &[Record]) -> String {
    answer::success("GetAuthorizedRecords", |out| records.iter().for_each(|record| record.write(out)))
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn ids_keep_their_order_and_come_once() {
        let (a, b) = (Uuid::from_u128(2), Uuid::from_u128(1));
        let xml = format!("<info><id>{a}</id><id> {b} </id><id>{a}</id></info>");
        assert_eq!(parse(Document::parse(&xml).unwrap().root_element()), Ok(vec![a, b]));
        assert!(parse(Document::parse("<info/>").unwrap().root_element()).is_err());
    }
}

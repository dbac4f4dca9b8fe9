//! GetAuthorizedRecords 1 (methods.md 5.6).

use roxmltree::Node;
use uuid::Uuid;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::Record;
use crate::xml::{self, Sequence};

/// Reads `info`: the records asked for, in the order asked, each once.
pub fn parse(info: Node<'_, '_>) -> Result<Vec<Uuid>, InfoError> {
    let mut fields = Sequence::of(info)?;
    let mut ids = vec![xml::guid(fields.required("id")?)?];
    for node in fields.repeated("id") {
        let id = xml::guid(node)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    fields.end()?;
    Ok(ids)
}

/// Writes the answer: those of the records that are authorized.
pub fn answer(records: &[Record]) -> String {
    answer::success("GetAuthorizedRecords", |out| records.iter().for_each(|record| record.write(out)))
}

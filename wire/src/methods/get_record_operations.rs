//! GetRecordOperations 1 (methods.md 10.2): what was done to a record since.

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::ThingKey;
use crate::time::LocalMicros;
use crate::xml::{self, Sequence, XmlWriter};
use uuid::Uuid;

/// What was done to one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordOperation {
    /// `Create`, `Update` or `Delete`.
    pub operation: &'static str,
    /// The number of the call.
    pub sequence_number: i64,
    /// The thing, and the version that came of it.
    pub thing: ThingKey,
    /// Its type.
    pub type_id: Uuid,
    /// Its effective date; none when it is gone.
    pub eff_date: Option<LocalMicros>,
    /// Its end date, if it has one and is not gone.
    pub updated_end_date: Option<LocalMicros>,
}

/// Reads `info`: the number after which to begin.
pub fn parse(info: Node<'_, '_>) -> Result<i64, InfoError> {
    let mut fields = Sequence::of(info)?;
    let number = xml::number(fields.required("record-operation-sequence-number")?)?;
    fields.end()?;
    Ok(number)
}

/// Writes the answer. One client takes an empty list for work to do: without operations there is none.
pub fn answer(latest: i64, operations: &[RecordOperation]) -> String {
    answer::success("GetRecordOperations", |out| {
        out.element("latest-record-operation-sequence-number", latest);
        if !operations.is_empty() {
            out.open("operations");
            operations.iter().for_each(|operation| operation.write(out));
            out.close();
        }
    })
}

impl RecordOperation {
    fn write(&self, out: &mut XmlWriter) {
        out.open("record-operation").element("operation", self.operation);
        out.element("sequence-number", self.sequence_number);
        self.thing.write(out);
        out.element("type-id", self.type_id).element_if("eff-date", self.eff_date);
        out.element_if("updated-end-date", self.updated_end_date).close();
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn a_number_is_asked_for_and_must_be_one() {
        let read = |text: &str| {
            let xml = format!(
                "<info><record-operation-sequence-number>{text}</record-operation-sequence-number></info>"
            );
            parse(Document::parse(&xml).unwrap().root_element())
        };
        assert_eq!(read(" 7 "), Ok(7));
        assert!(read("seven").is_err());
        assert!(parse(Document::parse("<info/>").unwrap().root_element()).is_err());
    }

    #[test]
    fn nothing_new_is_no_list_at_all() {
        let nothing = answer(7, &[]);
        assert!(nothing.ends_with(
            "GetRecordOperations\"><latest-record-operation-sequence-number>7\
             </latest-record-operation-sequence-number></wc:info></response>"
        ));
        let id = Uuid::from_u128(1);
        let gone = RecordOperation {
            operation: "Delete",
            sequence_number: 8,
            thing: ThingKey { id, version_stamp: id },
            type_id: id,
            eff_date: None,
            updated_end_date: None,
        };
        assert!(answer(8, &[gone]).contains(&format!(
            "<operations><record-operation><operation>Delete</operation><sequence-number>8</sequence-number>\
             <thing-id version-stamp=\"{id}\">{id}</thing-id><type-id>{id}</type-id></record-operation></operations>"
        )));
    }
}

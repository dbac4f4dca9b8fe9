//! GetUpdatedRecordsForApplication 1 and 2 (methods.md 10.1): which records changed.

use roxmltree::Node;
use uuid::Uuid;

use crate::answer;
use crate::error::InfoError;
use crate::time::UtcMicros;
use crate::xml::{self, Sequence, is_blank};

/// A record that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UpdatedRecord {
    /// As the application knows it.
    pub record_id: Uuid,
    /// And the person.
    pub person_id: Uuid,
    /// When it last changed.
    pub update_date: UtcMicros,
    /// The number of its latest call; one client needs it.
    pub latest_operation_sequence_number: i64,
}

/// Reads `info`: since when. An empty date counts as none.
pub fn parse(info: Node<'_, '_>) -> Result<Option<UtcMicros>, InfoError> {
    let mut fields = Sequence::of(info)?;
    let date = fields.optional("update-date");
    fields.end()?;
    match date {
        Some(node) if !is_blank(&xml::inner_text(node)?) => xml::utc(node).map(Some),
        _ => Ok(None),
    }
}

/// Writes the answer. Version 1 tells a record once, however many persons allowed it.
pub fn answer(version: u32, records: &[UpdatedRecord]) -> String {
    if version == 1 {
        return answer::success("GetUpdatedRecordsForApplication", |out| {
            for record in records {
                out.open("record-id").attr("update-date", record.update_date).text(record.record_id).close();
            }
        });
    }
    answer::success("GetUpdatedRecordsForApplication2", |out| {
        out.open("updated-records");
        for record in records {
            out.open("updated-record").element("record-id", record.record_id);
            out.element("update-date", record.update_date).element("person-id", record.person_id);
            out.element("latest-operation-sequence-number", record.latest_operation_sequence_number).close();
        }
        out.close();
    })
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn without_a_date_all_records_are_meant() {
        let read = |inside: &str| {
            let xml = format!("<info>{inside}</info>");
            parse(Document::parse(&xml).unwrap().root_element())
        };
        assert_eq!(read(""), Ok(None));
        assert_eq!(read("<update-date/>"), Ok(None));
        assert!(read("<update-date>2026-06-01T00:00:00Z</update-date>").unwrap().is_some());
        assert!(read("<update-date>yesterday</update-date>").is_err());
    }

    #[test]
    fn version_2_always_has_its_list() {
        assert!(
            answer(2, &[])
                .ends_with("GetUpdatedRecordsForApplication2\"><updated-records/></wc:info></response>")
        );
        assert!(answer(1, &[]).ends_with("GetUpdatedRecordsForApplication\"/></response>"));
        let (id, time) = (Uuid::from_u128(1), UtcMicros(1_780_315_200_000_000));
        let record = UpdatedRecord {
            record_id: id,
            person_id: id,
            update_date: time,
            latest_operation_sequence_number: 3,
        };
        assert!(
            answer(1, &[record]).contains(&format!("<record-id update-date=\"{time}\">{id}</record-id>"))
        );
        assert!(answer(2, &[record]).contains(&format!(
            "<updated-record><record-id>{id}</record-id><update-date>{time}</update-date><person-id>{id}</person-id>\
             <latest-operation-sequence-number>3</latest-operation-sequence-number></updated-record>"
        )));
    }
}

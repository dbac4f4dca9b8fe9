//! GetPersonAndRecordForAlternateId 1 (methods.md 9).

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::{PersonInfo, alternate_id};

/// Reads `info`: the id.
pub fn parse(info: Node<'_, '_>) -> Result<String, InfoError> {
    alternate_id::read(info)
}

/// Writes the answer: a person whose only record, and selected record, is that of the id.
pub fn answer(person: &PersonInfo) -> String {
    answer::success("GetPersonAndRecordForAlternateId", |out| person.write(out))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_person_is_the_answer() {
        let person = PersonInfo {
            person_id: Uuid::from_u128(1),
            name: "Ada".into(),
            app_settings: None,
            selected_record_id: Some(Uuid::from_u128(2)),
            more_records: false,
            records: Vec::new(),
            groups: Vec::new(),
            preferred_culture: None,
            preferred_uiculture: None,
            location: None,
            effective_record_permissions: Vec::new(),
        };
        assert_eq!(
            answer(&person),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.GetPersonAndRecordForAlternateId\">\
             <person-info><person-id>00000000-0000-0000-0000-000000000001</person-id><name>Ada</name>\
             <selected-record-id>00000000-0000-0000-0000-000000000002</selected-record-id></person-info>\
             </wc:info></response>"
        );
    }
}

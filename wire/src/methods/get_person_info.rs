//! GetPersonInfo 1 (methods.md 5.4).

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::PersonInfo;
use crate::xml::{self, Sequence};

/// What to tell beyond the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Request {
    /// Groups of which the person is a member.
    pub group_membership: bool,
    /// Permissions on the record of the header, or on all.
    pub effective_record_permissions: bool,
}

/// Reads `info`.
pub fn parse(info: Node<'_, '_>) -> Result<Request, InfoError> {
    let mut fields = Sequence::of(info)?;
    let mut flag = |name| fields.optional(name).map_or(Ok(false), xml::boolean);
    let request = Request {
        group_membership: flag("group-membership")?,
        effective_record_permissions: flag("effective-record-permissions")?,
    };
    fields.end()?;
    Ok(request)
}

/// Writes the answer.
pub fn answer(person: &PersonInfo) -> String {
    answer::success("GetPersonInfo", |out| person.write(out))
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;
    use uuid::Uuid;

    use super::*;
    use crate::shapes::{AppRecordAuthAction, Culture, Location, Record, RecordState};
    use crate::time::UtcMicros;

    fn ada() -> PersonInfo {
        let record = Record {
            id: Uuid::from_u128(2),
            name: "Ada Example".into(),
            record_custodian: true,
            rel_type: 1,
            rel_name: Some("Self".into()),
            auth_expires: UtcMicros::NEVER,
            auth_expired: false,
            display_name: Some("Ada".into()),
            state: RecordState::Active,
            date_created: UtcMicros(0),
            max_size_bytes: Some(4_294_967_296),
            size_bytes: Some(512),
            app_record_auth_action: AppRecordAuthAction::NoActionRequired,
            app_specific_record_id: Some("1001".into()),
            location_country: Some("NL".into()),
            location_state_province: None,
            date_updated: UtcMicros(1_500_000),
            latest_operation_sequence_number: Some(7),
            record_app_auth_created_date: UtcMicros(2_000_000),
        };
        PersonInfo {
            person_id: Uuid::from_u128(1),
            name: "Ada & Co".into(),
            app_settings: Some("<app-settings v='1'><x:a xmlns:x=\"urn:x\"/></app-settings>".into()),
            selected_record_id: Some(record.id),
            more_records: false,
            records: vec![record],
            groups: Vec::new(),
            preferred_culture: Some(Culture { language: Some("en".into()), country: None }),
            preferred_uiculture: None,
            location: Some(Location { country: "NL".into(), state_province: None }),
            effective_record_permissions: Vec::new(),
        }
    }

    #[test]
    fn a_person_is_written_in_the_order_of_the_schema() {
        assert_eq!(
            answer(&ada()),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.GetPersonInfo\"><person-info>\
             <person-id>00000000-0000-0000-0000-000000000001</person-id><name>Ada &amp; Co</name>\
             <app-settings v='1'><x:a xmlns:x=\"urn:x\"/></app-settings>\
             <selected-record-id>00000000-0000-0000-0000-000000000002</selected-record-id>\
             <record id=\"00000000-0000-0000-0000-000000000002\" record-custodian=\"true\" rel-type=\"1\" \
             rel-name=\"Self\" auth-expires=\"9999-12-31T23:59:59.999Z\" display-name=\"Ada\" state=\"Active\" \
             date-created=\"1970-01-01T00:00:00Z\" max-size-bytes=\"4294967296\" size-bytes=\"512\" \
             app-record-auth-action=\"NoActionRequired\" app-specific-record-id=\"1001\" location-country=\"NL\" \
             date-updated=\"1970-01-01T00:00:01.5Z\" latest-operation-sequence-number=\"7\" \
             record-app-auth-created-date=\"1970-01-01T00:00:02Z\">Ada Example</record>\
             <preferred-culture><language>en</language></preferred-culture>\
             <location><country>NL</country></location></person-info></wc:info></response>"
        );
    }

    #[test]
    fn the_flags_are_read_and_anything_else_is_refused() {
        let read = |xml: &str| parse(Document::parse(xml).unwrap().root_element());
        assert_eq!(read("<info/>"), Ok(Request::default()));
        let both = "<info><group-membership>true</group-membership>\
                    <effective-record-permissions>0</effective-record-permissions></info>";
        assert_eq!(read(both), Ok(Request { group_membership: true, effective_record_permissions: false }));
        assert!(read("<info><group-membership>yes</group-membership></info>").is_err());
        assert!(read("<info><other/></info>").is_err());
    }
}

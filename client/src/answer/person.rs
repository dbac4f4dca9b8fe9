//! A person, as the application sees them.

use keepwell_wire::xml;
use roxmltree::Node;
use uuid::Uuid;

use super::{Record, child, children, inside, required, text};
use crate::Error;

/// A person who authorized the application.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Person {
    /// Their id, which only this application knows them by; offline calls are made with it.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// The record that they chose for the application.
    pub selected_record_id: Option<Uuid>,
    /// The records that they share with it.
    pub records: Vec<Record>,
    /// Whether there are more records than these.
    pub more_records: bool,
    /// The XML that the application keeps with them.
    pub settings: Option<String>,
    /// The language that they read, such as `en` or `en-US`.
    pub language: Option<String>,
    /// The country that they live in (ISO 3166).
    pub country: Option<String>,
}

impl Person {
    /// Reads `person-info`.
    pub(crate) fn read(node: Node<'_, '_>) -> Result<Self, Error> {
        // Some servers say with the nil GUID that none was chosen.
        let selected = child(node, "selected-record-id").map(xml::guid).transpose()?;
        let within = |outer, name| child(node, outer).and_then(|n| child(n, name)).map(text).transpose();
        Ok(Person {
            id: xml::guid(required(node, "person-id")?)?,
            name: text(required(node, "name")?)?,
            selected_record_id: selected.filter(|id| !id.is_nil()),
            records: children(node, "record").map(Record::read).collect::<Result<_, _>>()?,
            more_records: child(node, "more-records").map_or(Ok(false), xml::boolean)?,
            settings: child(node, "app-settings").map(inside),
            language: within("preferred-uiculture", "language")?,
            country: within("location", "country")?,
        })
    }

    /// The record to work with: the one that they chose, or the only one there is.
    pub fn record(&self) -> Option<&Record> {
        match self.selected_record_id {
            Some(id) => self.records.iter().find(|record| record.id == id),
            None => Some(&self.records).filter(|records| records.len() == 1).and_then(|r| r.first()),
        }
    }
}

#[cfg(test)]
mod tests {
    use keepwell_wire::shapes::{AppRecordAuthAction, RecordState};
    use roxmltree::Document;

    use super::*;

    const ADA: &str = "<person-info><person-id>00000000-0000-0000-0000-000000000001</person-id>\
        <name>Ada &amp; Co</name><app-settings><name>not this</name></app-settings>\
        <selected-record-id>00000000-0000-0000-0000-000000000002</selected-record-id>\
        <record id=\"00000000-0000-0000-0000-000000000003\">Old</record>\
        <record id=\"00000000-0000-0000-0000-000000000002\" record-custodian=\"true\" rel-type=\"1\" \
        rel-name=\"Self\" display-name=\"Ada\" state=\"ReadOnly\" app-record-auth-action=\"ReauthorizationRequired\" \
        record-app-auth-created-date=\"1970-01-01T00:00:02Z\" latest-operation-sequence-number=\"7\">Ada Example</record>\
        <preferred-uiculture><language>en</language></preferred-uiculture></person-info>";

    #[test]
    fn a_person_comes_with_the_record_that_they_chose() {
        let document = Document::parse(ADA).unwrap();
        let ada = Person::read(document.root_element()).unwrap();
        assert_eq!((ada.id, &*ada.name, ada.more_records), (Uuid::from_u128(1), "Ada & Co", false));
        assert_eq!(ada.settings.as_deref(), Some("<name>not this</name>"));
        assert_eq!((ada.language.as_deref(), ada.country.as_deref()), (Some("en"), None));
        let record = ada.record().unwrap();
        assert_eq!((record.label(), &*record.name, record.relationship), ("Ada", "Ada Example", 1));
        assert_eq!(record.state, RecordState::ReadOnly);
        assert_eq!(record.action, AppRecordAuthAction::ReauthorizationRequired);
        assert_eq!(record.authorized_at, jiff::Timestamp::from_second(2).ok());
        assert_eq!(ada.records[0].action, AppRecordAuthAction::NoActionRequired);
    }

    #[test]
    fn without_a_choice_only_an_only_record_is_meant() {
        let document = Document::parse(ADA).unwrap();
        let mut ada = Person::read(document.root_element()).unwrap();
        ada.selected_record_id = None;
        assert!(ada.record().is_none());
        ada.records.pop();
        assert_eq!(ada.record().map(Record::label), Some("Old"));
    }
}

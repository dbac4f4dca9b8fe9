//! PersonInfo (methods.md 4.1).

use roxmltree::Node;
use uuid::Uuid;

use crate::error::InfoError;
use crate::shapes::{Record, ThingTypePermission};
use crate::xml::{self, Sequence, XmlWriter};

/// A person as an application sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonInfo {
    /// The application's pseudonym of the person.
    pub person_id: Uuid,
    /// The full name.
    pub name: String,
    /// The whole `app-settings` element, as it was stored ([`crate::shapes::app_settings`]); absent if
    /// there is none.
    pub app_settings: Option<String>,
    /// The record chosen for the application; one client fails without it after an online sign-in.
    pub selected_record_id: Option<Uuid>,
    /// Whether there are more records than these; written only then.
    pub more_records: bool,
    /// The authorized records, the selected one among them.
    pub records: Vec<Record>,
    /// Groups, if asked for.
    pub groups: Vec<GroupInfo>,
    /// The language of data.
    pub preferred_culture: Option<Culture>,
    /// The language of pages.
    pub preferred_uiculture: Option<Culture>,
    /// Where the person lives.
    pub location: Option<Location>,
    /// Permissions by record, if asked for.
    pub effective_record_permissions: Vec<EffectiveRecordPermission>,
}

/// A group of which the person is a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupInfo {
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: Uuid,
    /// Its address.
    pub contact_email: String,
}

/// A language and a country, each optional.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Culture {
    /// ISO 639-1.
    pub language: Option<String>,
    /// ISO 3166.
    pub country: Option<String>,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// A part of it.
    pub state_province: Option<String>,
}

/// Permissions of the application on one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectiveRecordPermission {
    /// The record.
    pub record_id: Uuid,
    /// Permissions by type.
    pub permissions: Vec<ThingTypePermission>,
}

impl PersonInfo {
    /// Writes `person-info`.
    pub fn write(&self, out: &mut XmlWriter) {
        out.open("person-info").element("person-id", self.person_id).element("name", &self.name);
        out.raw(self.app_settings.as_deref().unwrap_or_default());
        out.element_if("selected-record-id", self.selected_record_id);
        // Its mere presence counts as true with one client.
        out.element_if("more-records", self.more_records.then_some(true));
        for record in &self.records {
            record.write(out);
        }
        if !self.groups.is_empty() {
            out.open("groups");
            for group in &self.groups {
                out.open("group").element("name", &group.name).element("id", group.id);
                out.element("contact-email", &group.contact_email).close();
            }
            out.close();
        }
        for (name, culture) in [
            ("preferred-culture", &self.preferred_culture),
            ("preferred-uiculture", &self.preferred_uiculture),
        ] {
            if let Some(culture) = culture {
                out.open(name).element_if("language", culture.language.as_ref());
                out.element_if("country", culture.country.as_ref()).close();
            }
        }
        if let Some(location) = &self.location {
            out.open("location");
            location.write(out);
            out.close();
        }
        if !self.effective_record_permissions.is_empty() {
            out.open("effective-record-permission-list");
            for of_record in &self.effective_record_permissions {
                out.open("effective-record-permission").element("record-id", of_record.record_id);
                of_record.permissions.iter().for_each(|permission| permission.write(out));
                out.close();
            }
            out.close();
        }
        out.close();
    }
}

impl Location {
    /// Reads the children.
    pub fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        let mut fields = Sequence::of(node)?;
        let code = |node| xml::words_up_to(3, node);
        let country = code(fields.required("country")?)?;
        let state_province = fields.optional("state-province").map(code).transpose()?;
        fields.end()?;
        Ok(Location { country, state_province })
    }

    /// Writes the children.
    pub fn write(&self, out: &mut XmlWriter) {
        out.element("country", &self.country).element_if("state-province", self.state_province.as_ref());
    }
}

//! What to write to a record.

use jiff::civil::DateTime;
use keepwell_wire::shapes::ThingKey;
use uuid::Uuid;

use super::{WEIGHT, Weight};
use crate::NewBlob;

/// A thing to create, or a new version of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewThing {
    pub(crate) type_id: Uuid,
    pub(crate) data_xml: Option<String>,
    pub(crate) replaces: Option<ThingKey>,
    pub(crate) blobs: Vec<NewBlob>,
    pub(crate) tags: Option<String>,
}

impl NewThing {
    /// A thing of any type: the XML is the type's element, and a `common` element behind it if need be.
    /// It goes out as it is, so it must be well-formed.
    pub fn of(type_id: Uuid, data_xml: impl Into<String>) -> Self {
        NewThing { type_id, data_xml: Some(data_xml.into()), replaces: None, blobs: Vec::new(), tags: None }
    }

    /// A new version of a thing whose data stays as it is, to change its attachments or its tags. It fails
    /// if that is not the current version any more.
    pub fn changing(type_id: Uuid, key: ThingKey) -> Self {
        NewThing { type_id, data_xml: None, replaces: Some(key), blobs: Vec::new(), tags: None }
    }

    /// Its type.
    pub fn type_id(&self) -> Uuid {
        self.type_id
    }

    /// Its data, unless they stay as they are.
    pub fn data_xml(&self) -> Option<&str> {
        self.data_xml.as_deref()
    }

    /// A weight.
    pub fn weight(kg: f64, when: DateTime) -> Self {
        Weight::new(kg, when).into()
    }

    /// The same data as a new version of a thing. It fails if that is not the current version any more.
    #[must_use]
    pub fn replacing(mut self, key: ThingKey) -> Self {
        self.replaces = Some(key);
        self
    }

    /// The same thing with one more attachment, or one less if it [says so](NewBlob::removed). Those of
    /// which nothing is said stay in a new version as they are.
    #[must_use]
    pub fn with_blob(mut self, blob: NewBlob) -> Self {
        self.blobs.push(blob);
        self
    }

    /// The same thing with tags, separated by commas; an empty text removes those that are there.
    #[must_use]
    pub fn tagged(mut self, tags: impl Into<String>) -> Self {
        self.tags = Some(tags.into());
        self
    }
}

impl From<Weight> for NewThing {
    fn from(weight: Weight) -> Self {
        NewThing::of(WEIGHT, weight.to_data_xml())
    }
}

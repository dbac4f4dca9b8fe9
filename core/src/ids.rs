//! Identifiers, a type each, so that a record's id cannot stand where a person's belongs.

use keepwell_store::{Column, FromColumn, Outage, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<$name> for Value {
            fn from(id: $name) -> Self { Value::Uuid(id.0) }
        }
        impl FromColumn for $name {
            fn from_column(column: Column<'_>) -> Result<Self, Outage> { Uuid::from_column(column).map(Self) }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
    };
}

id!(/// A person with an account.
    PersonId);
id!(/// A health record.
    RecordId);
id!(/// An application, or one installation of it on a device.
    AppId);
id!(/// A thing: one item of a record, through all its versions.
    ThingId);
id!(/// One version of a thing, as a client knows it (a random id; an old one matches nothing).
    VersionStamp);
id!(/// A thing type, in one of its versions.
    TypeId);
id!(/// What an application knows a person by (connectivity.md 8.8).
    PersonPseudonym);
id!(/// What an application knows a record by, for one person (connectivity.md 8.8).
    RecordPseudonym);
id!(/// The bytes of an attachment; they never change.
    BlobId);
id!(/// What a clinic asks of a patient, or leaves for them.
    ConnectionId);

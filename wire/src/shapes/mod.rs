//! Shapes that several methods share (methods.md 4). They say what goes over the wire and nothing about
//! what it means; every writer keeps the order of the schema.

pub mod alternate_id;
pub mod app_settings;
pub mod application;
mod audit;
pub mod auth;
mod blob;
mod instance;
pub mod localized;
mod message;
mod permission;
mod person;
mod record;
mod thing;
mod thing_key;
mod vocabulary;

pub use audit::{Audit, AuditAction, Avenue, Named};
pub use auth::{AuthRule, AuthSet, DateRange};
pub use blob::{BlobOut, BlobOutData};
pub use instance::Instance;
pub use localized::Localized;
pub use message::{Message, RecipientAddress, RecipientPerson, RecipientRecord};
pub use permission::{Permission, ThingTypePermission};
pub use person::{Culture, EffectiveRecordPermission, GroupInfo, Location, PersonInfo};
pub use record::{AppRecordAuthAction, Record, RecordState};
pub use thing::{DataXmlOut, EffPermissions, ThingCore, ThingOut, ThingShape};
pub use thing_key::{ThingKey, TypeRef};
pub use vocabulary::{VocabularyCodeItem, VocabularyCodeSet, VocabularyKey, VocabularyKeyInfo};

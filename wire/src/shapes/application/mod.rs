//! How an application is registered (methods.md 12, connectivity.md 7.2): the parts, which requests and
//! answers share, and the configuration that a master hands in.

mod configuration;
mod content;
mod parts;
mod places;
mod public_key;

pub use configuration::ApplicationConfiguration;
pub use content::{Content, LocalizedBytes};
pub use parts::{BulkExtractionSettings, Organization, PersistentTokens, VocabularyAuthorization};
pub use places::{SupportedInstances, SupportedLocations};

pub(crate) use parts::{write_attributes, write_authorizations, write_sources};

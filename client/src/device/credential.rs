//! What a device keeps.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::secret::Secret;

/// All that an installation needs to work, from the day it was set up. It serialises; keep it where the
/// device keeps its secrets. Whoever has it reads the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceCredential {
    pub(super) app_id: Uuid,
    pub(super) secret: Secret,
    pub(super) person_id: Uuid,
    pub(super) record_id: Uuid,
    pub(super) instance_id: String,
    pub(super) platform_url: String,
    pub(super) shell_url: String,
}

impl DeviceCredential {
    /// The id of this installation.
    pub fn app_id(&self) -> Uuid {
        self.app_id
    }

    /// The person who set it up.
    pub fn person_id(&self) -> Uuid {
        self.person_id
    }

    /// The record that they chose for it.
    pub fn record_id(&self) -> Uuid {
        self.record_id
    }

    /// The instance of the service where they live.
    pub fn instance_id(&self) -> &str {
        &self.instance_id
    }

    /// The address of the XML interface of that instance.
    pub fn platform_url(&self) -> &str {
        &self.platform_url
    }

    /// The root of the Shell of that instance.
    pub fn shell_url(&self) -> &str {
        &self.shell_url
    }
}

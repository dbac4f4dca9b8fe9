//! What the platform says about the place where it runs.

use keepwell_wire::limits::Limits;

/// The instance that this server is (methods.md 4.4). A single server is instance `1`.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The id that the Shell returns as `instanceid`.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// Addresses and limits.
#[derive(Clone, Debug)]
pub struct Settings {
    /// This instance.
    pub instance: Instance,
    /// The whole address of the XML API.
    pub platform_url: String,
    /// The root of the Shell, with a slash at the end.
    pub shell_url: String,
    /// What a request may cost.
    pub limits: Limits,
    /// Bytes of things in one answer; an answer beyond it is refused (71).
    pub response_bytes: usize,
    /// When these settings last changed, microseconds UTC (GetServiceDefinition, `updated-date`).
    pub updated: i64,
}

impl Settings {
    /// All that the service says of itself (GetServiceDefinition) apart from since when: what a change of is
    /// told by `updated`.
    #[must_use]
    pub fn description(&self) -> String {
        crate::methods::get_service_definition::description(self)
    }

    /// The settings of a server that is reached at this origin, such as `http://localhost:8470`.
    #[must_use]
    pub fn at(origin: &str, updated: i64) -> Self {
        let origin = origin.trim_end_matches('/');
        Self {
            instance: Instance { id: "1".to_owned(), name: "Keepwell".to_owned() },
            platform_url: format!("{origin}/platform/wildcat.ashx"),
            shell_url: format!("{origin}/"),
            limits: Limits::default(),
            response_bytes: 32 * 1024 * 1024,
            updated,
        }
    }
}

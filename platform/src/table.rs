//! The methods that are offered: one line each.

use std::pin::Pin;

use crate::call::Call;
use crate::methods as m;
use crate::refusal::Refusal;

/// Who may call a method (methods.md 1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// No session; the header names the application.
    Anonymous,
    /// An application with a session; a person or a record in the header is ignored.
    Application,
    /// An application with a session and a person.
    Person,
    /// An application with a session, a person and a record.
    Record,
}

pub(crate) type Answer<'c> = Pin<Box<dyn Future<Output = Result<String, Refusal>> + Send + 'c>>;

/// A method in its versions.
pub struct Method {
    /// Its name, as clients send it; case matters.
    pub name: &'static str,
    /// Its versions.
    pub versions: &'static [u32],
    /// Who may call it.
    pub who: Who,
    /// Whether it changes anything.
    pub writes: bool,
    pub(crate) run: for<'c> fn(&'c Call<'c>) -> Answer<'c>,
}

macro_rules! method {
    ($name:literal $versions:expr, $who:ident, $mode:ident, $file:ident) => {
        Method {
            name: $name,
            versions: &$versions,
            who: Who::$who,
            writes: stringify!($mode).len() == "writes".len(),
            run: |call| Box::pin(m::$file::call(call)),
        }
    };
}

/// All methods, by name. `docs/ADDING-A-METHOD.md` says how one is added.
pub const METHODS: &[Method] = &[
    method!("CreateAuthenticatedSessionToken" [1, 2], Anonymous, writes, create_authenticated_session_token),
    method!("GetApplicationInfo" [1, 2], Application, reads, get_application_info),
    method!("GetAuthorizedPeople"[1], Application, reads, get_authorized_people),
    method!("GetAuthorizedRecords"[1], Person, reads, get_authorized_records),
    method!("GetPersonInfo"[1], Person, reads, get_person_info),
    method!("GetServiceDefinition" [1, 2], Anonymous, reads, get_service_definition),
    method!("GetThings" [1, 2, 3], Record, reads, get_things),
    method!("PutThings" [1, 2], Record, writes, put_things),
    method!("QueryPermissions"[1], Record, reads, query_permissions),
    // One client's name for the next.
    method!("RemoveApplicationAuthorization"[1], Record, writes, remove_application_record_authorization),
    method!(
        "RemoveApplicationRecordAuthorization"[1],
        Record,
        writes,
        remove_application_record_authorization
    ),
    method!("RemoveThings"[1], Record, writes, remove_things),
];

/// The method with this name, if the version is offered.
pub(crate) fn find(name: &str, version: u32) -> Option<&'static Method> {
    METHODS.iter().find(|m| m.name == name && m.versions.contains(&version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_which_methods_write() {
        let writes: Vec<_> = METHODS.iter().filter(|m| m.writes).map(|m| m.name).collect();
        assert_eq!(
            writes,
            [
                "CreateAuthenticatedSessionToken",
                "PutThings",
                "RemoveApplicationAuthorization",
                "RemoveApplicationRecordAuthorization",
                "RemoveThings"
            ]
        );
    }
}

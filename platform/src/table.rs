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
    /// An application with a session; a person and a record count where the header names them.
    ApplicationOrPerson,
    /// An application with a session and a person.
    Person,
    /// An application with a session, a person and a record.
    Record,
}

/// What a method does to what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing but entries in the log.
    Reads,
    /// It changes something; refused in maintenance (152).
    Writes,
    /// It opens a session, without which nothing could be read in maintenance either.
    Opens,
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
    /// What it does.
    pub effect: Effect,
    pub(crate) run: for<'c> fn(&'c Call<'c>) -> Answer<'c>,
}

macro_rules! method {
    ($name:literal $versions:expr, $who:ident, $effect:ident, $file:ident) => {
        Method {
            name: $name,
            versions: &$versions,
            who: Who::$who,
            effect: Effect::$effect,
            run: |call| Box::pin(m::$file::call(call)),
        }
    };
}

/// All methods, by name. `docs/ADDING-A-METHOD.md` says how one is added.
pub const METHODS: &[Method] = &[
    method!("AddApplication" [1, 2], Application, Writes, add_application),
    method!("AllocatePackageId"[1], Application, Writes, allocate_package_id),
    method!("AssociateAlternateId"[1], Record, Writes, associate_alternate_id),
    method!("AuthorizeApplication"[1], Person, Writes, authorize_application),
    method!("BeginPutBlob"[1], Person, Writes, begin_put_blob),
    method!("BeginPutConnectPackageBlob"[1], Application, Writes, begin_put_connect_package_blob),
    method!("CreateAuthenticatedSessionToken" [1, 2], Anonymous, Opens, create_authenticated_session_token),
    method!("CreateConnectPackage"[1, 2], Application, Writes, create_connect_package),
    method!("CreateConnectRequest"[1], Application, Writes, create_connect_request),
    method!("DeletePendingConnectPackage"[1], Application, Writes, delete_pending_connect_package),
    method!("DeletePendingConnectRequest"[1], Application, Writes, delete_pending_connect_request),
    method!("DisassociateAlternateId"[1], ApplicationOrPerson, Writes, disassociate_alternate_id),
    method!("GetAlternateIds"[1], Record, Reads, get_alternate_ids),
    method!("GetApplicationInfo" [1, 2], Application, Reads, get_application_info),
    method!("GetApplicationSettings"[1], Person, Reads, get_application_settings),
    method!("GetAuthorizedConnectRequests"[1], Application, Reads, get_authorized_connect_requests),
    method!("GetAuthorizedPeople"[1], Application, Reads, get_authorized_people),
    method!("GetAuthorizedRecords"[1], Person, Reads, get_authorized_records),
    method!("GetPeopleForRecord"[1], Record, Reads, get_people_for_record),
    method!(
        "GetPersonAndRecordForAlternateId"[1],
        Application,
        Reads,
        get_person_and_record_for_alternate_id
    ),
    method!("GetPersonInfo"[1], Person, Reads, get_person_info),
    method!("GetRecordOperations"[1], Record, Reads, get_record_operations),
    method!("GetServiceDefinition" [1, 2], Anonymous, Reads, get_service_definition),
    method!("GetThingType"[1], Application, Reads, get_thing_type),
    method!("GetThings" [1, 2, 3], Record, Reads, get_things),
    method!(
        "GetUpdatedRecordsForApplication" [1, 2],
        Application,
        Reads,
        get_updated_records_for_application
    ),
    method!("GetValidGroupMembership"[1], Record, Reads, get_valid_group_membership),
    method!("GetVocabulary" [1, 2], Application, Reads, get_vocabulary),
    method!("NewApplicationCreationInfo"[1], Anonymous, Writes, new_application_creation_info),
    method!("NewSignupCode"[1], Application, Writes, new_signup_code),
    method!("OverwriteThings" [1, 2], Record, Writes, overwrite_things),
    method!("PutThings" [1, 2], Record, Writes, put_things),
    method!("QueryPermissions"[1], Record, Reads, query_permissions),
    // One client's name for the next.
    method!("RemoveApplicationAuthorization"[1], Record, Writes, remove_application_record_authorization),
    method!(
        "RemoveApplicationRecordAuthorization"[1],
        Record,
        Writes,
        remove_application_record_authorization
    ),
    method!("RemoveThings"[1], Record, Writes, remove_things),
    method!("SearchVocabulary"[1], Application, Reads, search_vocabulary),
    method!("SelectInstance"[1], Anonymous, Reads, select_instance),
    method!("SendInsecureMessage"[1], Person, Writes, send_insecure_message),
    method!(
        "SendInsecureMessageFromApplication"[1],
        ApplicationOrPerson,
        Writes,
        send_insecure_message_from_application
    ),
    method!("SetApplicationSettings"[1], Person, Writes, set_application_settings),
    method!("UpdateApplication" [1, 2], Application, Writes, update_application),
    method!("UpdateExternalId"[1], Application, Writes, update_external_id),
];

/// The method with this name, if the version is offered.
pub(crate) fn find(name: &str, version: u32) -> Option<&'static Method> {
    METHODS.iter().find(|m| m.name == name && m.versions.contains(&version))
}

#[cfg(test)]
mod tests {
    use keepwell_core::applications::methods;

    use super::*;

    #[test]
    fn every_method_stands_in_a_group_that_an_application_can_be_given() {
        for method in METHODS {
            assert!(methods::named(method.name).is_some(), "{}", method.name);
        }
    }

    #[test]
    fn names_are_in_order_and_each_once() {
        let names: Vec<_> = METHODS.iter().map(|m| m.name).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    }

    #[test]
    fn what_a_method_is_called_says_whether_it_writes() {
        for method in METHODS {
            let reads = ["Get", "Query", "Select", "Search"].iter().any(|verb| method.name.starts_with(verb));
            let expected = match method.name {
                "CreateAuthenticatedSessionToken" => Effect::Opens,
                _ if reads => Effect::Reads,
                _ => Effect::Writes,
            };
            assert_eq!(method.effect, expected, "{}", method.name);
        }
    }
}

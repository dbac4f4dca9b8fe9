//! One file a method: read the info, call the domain, write the answer.

pub(crate) mod create_authenticated_session_token;
pub(crate) mod get_application_info;
pub(crate) mod get_authorized_people;
pub(crate) mod get_authorized_records;
pub(crate) mod get_person_info;
pub(crate) mod get_service_definition;
pub(crate) mod get_things;
pub(crate) mod put_things;
pub(crate) mod query_permissions;
pub(crate) mod remove_application_record_authorization;
pub(crate) mod remove_things;

//! One file a method: read the info, call the domain, write the answer.

pub(crate) mod add_application;
pub(crate) mod associate_alternate_id;
pub(crate) mod authorize_application;
pub(crate) mod create_authenticated_session_token;
pub(crate) mod disassociate_alternate_id;
pub(crate) mod get_alternate_ids;
pub(crate) mod get_application_info;
pub(crate) mod get_application_settings;
pub(crate) mod get_authorized_people;
pub(crate) mod get_authorized_records;
pub(crate) mod get_people_for_record;
pub(crate) mod get_person_and_record_for_alternate_id;
pub(crate) mod get_person_info;
pub(crate) mod get_service_definition;
pub(crate) mod get_things;
pub(crate) mod get_valid_group_membership;
pub(crate) mod new_signup_code;
pub(crate) mod put_things;
pub(crate) mod query_permissions;
pub(crate) mod remove_application_record_authorization;
pub(crate) mod remove_things;
pub(crate) mod select_instance;
pub(crate) mod send_insecure_message;
pub(crate) mod send_insecure_message_from_application;
pub(crate) mod set_application_settings;
pub(crate) mod update_application;

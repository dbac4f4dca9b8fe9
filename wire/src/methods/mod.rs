//! One file a method: its request, read from the info element, and its answer (methods.md).
//!
//! A parser is strict in what the schema requires (order, enumerations, what must be there), tolerant
//! where the reference says that real clients need it, and names the element that is wrong.

pub mod add_application;
pub mod allocate_package_id;
pub mod associate_alternate_id;
pub mod authorize_application;
pub mod begin_put_blob;
pub mod begin_put_connect_package_blob;
pub mod create_authenticated_session_token;
pub mod create_connect_package;
pub mod create_connect_request;
pub mod delete_pending_connect_package;
pub mod delete_pending_connect_request;
pub mod disassociate_alternate_id;
pub mod get_alternate_ids;
pub mod get_application_info;
pub mod get_application_settings;
pub mod get_authorized_connect_requests;
pub mod get_authorized_people;
pub mod get_authorized_records;
pub mod get_people_for_record;
pub mod get_person_and_record_for_alternate_id;
pub mod get_person_info;
pub mod get_record_operations;
pub mod get_service_definition;
pub mod get_thing_type;
pub mod get_things;
pub mod get_updated_records_for_application;
pub mod get_valid_group_membership;
pub mod get_vocabulary;
pub mod new_application_creation_info;
pub mod new_signup_code;
pub mod overwrite_things;
pub mod put_things;
pub mod query_permissions;
pub mod remove_application_record_authorization;
pub mod remove_things;
pub mod search_vocabulary;
pub mod select_instance;
pub mod send_insecure_message;
pub mod send_insecure_message_from_application;
pub mod set_application_settings;
pub mod update_application;
pub mod update_external_id;

//! The info of every recorded request whose method is known here.

use keepwell_wire::cast::Certificate;
use keepwell_wire::envelope::Envelope;
use keepwell_wire::error::InfoError;
use keepwell_wire::methods::*;
use keepwell_wire::things::{DataXml, ThingIn, effective_date};

use crate::capture;
use crate::captures::with_envelope;

/// Runs the parser of the method, if there is one.
pub fn parse(envelope: &Envelope<'_, '_>) -> Option<Result<(), InfoError>> {
    let (version, info) = (envelope.header.method_version, envelope.info());
    Some(match envelope.header.method.as_str() {
        "GetServiceDefinition" => get_service_definition::parse(version, info).map(drop),
        "GetPersonInfo" => get_person_info::parse(info).map(drop),
        "GetAuthorizedPeople" => get_authorized_people::parse(info).map(drop),
        "GetAuthorizedRecords" => get_authorized_records::parse(info).map(drop),
        "GetVocabulary" => get_vocabulary::parse(info).map(drop),
        "SearchVocabulary" => search_vocabulary::parse(info).map(drop),
        "QueryPermissions" => query_permissions::parse(info).map(drop),
        "GetApplicationInfo" => get_application_info::parse(info).map(drop),
        "UpdateApplication" => update_application::parse(info).map(drop),
        "SetApplicationSettings" => set_application_settings::parse(info).map(drop),
        "GetRecordOperations" => get_record_operations::parse(info).map(drop),
        "GetUpdatedRecordsForApplication" => get_updated_records_for_application::parse(info).map(drop),
        "GetThingType" => get_thing_type::parse(info).map(drop),
        "GetThings" => get_things::parse(version, info).map(drop),
        "PutThings" => put_things::parse(version, info).map(drop),
        "CreateConnectPackage" => create_connect_package::parse(version, info).map(drop),
        "CreateConnectRequest" => create_connect_request::parse(info).map(drop),
        "GetAuthorizedConnectRequests" => get_authorized_connect_requests::parse(info).map(drop),
        "DeletePendingConnectPackage" => delete_pending_connect_package::parse(info).map(drop),
        "DeletePendingConnectRequest" => delete_pending_connect_request::parse(info).map(drop),
        "UpdateExternalId" => update_external_id::parse(info).map(drop),
        "RemoveThings" => remove_things::parse(info).map(drop),
        _ => return None,
    })
}

#[test]
fn the_info_of_every_recorded_request_parses() {
    let mut failures = Vec::new();
    let mut parsed = 0;
    for capture in capture::all() {
        with_envelope(&capture, |envelope| match parse(envelope) {
            Some(Ok(())) => parsed += 1,
            Some(Err(e)) => failures.push(format!("{}: {e}", capture.name)),
            None => {}
        });
    }
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(parsed > 155, "{parsed}");
}

#[test]
fn the_data_of_every_recorded_thing_is_a_slice_of_the_request() {
    for capture in capture::all().iter().filter(|c| c.entry.method == "PutThings") {
        with_envelope(capture, |envelope| {
            for thing in put_things::parse(envelope.header.method_version, envelope.info()).unwrap() {
                let Some(data) = &thing.data_xml else { panic!("{}: no data", capture.name) };
                assert!(
                    envelope.raw_info.contains(&format!(">{}</data-xml>", data.text)),
                    "{}",
                    capture.name
                );
                check_root(&thing, data, &capture.name);
            }
        });
    }
}

fn check_root(thing: &ThingIn<'_, '_>, data: &DataXml<'_, '_>, name: &str) {
    assert!(data.root.is_some() && thing.type_id.is_some(), "{name}");
    let root = data.root.unwrap();
    if root.children().any(|n| n.tag_name().name() == "when") {
        assert!(effective_date(root, "when").unwrap().is_some(), "{name}");
    }
}

#[test]
fn the_recorded_update_of_an_application_says_what_it_says() {
    let captures = capture::all();
    let capture = captures.iter().find(|c| c.entry.method == "UpdateApplication").unwrap();
    with_envelope(capture, |envelope| {
        let request = update_application::parse(envelope.info()).unwrap();
        assert_eq!(request.id.to_string(), "8b31bf22-3a17-478c-9381-46d1fb8b4ef4");
        let said = request.configuration;
        let key = &said.public_keys.unwrap()[0];
        assert!(Certificate::parse(key).is_ok());
        assert_eq!(said.online_rules, said.offline_rules);
        let rules = said.online_rules.unwrap();
        assert_eq!((rules[0].permissions.len(), rules[0].targets[0].type_ids.len()), (4, 1));
        assert_eq!(said.methods.unwrap(), ["GetThings", "PutThings"]);
        let logo = said.large_logo.unwrap();
        assert!(logo.values[0].bytes.starts_with(b"\x89PNG") && logo.content_type == "image/png");
        assert_eq!((said.small_logo, said.supported_instances), (None, None));
    });
}

#[test]
fn the_recorded_packages_say_what_they_say() {
    let captures = capture::all();
    let packages = captures.iter().filter(|c| c.entry.method == "CreateConnectPackage");
    let mut codes = Vec::new();
    for capture in packages {
        with_envelope(capture, |envelope| {
            let (version, info) = (envelope.header.method_version, envelope.info());
            let read = create_connect_package::parse(version, info).unwrap();
            assert_eq!((&*read.friendly_name, &*read.question), ("Your visit", "Favourite colour?"));
            assert!(read.external_id.starts_with("visit-000") && read.package.key.is_none());
            check_root(&read.package, read.package.data_xml.as_ref().unwrap(), &capture.name);
            assert_eq!(read.package.data_other.unwrap().text, "cGFja2FnZQ==", "{}", capture.name);
            codes.push(read.identity_code);
        });
    }
    codes.sort();
    assert_eq!(codes, [None, Some("JKYZ-QNMN-VHRX-ZGNR-GZNP".to_owned())]);
}

//! The info of every recorded request whose method is known here.

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
        "QueryPermissions" => query_permissions::parse(info).map(drop),
        "GetApplicationInfo" => get_application_info::parse(info).map(drop),
        "UpdateApplication" => update_application::parse(info).map(drop),
        "SetApplicationSettings" => set_application_settings::parse(info).map(drop),
        "GetThings" => get_things::parse(version, info).map(drop),
        "PutThings" => put_things::parse(version, info).map(drop),
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
    assert!(parsed > 130, "{parsed}");
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

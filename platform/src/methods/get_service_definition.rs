//! GetServiceDefinition 1 and 2: where this server is and what it offers (methods.md 5.1).

use keepwell_core::things::{MAX_FULL, MAX_GROUPS, MAX_PARTIAL};
use keepwell_core::{alternate_ids, app_settings, blobs, sessions, thing_types, vocabularies};
use keepwell_wire::methods::get_service_definition::{
    Instances, MeaningfulUse, Platform, RedirectToken, Request, Section, ServiceDefinition, Shell, XmlMethod,
    XmlMethodVersion, answer, parse,
};
use keepwell_wire::shapes;
use keepwell_wire::time::UtcMicros;

use super::get_authorized_people::PAGE;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::settings::Settings;
use crate::table::METHODS;

/// What the Shell's redirector takes (shell.md 7), as far as it is offered.
const REDIRECTS: [(&str, &str, &str); 5] = [
    (
        "AUTH",
        "Sign in and, where needed, allow an application",
        "appid,actionqs,ismra,trm,forceappauth,signupcode",
    ),
    ("APPAUTH", "Allow an application, or change what it may do", "appid,actionqs,ismra,extrecordid,trm"),
    ("CREATEACCOUNT", "Open an account", "appid,actionqs,ismra,trm,signupcode"),
    (
        "CREATEAPPLICATION",
        "Let an application in on a device",
        "appid,appCreationToken,instanceName,ismra,aib,mobile,actionqs",
    ),
    ("APPSIGNOUT", "Sign out", "appid,credtoken,actionqs"),
];

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let request = parse(call.version(), call.info)?;
    let settings = call.settings;
    // Clients send back the value they got, to the second.
    let unchanged =
        request.updated_date.is_some_and(|known| known.0 / 1_000_000 >= settings.updated / 1_000_000);
    if unchanged {
        return Ok(answer(call.version(), None));
    }
    Ok(answer(call.version(), Some(&definition(settings, &request))))
}

/// All that the service says of itself, apart from since when; the types of things, which GetThingType
/// tells, are part of it.
pub(crate) fn description(settings: &Settings) -> String {
    let everything = Request { updated_date: None, sections: Vec::new() };
    let definition = definition(&Settings { updated: 0, ..settings.clone() }, &everything);
    let types: String = thing_types::all().iter().map(thing_types::source).collect();
    answer(2, Some(&definition)) + &types
}

fn definition(settings: &Settings, request: &Request) -> ServiceDefinition {
    let wants_methods = request.wants(Section::XmlOverHttpMethods);
    ServiceDefinition {
        platform: request.wants(Section::Platform).then(|| platform(settings)),
        shell: request.wants(Section::Shell).then(|| shell(settings)),
        xml_methods: if wants_methods { methods(settings) } else { Vec::new() },
        common_schemas: if wants_methods { common_schemas(settings) } else { Vec::new() },
        instances: request.wants(Section::Topology).then(|| topology(settings)),
        meaningful_use: request
            .wants(Section::MeaningfulUse)
            .then(|| MeaningfulUse { enabled: false, configuration: Vec::new() }),
        updated_date: UtcMicros(settings.updated),
    }
}

fn platform(settings: &Settings) -> Platform {
    let version = format!("{}.0", env!("CARGO_PKG_VERSION"));
    let value = |key: &str, value: u64| (key.to_owned(), value.to_string());
    Platform {
        url: settings.platform_url.clone(),
        version,
        configuration: vec![
            value("maxFullThingResultsPerGroup", MAX_FULL.into()),
            value("maxPartialThingResultsPerGroup", MAX_PARTIAL.into()),
            value("maxGetThingsQueryGroups", MAX_GROUPS as u64),
            value("maxRequestUncompressedSizeBytes", settings.limits.inflated_bytes as u64),
            value("maxResponseSizeBytes", settings.response_bytes as u64),
            value("maxBlobSizeBytes", blobs::MAX.unsigned_abs()),
            value("maxInlineBlobSizeBytes", settings.inline_blob_bytes),
            value("blobChunkSizeBytes", blobs::CHUNK as u64),
            value("BlobStreamTokenTtlMs", (blobs::READ_LIFE / 1000).unsigned_abs()),
            value("blobStreamWriteTokenTtlMs", (blobs::UPLOAD_LIFE / 1000).unsigned_abs()),
            value("maxAlternateIdsPerRecord", alternate_ids::LIMIT.unsigned_abs()),
            value("maxApplicationSettingsSizeBytes", app_settings::LIMIT as u64),
            value("sessionTokenTtlMs", (sessions::APP_SESSION_LIFE / 1000).unsigned_abs()),
            value("defaultPersonInfosPerRetrieval", PAGE.into()),
            value("maxVocabularyItems", vocabularies::MOST_ITEMS as u64),
            value("MaxResultsVocabularyRetrieval", vocabularies::MOST_RESULTS as u64),
        ],
    }
}

fn shell(settings: &Settings) -> Shell {
    Shell {
        url: settings.shell_url.clone(),
        redirect_url: format!("{}redirect.aspx", settings.shell_url),
        redirect_tokens: REDIRECTS
            .iter()
            .map(|(token, description, parameters)| RedirectToken {
                token: (*token).to_owned(),
                description: (*description).to_owned(),
                querystring_parameters: (*parameters).to_owned(),
            })
            .collect(),
    }
}

/// The schemas that those of the methods share. Clients count them and fetch none.
const SHARED: [&str; 6] = ["application-configuration", "auth", "location", "record", "thing", "types"];

fn common_schemas(settings: &Settings) -> Vec<String> {
    SHARED.iter().map(|name| schema(settings, name)).collect()
}

fn schema(settings: &Settings, name: &str) -> String {
    format!("{}XSD/{name}.xsd", settings.platform_url.trim_end_matches("wildcat.ashx"))
}

fn methods(settings: &Settings) -> Vec<XmlMethod> {
    // One client needs an address of a schema for each version and never fetches it.
    let address = |name: &str| schema(settings, &format!("response-{}", name.to_lowercase()));
    METHODS
        .iter()
        .filter(|m| m.name != "RemoveApplicationAuthorization")
        .map(|m| XmlMethod {
            name: m.name.to_owned(),
            versions: m
                .versions
                .iter()
                .map(|number| XmlMethodVersion {
                    number: *number,
                    request_schema_url: None,
                    response_schema_url: Some(address(m.name)),
                })
                .collect(),
        })
        .collect()
}

fn topology(settings: &Settings) -> Instances {
    Instances { current_instance_id: settings.instance.id.clone(), instances: vec![this_instance(settings)] }
}

/// This server as an instance.
pub(super) fn this_instance(settings: &Settings) -> shapes::Instance {
    shapes::Instance {
        id: settings.instance.id.clone(),
        name: settings.instance.name.clone(),
        description: format!("{} health records", settings.instance.name),
        platform_url: settings.platform_url.clone(),
        shell_url: settings.shell_url.clone(),
    }
}

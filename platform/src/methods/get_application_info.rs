//! GetApplicationInfo 1 and 2: how the calling application, or a child of it, is registered
//! (methods.md 12.3).

use keepwell_core::applications::{self, Application, Kind, Registered};
use keepwell_core::ids::AppId;
use keepwell_wire::methods::get_application_info::{self, answer, parse};
use keepwell_wire::shapes::application::{
    BulkExtractionSettings, Organization, PersistentTokens, SupportedInstances, SupportedLocations,
    VocabularyAuthorization,
};
use keepwell_wire::shapes::{Localized, Location};
use keepwell_wire::status::Status;
use keepwell_wire::time::UtcMicros;

use crate::call::Call;
use crate::refusal::Refusal;
use crate::registration::{Tongue, auth_rule};

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let request = parse(call.info)?;
    let own = call.app()?.id;
    let id = request.child_app_id.map_or(own, AppId);
    let found = applications::find(call.domain, id)
        .await?
        // Whether an application of somebody else exists is nobody's business.
        .filter(|found| id == own || found.application.master() == Some(own))
        .ok_or_else(|| Refusal::new(Status::ACCESS_DENIED, "this application is no master of that one"))?;
    let master = match found.application.master() {
        Some(master) => applications::find(call.domain, master).await?,
        None => None,
    };
    let tongue = if request.all_languages { Tongue::Every } else { Tongue::Of(call.culture()) };
    Ok(answer(&describe(&found, master.as_ref(), &tongue)))
}

fn describe(
    found: &Registered,
    master: Option<&Registered>,
    tongue: &Tongue,
) -> get_application_info::Application {
    let app: &Application = &found.application;
    let rules = |rules: &[applications::Rule]| -> Vec<_> {
        rules.iter().map(|rule| auth_rule(rule, |text| tongue.values(text))).collect()
    };
    // One client takes a ceiling for the sign of authorizations: both are told, or neither.
    let vocabularies = vocabularies(app);
    let ceiling = match app.kind {
        Kind::Master { .. } => vocabularies.clone(),
        Kind::Web | Kind::Child { .. } | Kind::Mobile | Kind::Device { .. } => Vec::new(),
    };
    get_application_info::Application {
        id: app.id.0,
        names: tongue.values(&app.name),
        app_auth_required: true,
        restrict_app_users: app.restrict_users,
        is_published: true,
        action_url: app.action_url.clone(),
        descriptions: tongue.values(&app.description),
        auth_reasons: tongue.values(&app.auth_reason),
        domain_name: app.domain_name.clone(),
        client_service_token: None,
        large_logo: app.large_logo.as_ref().map(|logo| tongue.picture(logo)),
        small_logo: app.small_logo.as_ref().map(|logo| tongue.picture(logo)),
        persistent_tokens: Some(PersistentTokens {
            enabled: app.stay_signed_in_seconds.is_some(),
            ttl_seconds: app.stay_signed_in_seconds.map(u64::from),
        }),
        online_rules: rules(&app.online),
        offline_rules: (!app.offline.is_empty()).then(|| rules(&app.offline)),
        privacy_statement: app.privacy.as_ref().map(|document| tongue.statement(document)),
        terms_of_use: app.terms.as_ref().map(|document| tongue.statement(document)),
        dtc_success_message: app.success_message.as_ref().map(|document| tongue.statement(document)),
        app_attributes: app.attributes.clone(),
        is_soda: matches!(app.kind, Kind::Mobile | Kind::Device { .. }),
        master_app_id: master.map(|master| master.application.id.0),
        master_app_name: master.and_then(|master| {
            let name = master.application.name.best(tongue.culture()).to_owned();
            (!name.is_empty()).then(|| Localized::plain(name))
        }),
        created_date: Some(UtcMicros(found.created)),
        updated_date: Some(UtcMicros(found.updated)),
        valid_ip_prefixes: join(app.ip_prefixes.iter().map(ToString::to_string)),
        vocabulary_authorizations: vocabularies,
        child_vocabulary_authorizations_ceiling: ceiling,
        methods: join(app.methods.iter().cloned()),
        supported_record_locations: places(app),
        supported_instances: (!app.instances.is_empty())
            .then(|| SupportedInstances { instance_ids: app.instances.clone(), all: false }),
        meaningful_use_sources: Vec::new(),
        meaningful_use_sources_ceiling: Vec::new(),
        organization: (!app.organization.is_empty())
            .then(|| Organization { names: tongue.values(&app.organization) }),
        bulk_extraction_settings: app.bulk_extraction.map(|bulk| BulkExtractionSettings {
            is_onboarded: bulk.onboarded,
            is_permission_required: bulk.permission_required,
        }),
    }
}

fn vocabularies(app: &Application) -> Vec<VocabularyAuthorization> {
    let one = |v: &applications::Vocabulary| VocabularyAuthorization {
        family: v.family.clone(),
        name: v.name.clone(),
    };
    app.vocabularies.iter().map(one).collect()
}

fn places(app: &Application) -> Option<SupportedLocations> {
    let place = |l: &applications::Location| Location {
        country: l.country.clone(),
        state_province: l.state_province.clone(),
    };
    (!app.locations.is_empty())
        .then(|| SupportedLocations { locations: app.locations.iter().map(place).collect(), all: false })
}

fn join(values: impl Iterator<Item = String>) -> Option<String> {
    Some(values.collect::<Vec<_>>().join(",")).filter(|list| !list.is_empty())
}

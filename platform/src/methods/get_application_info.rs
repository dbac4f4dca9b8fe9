//! GetApplicationInfo 1 and 2: how the calling application is registered (methods.md 12.3).

use keepwell_core::applications::{self, Rule, Types};
use keepwell_wire::methods::get_application_info::{
    Application, AuthRule, Content, Localized, answer, parse,
};
use keepwell_wire::status::Status;
use keepwell_wire::time::UtcMicros;

use crate::call::Call;
use crate::present;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let request = parse(call.info)?;
    let app = call.app()?;
    if request.child_app_id.is_some() {
        return Err(Refusal::new(Status::ACCESS_DENIED, "this application is no master of that one"));
    }
    let registered = applications::find(call.domain, app.id)
        .await?
        .ok_or_else(|| Refusal::new(Status::INVALID_APP, "the application is not known here"))?;
    let plain = |text: &str| vec![Localized { lang: None, text: text.to_owned() }];
    let document = |text: &Option<String>| {
        text.as_ref().map(|t| Content {
            values: plain(&keepwell_wire::integrity::encode_base64(t.as_bytes())),
            content_type: "text/plain".to_owned(),
        })
    };
    Ok(answer(&Application {
        id: app.id.0,
        names: plain(&app.name),
        app_auth_required: true,
        restrict_app_users: false,
        is_published: true,
        action_url: app.action_url.clone(),
        // One client indexes into the text of each, so an empty one is left out.
        descriptions: if app.description.is_empty() { Vec::new() } else { plain(&app.description) },
        auth_reasons: Vec::new(),
        domain_name: None,
        large_logo: None,
        small_logo: None,
        persistent_tokens: Some((
            app.stay_signed_in_seconds.is_some(),
            app.stay_signed_in_seconds.map(u64::from),
        )),
        online_rules: app.online.iter().map(rule).collect(),
        offline_rules: (!app.offline.is_empty()).then(|| app.offline.iter().map(rule).collect()),
        privacy_statement: document(&app.privacy),
        terms_of_use: document(&app.terms),
        dtc_success_message: None,
        app_attributes: Vec::new(),
        is_soda: false,
        master_app_id: None,
        master_app_name: None,
        created_date: Some(UtcMicros(registered.created)),
        updated_date: Some(UtcMicros(registered.updated)),
        valid_ip_prefixes: None,
        methods: None,
    }))
}

fn rule(rule: &Rule) -> AuthRule {
    AuthRule {
        name: Some(rule.name.clone()),
        is_optional: rule.optional,
        reasons: vec![Localized { lang: None, text: rule.why.clone() }],
        display_flags: rule.optional.then_some(u32::from(rule.show_first_time)),
        permissions: rule.permissions.iter().map(present::permission).collect(),
        type_ids: match &rule.types {
            Types::All => Vec::new(),
            Types::Only(types) => types.iter().map(|t| t.0).collect(),
        },
    }
}

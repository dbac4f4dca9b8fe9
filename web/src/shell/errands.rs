//! Redirect targets that lead to a page of ours, or on to another application (shell.md 7): they ask nothing of
//! the person and bring nothing back.

use axum::response::Response;
use keepwell_core::applications::{self, Registered, State};
use keepwell_core::authorizations::{find_person, resolve_record};
use keepwell_core::ids::{AppId, RecordPseudonym, TypeId};
use keepwell_core::persons::Person;
use keepwell_core::records::{self, Record};
use keepwell_core::thing_types;
use uuid::Uuid;

use super::fault::Fault;
use super::guest::Guest;
use super::{Shell, records as own};
use crate::pages::trouble::What;
use crate::paths;
use crate::redirect::action_url::ActionUrl;
use crate::redirect::params::encode;
use crate::redirect::request::{ExternalRecord, RedirectRequest};
use crate::redirect::return_trip::ReturnTarget;
use crate::redirect::target::Target;
use crate::security_headers::see_other;

/// The most types that are looked at together.
const MOST_TYPES: usize = 50;

/// Whether the target is one of these.
pub fn is_one(target: Target) -> bool {
    use Target::{AppRedirect, Help, ManageAccount, RecordList, SharedAppDetails, ViewItems};
    matches!(target, AppRedirect | Help | ManageAccount | RecordList | SharedAppDetails | ViewItems)
}

/// Where it leads.
pub async fn run(shell: &Shell, guest: &Guest, request: &RedirectRequest) -> Result<Response, Fault> {
    let to = match request.target {
        Target::Help => help(request).to_owned(),
        Target::AppRedirect => on_to_another_app(shell, request).await?,
        Target::ManageAccount => {
            named_app(shell, request).await?;
            guest.must_be_signed_in()?;
            paths::ACCOUNT.to_owned()
        }
        Target::RecordList => {
            let app = named_app(shell, request).await?;
            guest.must_be_signed_in()?;
            app.map_or_else(
                || paths::HOME.to_owned(),
                |app| format!("{}?app={}", paths::HOME, app.application.id),
            )
        }
        Target::SharedAppDetails => {
            let app = named_app(shell, request).await?.ok_or_else(|| Fault::of(What::UnknownApp))?;
            let (person, _) = guest.must_be_signed_in()?;
            let record = meant(shell, person, &app, request).await?;
            own::app_at(&record, app.application.id)
        }
        Target::ViewItems => {
            let app = named_app(shell, request).await?.ok_or_else(|| Fault::of(What::UnknownApp))?;
            let (person, _) = guest.must_be_signed_in()?;
            let record = meant(shell, person, &app, request).await?;
            items(&record, request)
        }
        _ => return Err(Fault::of(What::UnknownTarget)),
    };
    Ok(see_other(&to))
}

/// The topics that applications name; all others are on the page for help.
fn help(request: &RedirectRequest) -> &'static str {
    match request.params.text("topicid").unwrap_or_default().to_lowercase().as_str() {
        "privacypolicy" => paths::PRIVACY,
        "serviceagreement" | "codeofconduct" => paths::TERMS,
        _ => paths::HELP_PAGE,
    }
}

/// The application that is named, if one is; it must be known and active.
async fn named_app(shell: &Shell, request: &RedirectRequest) -> Result<Option<Registered>, Fault> {
    // An example in the documentation spells it so.
    let named = request.params.text("appid").or_else(|| request.params.text("sappid"));
    match named.filter(|named| !named.trim().is_empty()) {
        Some(named) => active(shell, &named).await.map(Some),
        None => Ok(None),
    }
}

async fn active(shell: &Shell, id: &str) -> Result<Registered, Fault> {
    let unknown = || Fault::of(What::UnknownApp);
    let id = Uuid::try_parse(id.trim()).map_err(|_| unknown())?;
    let found = applications::find(&shell.domain, AppId(id)).await?;
    found.filter(|registered| registered.state == State::Active).ok_or_else(unknown)
}

/// The record that the application means: the one that it names, as it knows it, or the one that the person
/// uses it with.
async fn meant(
    shell: &Shell,
    person: &Person,
    app: &Registered,
    request: &RedirectRequest,
) -> Result<Record, Fault> {
    let nothing = || Fault::of(What::NotFound);
    let domain = &shell.domain;
    let named = match request.external_record() {
        ExternalRecord::Malformed => None,
        ExternalRecord::Id(id) => resolve_record(domain, app.application.id, RecordPseudonym(id)).await?,
        ExternalRecord::Absent => find_person(domain, &app.application, person.id).await?.and_then(|known| {
            let selected = known.records.iter().find(|record| Some(record.pseudonym) == known.selected);
            selected.or(known.records.first()).map(|record| (record.record.id, person.id))
        }),
    };
    let (id, of) = named.ok_or_else(nothing)?;
    let own = records::of_person(domain, person.id).await?;
    match own.into_iter().find(|record| record.id == id && of == person.id) {
        Some(record) => Ok(record),
        None => {
            shell.denied(person.id, id).await;
            Err(nothing())
        }
    }
}

/// The page of one kind, or where one is added; the timeline of several; the record itself.
fn items(record: &Record, request: &RedirectRequest) -> String {
    let named = request.params.text("typeid").unwrap_or_default();
    let kinds: Vec<TypeId> = named
        .split(',')
        .take(MOST_TYPES)
        .filter_map(|id| Uuid::try_parse(id.trim()).ok())
        .filter_map(|id| Some(thing_types::find(TypeId(id))?.id))
        .collect();
    match kinds[..] {
        [] => own::record_at(record),
        [kind] if request.params.flag("additem") => own::add_one_at(record, kind),
        [kind] => own::kind_at(record, kind),
        _ => {
            let ids: Vec<String> = kinds.iter().map(ToString::to_string).collect();
            format!("{}?kind={}", own::timeline_at(record), ids.join(","))
        }
    }
}

/// The other application's address with what is for it. Nothing in it can pass for an answer of ours.
async fn on_to_another_app(shell: &Shell, request: &RedirectRequest) -> Result<String, Fault> {
    if let Some(from) = request.params.text("refappid") {
        active(shell, &from).await?;
    }
    let to = named_app(shell, request).await?.ok_or_else(|| Fault::of(What::UnknownApp))?;
    let registered = to.application.action_url.as_deref().ok_or_else(|| Fault::of(What::UnknownApp))?;
    let address =
        ActionUrl::parse(registered, shell.settings.environment).map_err(|_| Fault::of(What::UnknownApp))?;
    let (target, query) = request.forwarded();
    let target = target.unwrap_or_default();
    if ReturnTarget::is_name(&target) || target.len() > 64 {
        return Err(Fault::of(What::BadRequest));
    }
    let query: Vec<String> =
        query.iter().map(|(name, value)| format!("{}={}", encode(name.as_bytes()), encode(value))).collect();
    let mut forwarded = Vec::new();
    if !target.is_empty() {
        forwarded.push(format!("target={}", encode(target.as_bytes())));
    }
    if !query.is_empty() {
        forwarded.push(format!("targetqs={}", encode(query.join("&").as_bytes())));
    }
    let address = address.as_str().to_owned();
    let sign = if address.contains('?') { '&' } else { '?' };
    Ok(if forwarded.is_empty() { address } else { format!("{address}{sign}{}", forwarded.join("&")) })
}

//! What an app may do only if the person wants, changed here, for one record.

use askama::Template;
use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::State;
use axum::response::Response;
use keepwell_core::applications::{Application, Rule};
use keepwell_core::authorizations::{self, Grant, Optional};
use keepwell_core::ids::AppId;
use keepwell_core::records::Record;
use uuid::Uuid;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::records::At;
use super::{Shell, records as own, words};
use crate::locale::Texts;
use crate::pages::consent::OptionalAbility;
use crate::pages::optional_rules::OptionalRules;
use crate::security_headers::{PagePolicy, see_other};

/// An app that may use a record, as it is found for its page and its form.
struct Found {
    record: Record,
    app: std::sync::Arc<Application>,
    grant: Grant,
}

async fn find(shell: &Shell, guest: &Guest, record: Uuid, app: Uuid) -> Result<Found, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(shell, person, record).await?;
    let (registered, _) = own::find_app(shell, person, &record, app).await?;
    let app = registered.application;
    let granted = authorizations::records_of(&shell.domain, &app, person.id).await?;
    let granted = granted.into_iter().find(|granted| granted.record.id == record.id);
    let grant = granted.ok_or_else(Fault::not_found)?.grant;
    match has_optional(&app) {
        true => Ok(Found { record, app, grant }),
        false => Err(Fault::not_found()),
    }
}

/// Whether there is anything to choose.
pub fn has_optional(app: &Application) -> bool {
    app.online.iter().chain(&app.offline).any(|rule| rule.optional)
}

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, app)): At<(Uuid, Uuid)>,
) -> Result<Response, Fault> {
    let found = find(&shell, &guest, record, app).await?;
    Ok(PagePolicy::default().page(page(&shell, &guest, &found, false).render()?))
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, app)): At<(Uuid, Uuid)>,
    form: Posted,
) -> Result<Response, Fault> {
    let found = find(&shell, &guest, record, app).await?;
    let back = own::app_at(&found.record, AppId(app));
    match form.raw("decision") {
        "save" => {}
        "keep" => return Ok(see_other(&back)),
        // The Enter key in a choice decides nothing.
        _ => return Ok(PagePolicy::default().page(page(&shell, &guest, &found, false).render()?)),
    }
    // The app asks for something else by now than what the person saw.
    if form.raw("page") != fingerprint(&found.app) {
        return Ok(PagePolicy::default().page(page(&shell, &guest, &found, true).render()?));
    }
    let chosen = form.all("optional");
    let (online_shown, online_chosen) = names(&found.app.online, false, &chosen);
    let (offline_shown, offline_chosen) = names(&found.app.offline, true, &chosen);
    let wanted = Optional { online_shown, online_chosen, offline_shown, offline_chosen };
    let (person, _) = guest.must_be_signed_in()?;
    authorizations::set_optional(&shell.domain, &found.app, person.id, found.record.id, &wanted).await?;
    Ok(see_other(&format!("{back}?saved")))
}

fn page(shell: &Shell, guest: &Guest, found: &Found, changed: bool) -> OptionalRules {
    let frame = own::frame(shell, guest, &found.record);
    let (app, grant, t) = (&found.app, &found.grant, &frame.t);
    let mut options = options(&app.online, &grant.online, false, t);
    options.extend(self::options(&app.offline, &grant.offline, true, t));
    OptionalRules {
        app: words::app(app, t),
        record_name: found.record.rights.display_name.clone(),
        options,
        changed,
        fingerprint: fingerprint(app),
        post_to: own::change_at(&found.record, app.id),
        back_to: own::app_at(&found.record, app.id),
        frame,
    }
}

fn options(asked: &[Rule], granted: &[Rule], away: bool, t: &Texts) -> Vec<OptionalAbility> {
    let options = asked.iter().filter(|rule| rule.optional).map(|rule| OptionalAbility {
        value: value(rule, away),
        on: granted.iter().any(|had| had.name == rule.name),
        ability: words::ability(rule, away, t),
    });
    options.collect()
}

/// The optional rules, and those of them that a form turned on.
fn names(asked: &[Rule], away: bool, chosen: &[String]) -> (Vec<String>, Vec<String>) {
    let optional: Vec<&Rule> = asked.iter().filter(|rule| rule.optional).collect();
    let on = optional.iter().filter(|rule| chosen.contains(&value(rule, away)));
    let on = on.map(|rule| rule.name.clone()).collect();
    (optional.iter().map(|rule| rule.name.clone()).collect(), on)
}

fn value(rule: &Rule, away: bool) -> String {
    format!("{}:{}", if away { "offline" } else { "online" }, rule.name)
}

/// What the page is about: of another, no form is taken.
fn fingerprint(app: &Application) -> String {
    let optional = |rules: &[Rule]| rules.iter().filter(|rule| rule.optional).cloned().collect::<Vec<_>>();
    let rules = serde_json::to_vec(&(optional(&app.online), optional(&app.offline))).unwrap_or_default();
    digest(&SHA256, &rules).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

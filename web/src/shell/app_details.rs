//! One app and one record.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use keepwell_core::authorizations;
use uuid::Uuid;

use super::fault::Fault;
use super::guest::Guest;
use super::records::At;
use super::{Shell, apps, moment, optional_rules, records as own, words};
use crate::components::Notice;
use crate::pages::app_details::AppDetails;
use crate::security_headers::PagePolicy;

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, app)): At<(Uuid, Uuid)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let (registered, since) = own::find_app(&shell, person, &record, app).await?;
    let app = &registered.application;
    let mut frame = own::frame(&shell, &guest, &record);
    if query.as_deref() == Some("saved") {
        frame = frame.clone().saying(Notice::saved(&frame.t));
    }
    let grants = authorizations::records_of(&shell.domain, app, person.id).await?;
    let abilities = match grants.into_iter().find(|grant| grant.record.id == record.id) {
        Some(found) => {
            let online = found.grant.online.iter().map(|rule| words::ability(rule, false, &frame.t));
            let offline = found.grant.offline.iter().map(|rule| words::ability(rule, true, &frame.t));
            words::merged(online.chain(offline).collect())
        }
        None => Vec::new(),
    };
    let page = AppDetails {
        app: words::app(app, &frame.t),
        record_name: record.rights.display_name.clone(),
        device: app.device().map(|name| words::device(name, &frame.t)),
        abilities,
        beside: words::beside(app),
        since: moment(since),
        last_used: apps::last_used(&shell, person.id, record.id).await?.get(&app.id).copied(),
        change_to: optional_rules::has_optional(app).then(|| own::change_at(&record, app.id)),
        stop_to: format!("{}/stop", own::app_at(&record, app.id)),
        back_to: own::apps_at(&record),
        frame,
    };
    Ok(PagePolicy::default().page(page.render()?))
}

//! Stop an app.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::authorizations::{self, AccessError, Avenue, ConsentError};
use uuid::Uuid;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::records::At;
use super::{Shell, records as own, words};
use crate::pages::stop_app::StopApp;
use crate::pages::stopped::Stopped;
use crate::security_headers::{PagePolicy, see_other};

/// The page that asks once more.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, app)): At<(Uuid, Uuid)>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let (app, _) = own::find_app(&shell, person, &record, app).await?;
    let frame = own::frame(&shell, &guest, &record);
    let page = StopApp {
        app: words::app(&app.application, &frame.t),
        frame,
        record_name: record.rights.display_name.clone(),
        post_to: format!("{}/stop", own::app_at(&record, app.application.id)),
    };
    Ok(PagePolicy::default().page(page.render()?))
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, app)): At<(Uuid, Uuid)>,
    form: Posted,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let (app, _) = own::find_app(&shell, person, &record, app).await?;
    let app = &app.application;
    if form.raw("decision") != "stop" {
        return Ok(see_other(&own::app_at(&record, app.id)));
    }
    match authorizations::revoke(&shell.domain, app.id, person.id, record.id, Avenue::Shell).await {
        // Stopped in another window at the same moment: it is what the person wanted.
        Ok(()) | Err(ConsentError::Access(AccessError::Denied)) => {}
        Err(error) => return Err(error.into()),
    }
    let frame = own::frame(&shell, &guest, &record);
    let page = Stopped {
        app: words::app(app, &frame.t),
        frame,
        record_name: record.rights.display_name.clone(),
        apps_to: own::apps_at(&record),
    };
    Ok(PagePolicy::default().page(page.render()?))
}

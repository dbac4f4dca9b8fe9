//! How it ends with a pickup code. The pages are answers to the last form: no address shows them again.

use askama::Template;
use axum::response::Response;
use keepwell_core::applications::Application;
use keepwell_core::authorizations::{Consent, ConsentError};

use super::fault::Fault;
use super::guest::Guest;
use super::step::{self, Known};
use super::visit::Going;
use super::{Shell, connect_letter, documents, words};
use crate::components::Badge;
use crate::pages::Frame;
use crate::pages::connect_end::{CodeEnd, ConnectEnd};
use crate::security_headers::PagePolicy;

/// Ends the visit, and says how.
pub async fn finish(shell: &Shell, guest: &Guest, going: &Going, end: CodeEnd) -> Result<Response, Fault> {
    going.finish(shell).await?;
    page(going.frame(shell, guest), &going.app, end)
}

/// Writes down what was agreed, and says what became of it. The visit has been finished.
pub async fn allow(
    shell: &Shell,
    guest: &Guest,
    going: &Going,
    known: &Known,
    consent: &Consent,
) -> Result<Response, Fault> {
    let frame = going.frame(shell, guest);
    let end = match step::allow(shell, going, consent, false).await {
        Ok(()) => {
            connect_letter::send(shell, guest, &frame.t, &going.app(&frame.t).name, consent.record).await;
            connected(going, known, consent, &frame)
        }
        Err(ConsentError::CodeGone) => CodeEnd::Gone,
        Err(ConsentError::Outage(outage)) => return Err(outage.into()),
        // The record was closed, or the person's right to it ended, while they read the page.
        Err(error) => {
            tracing::info!(%error, "a consent by code was not written down");
            CodeEnd::Failed
        }
    };
    page(frame, &going.app, end)
}

fn connected(going: &Going, known: &Known, consent: &Consent, frame: &Frame) -> CodeEnd {
    let record = known.records.iter().find(|record| record.id == consent.record);
    let name = record.map(|record| record.rights.display_name.clone()).unwrap_or_default();
    CodeEnd::Connected {
        record: Badge::new(name, consent.record.0),
        message: documents::success(&going.app, frame.t.lang()),
        apps_to: format!("/records/{}/apps", consent.record),
    }
}

/// The page.
pub fn page(frame: Frame, app: &Application, end: CodeEnd) -> Result<Response, Fault> {
    // It is read at a glance, so that it stands on one line.
    let telephone = app.telephone.as_ref().map(|number| number.replace(' ', "\u{a0}"));
    let app = words::app(app, &frame.t);
    Ok(PagePolicy::default().page(ConnectEnd { frame, app, telephone, end }.render()?))
}

//! The way back to the application.

use askama::Template;
use axum::response::Response;
use keepwell_core::ids::PersonId;
use keepwell_core::sessions::user_token;

use super::Shell;
use super::fault::Fault;
use super::guest::Guest;
use super::visit::{Going, Task};
use crate::pages::token_form::TokenForm;
use crate::redirect::return_trip::{Destination, ReturnTarget, ReturnTrip, TargetDetails};
use crate::security_headers::see_other;

/// Sends the browser back with this result, and with a token where the result brings one. The visit has
/// been finished: this happens once.
pub async fn send(
    shell: &Shell,
    guest: &Guest,
    person: Option<PersonId>,
    going: &Going,
    target: ReturnTarget,
) -> Result<Response, Fault> {
    let visit = &going.visit;
    let device = going.app.device().map(|_| going.app.id.0);
    let to = match &going.action {
        Some(action) => Destination::ActionUrl(action.clone()),
        None => end_page(shell, going),
    };
    // What watches for the end on a device knows success by one name only.
    let watched = going.action.is_none() || device.is_some();
    let target = match target {
        ReturnTarget::SelectedRecordChanged if watched => ReturnTarget::AppAuthSuccess,
        target => target,
    };
    let stay = going.app.stay_signed_in_seconds.filter(|_| visit.stay);
    let token = match person.filter(|_| target.carries_token() && !watched) {
        Some(person) => {
            Some(user_token::give(&shell.domain, going.app.id, person, visit.multi_record, stay).await?)
        }
        None => None,
    };
    let details = (visit.task == Task::CreateAccount).then_some(if visit.opened_account {
        TargetDetails::CreateAccountSuccess
    } else {
        TargetDetails::CreateAccountFailure
    });
    let trip = ReturnTrip {
        to,
        device,
        target,
        instance_id: shell.settings.instance_id.clone(),
        actionqs: visit.actionqs(),
        token_ttl_seconds: stay.map(u64::from),
        details,
        token,
    };
    match trip.token() {
        Some(token) if visit.post => {
            // The token is in the page: there is nothing to come back to.
            let frame = going.frame(shell, guest).at(None);
            let page = TokenForm {
                app: going.app(&frame.t),
                frame,
                action: trip.url_without_token(),
                wctoken: token.to_owned(),
            };
            Ok(going.policy().with_script().page(page.render()?))
        }
        _ => Ok(see_other(&trip.url())),
    }
}

fn end_page(shell: &Shell, going: &Going) -> Destination {
    Destination::EndPage { shell: shell.settings.origin.clone(), app_id: going.app.id.0 }
}

//! Where the person is signed in.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use keepwell_core::sessions::shell as sign_ins;
use uuid::Uuid;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::{Shell, device, moment, sign_out};
use crate::components::Notice;
use crate::pages::sessions::{SessionRow, Sessions};
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let (person, here) = guest.must_be_signed_in()?;
    let mut frame = guest.frame(&shell);
    if query.as_deref() == Some("ended") {
        frame = frame.clone().saying(Notice::signed_out_there(&frame.t));
    }
    let mut sessions: Vec<SessionRow> = sign_ins::list(&shell.domain, person.id)
        .await?
        .into_iter()
        .map(|session| SessionRow {
            value: session.id.to_string(),
            device: device::name(&session.agent, &frame.t),
            here: session.id == here.id,
            since: moment(session.created),
            last_seen: moment(session.last_used),
        })
        .collect();
    sessions.sort_by_key(|session| !session.here);
    let page = Sessions {
        frame,
        sessions,
        end_one_to: paths::END_SESSION.to_owned(),
        end_all_to: paths::END_ALL_SESSIONS.to_owned(),
    };
    Ok(PagePolicy::default().page(page.render()?))
}

/// Signs out one of them.
pub async fn end_one(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    let person = guest.must_be_signed_in()?.0.id;
    let session = Uuid::try_parse(&form.text("session")).map_err(|_| Fault::not_found())?;
    sign_ins::end_one(&shell.domain, person, session).await?;
    Ok(see_other(&format!("{}?ended", paths::SESSIONS)))
}

/// Signs out everywhere, here too.
pub async fn end_all(State(shell): State<Shell>, guest: Guest, _: Posted) -> Result<Response, Fault> {
    let person = guest.must_be_signed_in()?.0.id;
    sign_ins::end_all(&shell.domain, person).await?;
    sign_out::page(&shell, &guest, None, true)
}

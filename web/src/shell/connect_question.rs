//! The question that belongs to a pickup code, in a visit of who gave it out.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::connections::{self, Answered, Kind};
use keepwell_core::ids::PersonId;

use super::connect::{End, end_of};
use super::fault::Fault;
use super::form::Posted;
use super::guest::{Guest, with_cookie};
use super::step::{Known, Step, decide};
use super::visit::{Going, Named, PickUp};
use super::{Shell, connect_end, connect_letter, step};
use crate::cookies::package_cookie;
use crate::pages::connect_end::CodeEnd;
use crate::pages::connect_question::{AnswerTrouble, ConnectQuestion};
use crate::paths;
use crate::security_headers::see_other;

/// The page, if the question is still to be answered.
pub async fn show(State(shell): State<Shell>, guest: Guest, named: Named) -> Result<Response, Fault> {
    let going = Going::required(&shell, &guest, &named).await?;
    match asked(&shell, &guest, &going).await? {
        Some((_, found)) => page(&shell, &guest, &going, &found, None),
        None => step::next(&shell, &guest, guest.person().map(|person| person.id), &going).await,
    }
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    form: Posted,
) -> Result<Response, Fault> {
    let mut going = Going::required(&shell, &guest, &named).await?;
    let Some((person, mut found)) = asked(&shell, &guest, &going).await? else {
        return step::next(&shell, &guest, guest.person().map(|person| person.id), &going).await;
    };
    let answer = form.raw("answer");
    if answer.trim().is_empty() {
        return page(&shell, &guest, &going, &found, Some(AnswerTrouble::Missing));
    }
    match connections::answer(&shell.domain, person, found.connection, answer).await {
        Ok(Answered::Right(opened)) if opened.kind == Kind::Connect => {
            found.opened = Some(opened.friendly_name);
            going.visit.pick_up = Some(found);
            going.keep(&shell).await?;
            Ok(see_other(&going.at(paths::CONSENT)))
        }
        Ok(Answered::Right(opened)) => {
            found.opened = Some(opened.friendly_name);
            going.visit.pick_up = Some(found);
            going.keep(&shell).await?;
            let token = opened.unlocked.as_ref().map(|unlocked| unlocked.token(&shell.domain)).transpose()?;
            let onward = see_other(&going.at(paths::PICK_UP));
            Ok(with_cookie(onward, package_cookie(shell.transport(), token.as_deref())))
        }
        Ok(Answered::Wrong { left }) if left > 0 => {
            found.left = left;
            let answer = page(&shell, &guest, &going, &found, Some(AnswerTrouble::Wrong));
            going.visit.pick_up = Some(found);
            going.keep(&shell).await?;
            answer
        }
        Ok(Answered::Wrong { .. }) => {
            let t = going.texts(&shell, &guest);
            connect_letter::locked(&shell, &guest, &t, &going.app(&t).name).await;
            connect_end::finish(&shell, &guest, &going, CodeEnd::Locked).await
        }
        Err(error) => match end_of(error) {
            End::With(_, end) => connect_end::finish(&shell, &guest, &going, end).await,
            End::Unknown | End::Wait { .. } => {
                connect_end::finish(&shell, &guest, &going, CodeEnd::Gone).await
            }
            End::Fault(fault) => Err(fault),
        },
    }
}

/// Whom the question is put to, if it is.
async fn asked(shell: &Shell, guest: &Guest, going: &Going) -> Result<Option<(PersonId, PickUp)>, Fault> {
    let Some(person) = guest.person().map(|person| person.id) else { return Ok(None) };
    let known = Known::read(shell, going, person).await?;
    let is_asked = decide(&going.visit, &known, person) == Step::Question;
    Ok(going.visit.pick_up.clone().filter(|_| is_asked).map(|found| (person, found)))
}

fn page(
    shell: &Shell,
    guest: &Guest,
    going: &Going,
    found: &PickUp,
    trouble: Option<AnswerTrouble>,
) -> Result<Response, Fault> {
    let frame = going.frame(shell, guest);
    let page = ConnectQuestion {
        post_to: going.at(paths::CONNECT_QUESTION),
        app: going.app(&frame.t),
        question: found.question.clone(),
        left: u32::try_from(found.left).unwrap_or_default(),
        trouble,
        frame,
    };
    Ok(going.policy().page(page.render()?))
}

//! Close the account: what becomes of everything, and a choice.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::erasure::{self, Becomes, CloseError, Fate};
use keepwell_core::persons::Person;

use super::fault::Fault;
use super::form::Posted;
use super::guest::{Guest, with_cookie};
use super::{Shell, closure_letters, records as own, step_up};
use crate::components::Trouble;
use crate::cookies::forget_session;
use crate::locale::Texts;
use crate::pages::Frame;
use crate::pages::close_account::{CloseAccount, FateRow};
use crate::pages::closed::{Closed, Was};
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest) -> Result<Response, Fault> {
    let person = step_up::fresh(&shell, &guest)?.0;
    Ok(PagePolicy::default().page(page(&shell, &guest, person, None).await?.render()?))
}

/// The form.
pub async fn submit(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    let person = step_up::fresh(&shell, &guest)?.0;
    if form.raw("decision") != "close" {
        return Ok(see_other(paths::ACCOUNT));
    }
    if !form.ticked("agreed") {
        let again = page(&shell, &guest, person, Some(Trouble::NotTicked)).await?;
        return Ok(PagePolicy::default().page(again.render()?));
    }
    let t = guest.texts(&shell, None);
    let write = |erase_after| closure_letters::closed(&shell, &t, person, erase_after);
    match erasure::close(&shell.domain, person, write).await {
        Ok(erase_after) => closed(&shell, &guest, erase_after),
        Err(CloseError::NotInUse | CloseError::Over) => Err(Fault::elsewhere(paths::SIGN_IN)),
        Err(CloseError::Outage(outage)) => Err(outage.into()),
    }
}

async fn page(
    shell: &Shell,
    guest: &Guest,
    person: &Person,
    trouble: Option<Trouble>,
) -> Result<CloseAccount, Fault> {
    let frame = guest.frame(shell);
    let fates = erasure::fates(&shell.domain, person.id).await?;
    Ok(CloseAccount {
        rows: fates.iter().map(|fate| row(fate, &frame.t)).collect(),
        days: closure_letters::days(shell.domain.grace()),
        erased_on: frame.t.day_in_full(shell.domain.env.now().saturating_add(shell.domain.grace())),
        letters_reach: person.email_validated.then(|| person.email.clone()),
        trouble,
        frame,
    })
}

fn row(fate: &Fate, t: &Texts) -> FateRow {
    let becomes = match &fate.becomes {
        Becomes::Erased => t.say("close-record-erased"),
        Becomes::Stays(others) => t.say_with("close-record-stays", "people", t.list(others)),
        Becomes::Ends => t.say("close-record-ends"),
    };
    FateRow {
        badge: own::badge(&fate.record),
        becomes,
        copy_to: fate.record.rights.custodian.then(|| own::copy_at(&fate.record)),
    }
}

/// It is closed: the browser forgets its cookie.
fn closed(shell: &Shell, guest: &Guest, erase_after: i64) -> Result<Response, Fault> {
    let frame = Frame::new(guest.texts(shell, None), String::new());
    let page = Closed { until: frame.t.day_in_full(erase_after), was: Was::Account, frame };
    Ok(with_cookie(PagePolicy::default().page(page.render()?), forget_session(shell.transport())))
}

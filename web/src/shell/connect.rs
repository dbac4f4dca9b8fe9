//! Where a person types a pickup code (connectivity.md 3.7). It is looked up for who is signed in, and only
//! on the form's button: an address that somebody follows finds nothing and counts as no try.

use askama::Template;
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use keepwell_core::applications;
use keepwell_core::connections::{self, Found, Kind, PickupError};
use keepwell_core::ids::{AppId, PersonId};

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::onward::{Onward, carried, code_page};
use super::visit::{Going, PickUp, Task, Visit};
use super::{ClientAddress, Shell, connect_end};
use crate::locale::Texts;
use crate::pages::connect::{Asks, Connect};
use crate::pages::connect_end::CodeEnd;
use crate::pages::trouble::What;
use crate::paths;
use crate::redirect::params::Params;
use crate::security_headers::{PagePolicy, see_other};

const MINUTE: i64 = 60;

/// The page, with the code that the address brought.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let code = brought(query.as_deref());
    let asks = match guest.person() {
        Some(_) => asks(code, None),
        None => {
            let onward = Onward::Code(code);
            Asks::SignIn { sign_in_to: onward.at(paths::SIGN_IN), sign_up_to: onward.at(paths::SIGN_UP) }
        }
    };
    page(&shell, &guest, asks)
}

/// `/patientwelcome.aspx`, which old letters name.
pub async fn older_link(RawQuery(query): RawQuery) -> Response {
    see_other(&code_page(&brought(query.as_deref())))
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    address: Option<Extension<ClientAddress>>,
    form: Posted,
) -> Result<Response, Fault> {
    let code = carried(form.raw("code"));
    let Some(person) = guest.person().map(|person| person.id) else {
        return Err(Fault::elsewhere(Onward::Code(code).at(paths::SIGN_IN)));
    };
    let t = guest.texts(&shell, None);
    if code.is_empty() {
        return page(&shell, &guest, asks(code, Some(t.say("trouble-missing"))));
    }
    let address = address.map(|Extension(ClientAddress(address))| address.to_string());
    let error = match connections::find(&shell.domain, person, address.as_deref(), &code).await {
        Ok(found) => return begin(&shell, &guest, person, found).await,
        Err(error) => error,
    };
    match end_of(error) {
        End::With(app, end) => with_app(&shell, &guest, app, end).await,
        End::Wait { seconds } => page(&shell, &guest, asks(code, Some(wait(&t, seconds)))),
        End::Unknown => page(&shell, &guest, asks(code, Some(t.say("connect-unknown")))),
        End::Fault(fault) => Err(fault),
    }
}

/// What becomes of somebody who cannot go on.
pub enum End {
    /// It is told with who gave out the code.
    With(AppId, CodeEnd),
    /// Later.
    Wait {
        /// How long.
        seconds: i64,
    },
    /// There is no such code.
    Unknown,
    /// Nothing about the code.
    Fault(Fault),
}

/// Which it is.
pub fn end_of(error: PickupError) -> End {
    match error {
        PickupError::Expired(app) => End::With(app, CodeEnd::Expired),
        PickupError::Locked(app) => End::With(app, CodeEnd::Locked),
        PickupError::Used(app) => End::With(app, CodeEnd::Used),
        PickupError::PickedUp(app) => End::With(app, CodeEnd::Taken),
        PickupError::Damaged(app) => End::With(app, CodeEnd::Damaged),
        PickupError::NotReady(app) => End::With(app, CodeEnd::NotReady),
        PickupError::Wait { seconds } => End::Wait { seconds },
        PickupError::Unknown => End::Unknown,
        PickupError::Outage(outage) => End::Fault(outage.into()),
    }
}

/// Begins a visit of who gave out the code, and asks the question in it.
async fn begin(shell: &Shell, guest: &Guest, person: PersonId, found: Found) -> Result<Response, Fault> {
    let mut visit = Visit::new(Task::Connect, found.app);
    visit.pick_up = Some(PickUp {
        person,
        connection: found.id,
        question: found.question,
        left: found.answers_left,
        opened: None,
        package: found.kind == Kind::Package,
    });
    let (token, visit) = Going::begin(shell, Some(guest), visit).await?;
    Ok(see_other(&Going::with(shell, &token, visit).await?.at(paths::CONNECT_QUESTION)))
}

async fn with_app(shell: &Shell, guest: &Guest, app: AppId, end: CodeEnd) -> Result<Response, Fault> {
    let registered = applications::find(&shell.domain, app).await?;
    let app = registered.ok_or_else(|| Fault::of(What::UnknownApp))?.application;
    connect_end::page(guest.frame(shell), &app, end)
}

fn brought(query: Option<&str>) -> String {
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    carried(&params.text("packageid").unwrap_or_default())
}

fn wait(t: &Texts, seconds: i64) -> String {
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    if seconds <= MINUTE {
        t.say_count("connect-wait-seconds", count(seconds))
    } else {
        t.say_count("connect-wait-minutes", count((seconds + MINUTE - 1) / MINUTE))
    }
}

fn asks(code: String, wrong: Option<String>) -> Asks {
    Asks::Code { post_to: paths::CONNECT.to_owned(), code, wrong }
}

fn page(shell: &Shell, guest: &Guest, asks: Asks) -> Result<Response, Fault> {
    Ok(PagePolicy::default().page(Connect { frame: guest.frame(shell), asks }.render()?))
}

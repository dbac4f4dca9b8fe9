//! `redirect.aspx`, where applications send people.

use axum::extract::{RawQuery, Request, State};
use axum::response::Response;
use keepwell_core::applications::{self, Application};
use keepwell_core::ids::AppId;
use uuid::Uuid;

use super::fault::Fault;
use super::form::body;
use super::guest::Guest;
use super::onward::code_page;
use super::visit::{Brought, Device, Going, Named, Suggested, Task, Visit};
use super::{Shell, ShellSettings, errands, sign_out, step, way_back};
use crate::pages::trouble::What;
use crate::paths;
use crate::redirect::action_url::{ActionUrl, Environment};
use crate::redirect::params::{Params, encode};
use crate::redirect::request::{ExternalRecord, RedirectError, RedirectRequest, TokenReturn};
use crate::redirect::return_trip::ReturnTarget;
use crate::redirect::target::Target;
use crate::security_headers::see_other;

/// A GET: the person arrives with the browser's cookie.
pub async fn arrive(
    State(shell): State<Shell>,
    guest: Guest,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let request = RedirectRequest::parse(query.as_deref().unwrap_or_default(), None)?;
    if request.target == Target::AppSignOut {
        return sign_out::by_an_app(&shell, &guest, &request).await;
    }
    if let Some(page) = code_page_for(&request) {
        return Ok(see_other(&page));
    }
    if errands::is_one(request.target) {
        return errands::run(&shell, &guest, &request).await;
    }
    let visit = read(&shell, &request).await?;
    let (token, visit) = Going::begin(&shell, Some(&guest), visit).await?;
    let going = Going::with(&shell, &token, visit).await?;
    enter(&shell, &guest, &going, &request).await
}

/// A POST comes from another site, and so without the cookie: it is written down, and the browser sent to
/// where it brings its cookie along.
pub async fn arrive_by_post(
    State(shell): State<Shell>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Response, Fault> {
    let body = body(request).await?;
    let request = RedirectRequest::parse(query.as_deref().unwrap_or_default(), Some(&body))?;
    if request.target == Target::AppSignOut
        || errands::is_one(request.target)
        || request.external_record() == ExternalRecord::Malformed
    {
        return Ok(see_other(&as_get(&request)));
    }
    if let Some(page) = code_page_for(&request) {
        return Ok(see_other(&page));
    }
    let visit = read(&shell, &request).await?;
    let (token, visit) = Going::begin(&shell, None, visit).await?;
    Ok(see_other(&Going::with(&shell, &token, visit).await?.at(paths::VISIT)))
}

/// Where a visit that began with a POST goes on.
pub async fn go_on(State(shell): State<Shell>, guest: Guest, named: Named) -> Result<Response, Fault> {
    let going = Going::required(&shell, &guest, &named).await?;
    step::next(&shell, &guest, guest.person().map(|person| person.id), &going).await
}

async fn enter(
    shell: &Shell,
    guest: &Guest,
    going: &Going,
    request: &RedirectRequest,
) -> Result<Response, Fault> {
    if matches!(going.visit.task, Task::AppAuth | Task::EditRecord)
        && request.external_record() == ExternalRecord::Malformed
    {
        going.finish(shell).await?;
        return way_back::send(shell, guest, None, going, ReturnTarget::AppAuthInvalidRecord).await;
    }
    step::next(shell, guest, guest.person().map(|person| person.id), going).await
}

/// Where a person with a pickup code goes. Whose code it is shows later, so there is no visit yet.
fn code_page_for(request: &RedirectRequest) -> Option<String> {
    let is_about_a_code = matches!(request.target, Target::Connect | Target::PickUp);
    is_about_a_code.then(|| code_page(&request.pickup_code().unwrap_or_default()))
}

/// What an application asked for, made a visit: the application is known and active, and where the
/// browser will return to is decided.
async fn read(shell: &Shell, request: &RedirectRequest) -> Result<Visit, Fault> {
    let task = match request.target {
        Target::Auth => Task::Auth,
        Target::AppAuth => Task::AppAuth,
        Target::CreateAccount => Task::CreateAccount,
        Target::CreateRecord => Task::CreateRecord,
        Target::EditRecord => Task::EditRecord,
        Target::CreateApplication => Task::CreateApplication,
        _ => return Err(Fault::of(What::UnknownTarget)),
    };
    // Several applications in one visit: nothing says whose token would come back.
    let [id] = request.app_ids().ok_or_else(|| Fault::of(What::UnknownApp))?[..] else {
        return Err(Fault::of(What::UnknownTarget));
    };
    let registered = applications::find(&shell.domain, AppId(id))
        .await?
        .filter(|registered| registered.state == applications::State::Active)
        .ok_or_else(|| Fault::of(What::UnknownApp))?;
    let mut visit = Visit::new(task, AppId(id));
    visit.return_to = return_address(&shell.settings, &registered.application, request.redirect())?;
    visit.keep_actionqs(request.actionqs());
    visit.post = request.token_return() == TokenReturn::Post;
    visit.multi_record = request.multi_record();
    visit.force = request.force_consent();
    visit.online = request.optional_online();
    visit.offline = request.optional_offline();
    visit.culture = request.culture().filter(|culture| culture.len() <= 16);
    visit.suggested = suggested(&request.suggestions);
    visit.sign_up_code = request.params.text("signupcode").filter(|code| code.len() <= 40);
    if task == Task::CreateApplication {
        visit.device = Some(device(request)?);
    }
    if let (Task::AppAuth | Task::EditRecord, ExternalRecord::Id(id)) = (task, request.external_record()) {
        visit.record = Some(id);
    }
    Ok(visit)
}

/// Base64 of the longest certificate that an older client may bring, an RSA key of 8192 bits with room.
const LONGEST_CERTIFICATE: usize = 6000;

/// What a device says of itself. Whether its token is any good shows when the visit begins.
fn device(request: &RedirectRequest) -> Result<Device, Fault> {
    let token = request.creation_token().filter(|token| token.len() <= 1024).map(Brought::Token);
    let older = || {
        let certificate =
            request.params.base64("publicKey").filter(|key| key.len() <= LONGEST_CERTIFICATE)?;
        let id = request.params.text("instanceId").and_then(|id| Uuid::try_parse(id.trim()).ok())?;
        Some(Brought::Older(AppId(id), certificate))
    };
    let brought = token.or_else(older).ok_or_else(|| Fault::of(What::DeviceLinkSpent))?;
    let name = request.instance_name().unwrap_or_default().chars().take(200).collect();
    Ok(Device { brought, name })
}

/// Where the browser will return to: the registered address; on a development server, for an application
/// that takes it, the developer's own machine.
pub fn return_address(
    settings: &ShellSettings,
    app: &Application,
    wanted: Option<String>,
) -> Result<Option<String>, Fault> {
    let development = settings.environment == Environment::Development && app.redirect_override;
    let wanted = wanted
        .filter(|_| development)
        .and_then(|wanted| ActionUrl::parse(&wanted, settings.environment).ok())
        .filter(|wanted| wanted.is_allowed_override(&[]));
    if let Some(wanted) = wanted {
        tracing::info!(app = %app.id, host = wanted.host(), "a developer's return address is used");
        return Ok(Some(wanted.as_str().to_owned()));
    }
    let Some(registered) = &app.action_url else { return Ok(None) };
    match ActionUrl::parse(registered, settings.environment) {
        Ok(address) => Ok(Some(address.as_str().to_owned())),
        Err(error) => {
            tracing::warn!(app = %app.id, %error, "the action URL of an application cannot be used");
            Err(Fault::of(What::UnknownApp))
        }
    }
}

/// The fields that an application may fill in on the sign-up page (shell.md 10), at a length that a
/// person would write.
fn suggested(fields: &Params) -> Suggested {
    let field = |name: &str| fields.text(name).filter(|text| text.chars().count() <= 100).unwrap_or_default();
    let names = [field("Account.FirstName"), field("Account.LastName")];
    Suggested {
        name: names.join(" ").trim().to_owned(),
        email: field("Account.Email"),
        birth_year: field("Account.BirthDate").chars().take(4).collect(),
        record_name: [field("Record.FirstName"), field("Record.MiddleName"), field("Record.LastName")]
            .iter()
            .filter(|part| !part.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" "),
        relationship: field("Record.Relationship").parse().ok(),
        country: Some(field("Account.CountryCode")).filter(|code| !code.is_empty()),
    }
}

/// The same request as a GET.
fn as_get(request: &RedirectRequest) -> String {
    let mut address = format!("{}?target={}", paths::REDIRECTOR, encode(request.target_text.as_bytes()));
    for (name, value) in request.params.iter() {
        address.push_str(&format!("&{}={}", encode(name.as_bytes()), encode(value)));
    }
    address
}

impl From<RedirectError> for Fault {
    fn from(error: RedirectError) -> Self {
        Self::of(match error {
            RedirectError::NoTarget | RedirectError::UnknownTarget(_) => What::UnknownTarget,
            RedirectError::ActionQsTooLong | RedirectError::QueryTooLong => What::BadRequest,
        })
    }
}

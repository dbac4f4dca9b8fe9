//! Sign out: by the person, or by an application that signs the person out on its side too.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::applications::{self, State as Standing};
use keepwell_core::ids::AppId;
use keepwell_core::sessions::{shell as sign_ins, user_token};

use super::fault::Fault;
use super::form::Posted;
use super::guest::{Guest, with_cookie};
use super::{Shell, redirector, words};
use crate::cookies::forget_session;
use crate::pages::Frame;
use crate::pages::signed_out::SignedOut;
use crate::pages::trouble::What;
use crate::redirect::action_url::ActionUrl;
use crate::redirect::request::RedirectRequest;
use crate::redirect::return_trip::{Destination, ReturnTarget, ReturnTrip};
use crate::security_headers::{PagePolicy, see_other};
use crate::{pages, paths};

/// The person's own button.
pub async fn submit(State(shell): State<Shell>, guest: Guest, _: Posted) -> Result<Response, Fault> {
    sign_ins::end(&shell.domain, guest.secret()).await?;
    page(&shell, &guest, None, false)
}

/// `APPSIGNOUT` (shell.md 12): ends the sign-in here and the application's own token, revokes nothing.
pub async fn by_an_app(shell: &Shell, guest: &Guest, request: &RedirectRequest) -> Result<Response, Fault> {
    let id = request.app_id().ok_or_else(|| Fault::of(What::UnknownApp))?;
    let app = applications::find(&shell.domain, AppId(id))
        .await?
        .filter(|registered| registered.state == Standing::Active)
        .ok_or_else(|| Fault::of(What::UnknownApp))?
        .application;
    let return_to = redirector::return_address(&shell.settings, &app, request.redirect())?;
    sign_ins::end(&shell.domain, guest.secret()).await?;
    if let Some(token) = request.credential_token() {
        user_token::end(&shell.domain, app.id, &token).await?;
    }
    let Some(address) = return_to else {
        let app = words::app(&app, &guest.texts(shell, None));
        return page(shell, guest, Some(app), false);
    };
    let action = ActionUrl::parse(&address, shell.settings.environment).map_err(Fault::broken)?;
    let trip = ReturnTrip {
        to: Destination::ActionUrl(action),
        device: None,
        target: ReturnTarget::SignOut,
        instance_id: shell.settings.instance_id.clone(),
        actionqs: request.actionqs().map(<[u8]>::to_vec),
        token_ttl_seconds: None,
        details: None,
        token: None,
    };
    Ok(with_cookie(see_other(&trip.url()), forget_session(shell.transport())))
}

/// The page, which makes the browser forget its cookie.
pub fn page(
    shell: &Shell,
    guest: &Guest,
    app: Option<pages::App>,
    everywhere: bool,
) -> Result<Response, Fault> {
    let frame = Frame::new(guest.texts(shell, None), String::new());
    let page = SignedOut { frame, app, everywhere, sign_in_to: paths::SIGN_IN.to_owned() };
    let response = PagePolicy::default().page(page.render()?);
    Ok(with_cookie(response, forget_session(shell.transport())))
}

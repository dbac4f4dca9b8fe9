//! A person's passkeys: the list, and adding one.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use keepwell_core::credentials;
use keepwell_core::credentials::passkeys::{self, MOST, PasskeyError, Site};
use keepwell_core::letters::Letter;
use keepwell_core::persons::Person;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::{Shell, device, moment, step_up};
use crate::components::{Notice, Tone};
use crate::locale::Texts;
use crate::pages::passkey_button::{Act, PasskeyButton};
use crate::pages::passkeys::{Adding, PasskeyRow, Passkeys};
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// What the script of a page is told when some answer in the form needs another look.
pub const LOOK_AGAIN: &str = "{}";

/// The list.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let t = guest.texts(&shell, None);
    let notice = match query.as_deref() {
        Some("added") => Some(t.say("passkeys-added")),
        Some("removed") => Some(t.say("passkeys-removed")),
        _ => None,
    };
    page(&shell, &guest, notice, None).await
}

/// What the device is asked in order to make another one.
pub async fn begin(State(shell): State<Shell>, guest: Guest, _: Posted) -> Result<Response, Fault> {
    let (person, _) = step_up::fresh_on(&shell, &guest, paths::PASSKEYS)?;
    let site = shell.site()?;
    match passkeys::begin_adding(&shell.domain, site, &guest.browser(), person).await {
        Ok(options) => Ok(json(options)),
        Err(PasskeyError::Outage(outage)) => Err(outage.into()),
        Err(_) => Ok(json(LOOK_AGAIN.to_owned())),
    }
}

/// The form with the device's answer.
pub async fn submit(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    let (person, _) = step_up::fresh(&shell, &guest)?;
    let t = guest.texts(&shell, None);
    let name = device::name(guest.agent(), &t);
    let what = t.say_with("letter-passkey-added-what", "name", &name);
    let letter = letter(&shell, &t, person, t.say("letter-passkey-added-subject"), what);
    let (site, answer) = (shell.site()?, form.raw("passkey"));
    let (browser, letter) = (guest.browser(), letter.as_ref());
    match passkeys::add(&shell.domain, site, &browser, person.id, answer, &name, letter).await {
        Ok(()) => Ok(see_other(&format!("{}?added", paths::PASSKEYS))),
        Err(error) => {
            let trouble = match error {
                PasskeyError::Outage(outage) => return Err(outage.into()),
                PasskeyError::Over => t.say("passkeys-too-late"),
                PasskeyError::Known => t.say("passkeys-not-new"),
                PasskeyError::TooMany => t.say("passkeys-enough"),
                _ => t.say("passkeys-not-usable"),
            };
            page(&shell, &guest, None, Some(trouble)).await
        }
    }
}

async fn page(
    shell: &Shell,
    guest: &Guest,
    notice: Option<String>,
    trouble: Option<String>,
) -> Result<Response, Fault> {
    let (person, session) = guest.must_be_signed_in()?;
    let mut frame = guest.frame(shell);
    frame.notice = notice.map(|text| Notice::with(Tone::Done, text));
    let all = passkeys::of_person(&shell.domain, person.id).await?;
    let adding = if shell.passkeys.is_none() {
        Adding::Nowhere
    } else if i64::try_from(all.len()).is_ok_and(|count| count >= MOST) {
        Adding::Enough
    } else if !session.is_fresh(shell.domain.env.now()) {
        Adding::AfterProof(step_up::prove_for(paths::PASSKEYS))
    } else {
        Adding::Here(Box::new(button(&frame.t, Act::Add, paths::BEGIN_PASSKEY, paths::PASSKEYS.to_owned())))
    };
    let policy = match adding {
        Adding::Here(_) => PagePolicy::default().with_passkeys(),
        _ => PagePolicy::default(),
    };
    let row = |passkey: passkeys::Passkey| PasskeyRow {
        name: passkey.name,
        since: moment(passkey.created),
        last_used: passkey.last_used.map(moment),
        to: format!("{}/{}", paths::PASSKEYS, passkey.id),
    };
    let page = Passkeys {
        frame,
        passkeys: all.into_iter().map(row).collect(),
        has_password: credentials::has_password(&shell.domain, person.id).await?,
        adding,
        post_to: paths::PASSKEYS.to_owned(),
        trouble,
    };
    Ok(policy.page(page.render()?))
}

impl Shell {
    /// What passkeys belong to; on a server without them nothing leads here.
    pub(super) fn site(&self) -> Result<&Site, Fault> {
        self.passkeys.as_deref().ok_or_else(Fault::not_found)
    }
}

/// The button of a page.
pub fn button(t: &Texts, act: Act, begin_at: &str, finish_at: String) -> PasskeyButton {
    PasskeyButton { t: t.clone(), act, begin_at: begin_at.to_owned(), finish_at }
}

/// What our script reads.
pub fn json(text: String) -> Response {
    PagePolicy::default().protect(([(CONTENT_TYPE, "application/json")], text).into_response())
}

/// The letter about a change, to an address that is known to be the person's. The change stands without it.
pub fn letter(shell: &Shell, t: &Texts, person: &Person, subject: String, what: String) -> Option<Letter> {
    let person = Some(person).filter(|person| person.email_validated)?;
    let paragraphs = [
        what,
        t.say("letter-passkey-see"),
        format!("{}{}", shell.settings.origin, paths::PASSKEYS),
        t.say("letter-passkey-not-you"),
        t.say("keepwell"),
    ];
    Some(Letter::from_server(&person.email, subject, paragraphs.join("\n\n")))
}

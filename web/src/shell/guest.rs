//! Who is there: the browser by its cookie, and the person who is signed in with it, if any.

use std::net::IpAddr;

use axum::RequestExt;
use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use cookie::Cookie;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, header};
use keepwell_core::credentials::Place;
use keepwell_core::ids::RecordId;
use keepwell_core::persons::{self, Person, Units};
use keepwell_core::sessions::known_browser::{self, Entry};
use keepwell_core::sessions::shell::{self, ShellSession};
use keepwell_core::{Outage, tokens};

use super::fault::Fault;
use super::form::page_of;
use super::onward::{own_page, sign_in_for};
use super::{ClientAddress, Shell, new_sign_in, step_up};
use crate::cookies::{
    browser_cookie, browser_token, chosen_language, session_cookie, session_secret, waiting_token,
};
use crate::locale::{self, Texts, Wishes};
use crate::pages::Frame;
use crate::paths;

/// Whoever sent the request.
#[derive(Clone)]
pub struct Guest {
    /// The browser's secret. A browser that nobody signed in with has one too: forms are bound to it.
    secret: String,
    /// The browser did not bring it: we make it now.
    fresh: bool,
    /// The person and their sign-in.
    signed_in: Option<(Person, ShellSession)>,
    /// How the person reads numbers.
    units: Units,
    /// The page that was asked for with a GET.
    wanted: Option<String>,
    /// The page of the form that was sent, or that was asked for.
    page: Option<String>,
    agent: String,
    /// The language that was chosen by hand in this browser.
    language: Option<String>,
    accept_language: Option<String>,
    /// Where the browser is.
    address: Option<IpAddr>,
    /// By what it is known to who signed in with it before.
    known: Option<String>,
    /// What it carries between the password and the code.
    waiting: Option<String>,
}

impl Guest {
    /// Somebody of whom nothing is known.
    fn nobody() -> Self {
        Self {
            secret: String::new(),
            fresh: false,
            signed_in: None,
            units: Units::default(),
            wanted: None,
            page: None,
            agent: String::new(),
            language: None,
            accept_language: None,
            address: None,
            known: None,
            waiting: None,
        }
    }

    async fn of(shell: &Shell, headers: &HeaderMap) -> Result<Self, Outage> {
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let brought =
            session_secret(headers, shell.transport()).filter(|secret| tokens::is_well_formed(secret));
        let mut guest = Self {
            fresh: brought.is_none(),
            agent: text(header::USER_AGENT).unwrap_or_default().to_owned(),
            language: chosen_language(headers, shell.transport()),
            accept_language: text(header::ACCEPT_LANGUAGE).map(str::to_owned),
            known: browser_token(headers, shell.transport()),
            waiting: waiting_token(headers, shell.transport()),
            ..Self::nobody()
        };
        match brought {
            None => guest.secret = tokens::mint(&shell.domain.env, ""),
            Some(secret) => {
                if let Some((person, units, session)) = find(shell, &secret).await? {
                    guest.units = units;
                    guest.signed_in = Some((person, session));
                }
                guest.secret = secret;
            }
        }
        Ok(guest)
    }

    /// What a visit remembers of the browser that began it.
    pub fn browser(&self) -> String {
        browser(&self.secret)
    }

    /// The browser's secret, which is the token of the sign-in if there is one.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The browser, as it calls itself.
    pub fn agent(&self) -> &str {
        &self.agent
    }

    /// The token of this browser's forms.
    pub fn csrf(&self, shell: &Shell) -> String {
        shell::csrf(&shell.domain, &self.secret)
    }

    /// The person, if one is signed in.
    pub fn person(&self) -> Option<&Person> {
        self.signed_in.as_ref().map(|(person, _)| person)
    }

    /// The address of the page, if it can be come back to. That of the redirector is full of what others wrote,
    /// and its pages lead on by themselves.
    pub fn here(&self) -> Option<String> {
        let wanted = self.wanted.as_deref()?;
        own_page(wanted).filter(|page| !page.starts_with(paths::REDIRECTOR))
    }

    /// The person, or the way to the sign-in page.
    pub fn must_be_signed_in(&self) -> Result<(&Person, &ShellSession), Fault> {
        let signed_in = self.signed_in.as_ref().map(|(person, session)| (person, session));
        signed_in.ok_or_else(|| Fault::elsewhere(sign_in_for(self.wanted.as_deref())))
    }

    /// The page that was asked for with a GET.
    pub fn wanted(&self) -> Option<&str> {
        self.wanted.as_deref()
    }

    /// The page that the form is on which was sent, where there is one.
    pub fn page(&self) -> Option<&str> {
        self.page.as_deref()
    }

    /// What this browser carries of somebody who still has to give a code.
    pub fn waiting(&self) -> Option<&str> {
        self.waiting.as_deref()
    }

    /// From where somebody proves themselves who is not signed in.
    pub fn place(&self) -> Place<'_> {
        Place { address: self.address, browser: self.known.as_deref(), session: None }
    }

    /// Signs a person in: with a secret that nobody can have known before, and without the sign-in that
    /// this browser had until now. Answers the new secret, and the cookies of it. If the browser is new to the
    /// person, they are told of it, unless something else does (`told`).
    pub async fn sign_in(
        &self,
        shell: &Shell,
        person: keepwell_core::ids::PersonId,
        proof: step_up::Proof,
    ) -> Result<(String, [Cookie<'static>; 2]), Outage> {
        let entry = Entry {
            person,
            agent: &self.agent,
            address: self.address,
            browser: self.known.as_deref(),
            proof: proof.kept(),
            told: proof.is_told(),
        };
        let who = persons::find(&shell.domain, person).await?;
        let letter = || {
            let who = who.as_ref()?;
            new_sign_in::letter(shell, &self.texts_of(shell, who), who, &self.agent, self.address)
        };
        let entered = known_browser::enter(&shell.domain, &entry, letter).await?;
        if self.signed_in.is_some() {
            shell::end(&shell.domain, &self.secret).await?;
        }
        let session = session_cookie(shell.transport(), &entered.token, None);
        let known = browser_cookie(shell.transport(), &entered.browser);
        Ok((entered.token, [session, known]))
    }

    /// The texts for a person who is not signed in yet.
    pub fn texts_of(&self, shell: &Shell, person: &Person) -> Texts {
        self.texts_preferring(shell, None, Some(&person.language))
    }

    /// The texts for this reader; `asked` is the language that an application asks for.
    pub fn texts(&self, shell: &Shell, asked: Option<&str>) -> Texts {
        let preferred = self.person().map(|person| person.language.as_str());
        self.texts_preferring(shell, asked, preferred)
    }

    fn texts_preferring(&self, shell: &Shell, asked: Option<&str>, preferred: Option<&str>) -> Texts {
        let settings = &shell.settings;
        let locale = locale::choose(Wishes {
            chosen: self.language.as_deref(),
            asked,
            preferred,
            accepted: self.accept_language.as_deref(),
            default: settings.default_locale.as_deref(),
        });
        Texts::new(locale, shell.now(), settings.zone.clone())
            .called(&settings.product_name)
            .branded(settings.brand.clone())
            .reading_in(self.units)
    }

    /// A page of the Shell's own: with the way round it if a person is signed in.
    pub fn frame(&self, shell: &Shell) -> Frame {
        let frame = Frame::new(self.texts(shell, None), self.csrf(shell)).at(self.here());
        match self.person() {
            Some(person) => frame.signed_in(&person.name),
            None => frame,
        }
    }
}

/// What a visit remembers of the browser with this secret.
pub fn browser(secret: &str) -> String {
    tokens::hash(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn find(shell: &Shell, secret: &str) -> Result<Option<(Person, Units, ShellSession)>, Outage> {
    let Some(session) = shell::find(&shell.domain, secret).await? else { return Ok(None) };
    let found = persons::find_with_units(&shell.domain, session.person).await?;
    let found = found.filter(|(person, _)| person.active);
    Ok(found.map(|(person, units)| (person, units, session)))
}

/// Finds out who is there, and writes the page for what leads nowhere.
pub async fn receive(State(shell): State<Shell>, mut request: Request, next: Next) -> Response {
    let wanted = request.uri().path_and_query().filter(|_| request.method() == Method::GET);
    let wanted = wanted.map(|wanted| wanted.as_str().to_owned());
    let page = page_of(request.uri());
    let address = request.extensions().get::<ClientAddress>().map(|client| client.0);
    let guest = match Guest::of(&shell, request.headers()).await {
        Ok(guest) => Guest { wanted, page, address, ..guest },
        Err(outage) => return Fault::from(outage).page(&shell, &Guest::nobody()),
    };
    request.extensions_mut().insert(guest.clone());
    // A POST from another site comes without our cookie although the browser has one: a new one would
    // sign the person out.
    let may_set = guest.fresh && request.method() == Method::GET;
    let record = named_record(&mut request).await;
    let mut response = next.run(request).await;
    if let Some(fault) = response.extensions_mut().remove::<Fault>() {
        if let (true, Some(person), Some(record)) = (fault.is_denied(), guest.person(), record) {
            shell.denied(person.id, record).await;
        }
        response = fault.page(&shell, &guest);
    }
    if may_set && !response.headers().contains_key(header::SET_COOKIE) {
        response = with_cookie(response, session_cookie(shell.transport(), &guest.secret, None));
    }
    response
}

/// The record that the address names, whoever has it.
async fn named_record(request: &mut Request) -> Option<RecordId> {
    let named = request.extract_parts::<RawPathParams>().await.ok()?;
    let id = named.iter().find(|(name, _)| *name == "record").map(|(_, id)| id.parse());
    id?.ok().map(RecordId)
}

/// The same answer with a cookie.
pub fn with_cookie(mut response: Response, cookie: Cookie<'static>) -> Response {
    if let Ok(value) = HeaderValue::try_from(cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

impl<S: Sync> FromRequestParts<S> for Guest {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Fault::broken("a page outside the layer"))
    }
}

//! A visit: what an application sent the person for, fixed when it began and kept on our side.
//!
//! The address of each page carries the visit's token; what makes it worth something is the browser's
//! cookie, whose hash the visit remembers. At sign-in the browser gets a new cookie and the visit is bound
//! to that one, so a form from before, or from another account, belongs to no visit any more.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Query};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::request::Parts;
use keepwell_core::applications::{self, Application, Kind, State};
use keepwell_core::connections::ConnectionId;
use keepwell_core::ids::{AppId, PersonId};
use keepwell_core::installations::{self, Offered};
use keepwell_core::visits;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Shell;
use super::fault::Fault;
use super::guest::Guest;
use crate::locale::Texts;
use crate::pages::trouble::What;
use crate::pages::{self, Frame};
use crate::redirect::action_url::ActionUrl;
use crate::security_headers::PagePolicy;

/// What the person was sent for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Task {
    /// Sign in, and agree if something is yet to be agreed.
    Auth,
    /// Choose records and agree, always.
    AppAuth,
    /// Open an account, and agree.
    CreateAccount,
    /// Answer the question of a pickup code, and agree.
    Connect,
    /// Make a record, and agree.
    CreateRecord,
    /// Change what a record is called.
    EditRecord,
    /// Agree to an app on a device, which is made with it.
    CreateApplication,
}

/// What a person found with a pickup code. The code itself is not in it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct PickUp {
    /// Who found it. To anybody else in this browser it opens nothing.
    pub person: PersonId,
    /// What it is.
    pub connection: ConnectionId,
    /// The question.
    pub question: String,
    /// Answers that were left when we last looked.
    pub left: i64,
    /// After the right answer: what the clinic calls the record.
    pub opened: Option<String>,
    /// Something was left to be taken. After the right answer, what opens it goes with the browser.
    #[serde(default)]
    pub package: bool,
}

/// What a device brought along.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Device {
    /// Who it will be.
    pub brought: Brought,
    /// What it calls itself.
    pub name: String,
}

/// Who a device will be.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub enum Brought {
    /// Whom its creation token says, which is sealed.
    Token(String),
    /// An older desktop client: the id and the certificate that it made, Base64.
    Older(AppId, String),
}

impl Device {
    async fn open(&self, shell: &Shell, app: &Application) -> Result<Offered, Fault> {
        let (domain, name) = (&shell.domain, &self.name);
        Ok(match &self.brought {
            Brought::Token(token) => installations::open(domain, app, token, name).await?,
            Brought::Older(id, certificate) => {
                installations::open_older(domain, app, *id, certificate, name).await?
            }
        })
    }
}

/// What an application suggests for a new account. It is shown in fields that can be changed, never used.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Suggested {
    /// First and last name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// The year of birth.
    pub birth_year: String,
    /// The country, two letters.
    pub country: Option<String>,
    /// The name on a new record.
    #[serde(default)]
    pub record_name: String,
    /// Who a new record is about: the relationship's number on the wire.
    #[serde(default)]
    pub relationship: Option<i64>,
}

/// What is kept of a visit.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Visit {
    /// What the person was sent for.
    pub task: Task,
    /// By whom.
    pub app: AppId,
    /// Where the browser returns to; none for the end page.
    pub return_to: Option<String>,
    /// The application's own value, base64 of the bytes that came.
    actionqs: Option<String>,
    /// The token goes back in a form.
    pub post: bool,
    /// Several records may be chosen.
    pub multi_record: bool,
    /// The consent page is shown even if there is nothing to agree.
    pub force: bool,
    /// Optional online rules to present.
    pub online: Vec<String>,
    /// Optional offline rules to present.
    pub offline: Vec<String>,
    /// The record that the application means, by its pseudonym.
    pub record: Option<Uuid>,
    /// The language that the application asks for.
    pub culture: Option<String>,
    /// What the application suggests for a new account.
    pub suggested: Suggested,
    /// The code that the application gave the person for opening one.
    #[serde(default)]
    pub sign_up_code: Option<String>,
    /// The hash of the browser's cookie; none until the first GET, after a POST from another site.
    browser: Option<String>,
    /// The person asked to stay signed in.
    pub stay: bool,
    /// An account was opened on the way.
    pub opened_account: bool,
    /// What the consent page showed last, as a digest.
    pub shown: Option<String>,
    /// What a pickup code led to.
    #[serde(default)]
    pub pick_up: Option<PickUp>,
    /// The record was made that the person was sent for.
    #[serde(default)]
    pub made_record: bool,
    /// The device that asks to be let in.
    #[serde(default)]
    pub device: Option<Device>,
}

impl Visit {
    /// A visit of this application, with nothing asked for in particular.
    pub fn new(task: Task, app: AppId) -> Self {
        Self {
            task,
            app,
            return_to: None,
            actionqs: None,
            post: false,
            multi_record: false,
            force: false,
            online: Vec::new(),
            offline: Vec::new(),
            record: None,
            culture: None,
            suggested: Suggested::default(),
            sign_up_code: None,
            browser: None,
            stay: false,
            opened_account: false,
            shown: None,
            pick_up: None,
            made_record: false,
            device: None,
        }
    }

    /// Remembers the application's own value.
    pub fn keep_actionqs(&mut self, value: Option<&[u8]>) {
        self.actionqs = value.map(|value| STANDARD.encode(value));
    }

    /// The application's own value, byte for byte.
    pub fn actionqs(&self) -> Option<Vec<u8>> {
        STANDARD.decode(self.actionqs.as_deref()?).ok()
    }

    fn write(&self) -> Result<String, Fault> {
        serde_json::to_string(self).map_err(Fault::broken)
    }
}

/// The part of an address that names a visit.
#[derive(Debug, Default, Deserialize)]
pub struct Named {
    visit: Option<String>,
    /// A pickup code, on the pages before a person is signed in.
    pub pickup: Option<String>,
    /// A page of ours that asks who is there, on the pages before a person is signed in.
    pub next: Option<String>,
}

/// A visit under way in this browser, with the application as it is registered now.
pub struct Going {
    /// The token in the address.
    token: String,
    /// What is kept.
    pub visit: Visit,
    /// Who sent the person: of a device that asks to be let in, the installation as it would be.
    pub app: Arc<Application>,
    /// What that device was offered.
    pub offered: Option<Offered>,
    /// When the application was registered, microseconds UTC.
    pub known_since: i64,
    /// Where the browser returns to; none for the end page.
    pub action: Option<ActionUrl>,
}

impl Going {
    /// Begins a visit: in this browser, or, for a POST from another site, in the one that comes back first.
    pub async fn begin(
        shell: &Shell,
        guest: Option<&Guest>,
        mut visit: Visit,
    ) -> Result<(String, Visit), Fault> {
        visit.browser = guest.map(Guest::browser);
        let token = visits::begin(&shell.domain, visit.write()?).await?;
        Ok((token, visit))
    }

    /// The visit with this token, if it is this browser's, and still one of an active application.
    pub async fn find(shell: &Shell, guest: &Guest, token: &str) -> Result<Self, Fault> {
        let document = visits::find(&shell.domain, token).await?;
        let visit: Visit = serde_json::from_str(&document).map_err(Fault::broken)?;
        match &visit.browser {
            Some(browser) if *browser == guest.browser() => Self::with(shell, token, visit).await,
            Some(_) => Err(Fault::of(What::VisitExpired)),
            None => {
                let mut going = Self::with(shell, token, visit).await?;
                going.bind(shell, guest.browser()).await?;
                Ok(going)
            }
        }
    }

    /// The visit that an address names, if it names one.
    pub async fn named(shell: &Shell, guest: &Guest, named: &Named) -> Result<Option<Self>, Fault> {
        match &named.visit {
            Some(token) => Self::find(shell, guest, token).await.map(Some),
            None => Ok(None),
        }
    }

    /// The visit that an address must name.
    pub async fn required(shell: &Shell, guest: &Guest, named: &Named) -> Result<Self, Fault> {
        Self::named(shell, guest, named).await?.ok_or_else(|| Fault::of(What::VisitExpired))
    }

    /// A visit that was just begun.
    pub async fn with(shell: &Shell, token: &str, visit: Visit) -> Result<Self, Fault> {
        let registered = applications::find(&shell.domain, visit.app)
            .await?
            .filter(|registered| registered.state == State::Active)
            .ok_or_else(|| Fault::of(What::UnknownApp))?;
        let action = match &visit.return_to {
            Some(address) => {
                Some(ActionUrl::parse(address, shell.settings.environment).map_err(Fault::broken)?)
            }
            None => None,
        };
        // Persons allow installations, never the application that is installed (connectivity.md 7.1).
        if registered.application.kind == Kind::Mobile && visit.device.is_none() {
            return Err(Fault::of(What::UnknownApp));
        }
        let offered = match &visit.device {
            Some(device) => Some(device.open(shell, &registered.application).await?),
            None => None,
        };
        let app = match (visit.task, &offered) {
            (Task::Connect, _) => Arc::new(while_away(&registered.application)),
            (_, Some(offered)) => Arc::new(offered.app.clone()),
            _ => registered.application,
        };
        let known_since = registered.created;
        Ok(Self { token: token.to_owned(), visit, app, offered, known_since, action })
    }

    /// Binds the visit to the browser with this hash, and keeps what else changed.
    pub async fn bind(&mut self, shell: &Shell, browser: String) -> Result<(), Fault> {
        self.visit.browser = Some(browser);
        self.keep(shell).await
    }

    /// Keeps what changed.
    pub async fn keep(&self, shell: &Shell) -> Result<(), Fault> {
        Ok(visits::update(&shell.domain, &self.token, self.visit.write()?).await?)
    }

    /// Ends the visit. Of any number of forms of it, one comes through here: what follows is done once.
    pub async fn finish(&self, shell: &Shell) -> Result<(), Fault> {
        Ok(visits::finish(&shell.domain, &self.token).await?)
    }

    /// The address of one of its pages.
    pub fn at(&self, path: &str) -> String {
        format!("{path}?visit={}", self.token)
    }

    /// What every page of it says to the browser: a form may lead over a redirect to the application.
    pub fn policy(&self) -> PagePolicy {
        match &self.action {
            Some(action) => PagePolicy::default().leading_to(action.origin()),
            None => PagePolicy::default(),
        }
    }

    /// What surrounds every page of it: nothing, there is one thing to do.
    pub fn frame(&self, shell: &Shell, guest: &Guest) -> Frame {
        Frame::new(self.texts(shell, guest), guest.csrf(shell)).at(guest.here())
    }

    /// The texts in the language that the application asks for, if we speak it.
    pub fn texts(&self, shell: &Shell, guest: &Guest) -> Texts {
        guest.texts(shell, self.visit.culture.as_deref())
    }

    /// The application, for a page.
    pub fn app(&self, t: &Texts) -> pages::App {
        super::words::app(&self.app, t)
    }
}

/// The application as who polls for a person's consent has it: without online rules.
fn while_away(app: &Application) -> Application {
    Application { online: Vec::new(), ..app.clone() }
}

/// The address of a page, with the visit if there is one.
pub fn at(going: Option<&Going>, path: &str) -> String {
    going.map_or_else(|| path.to_owned(), |going| going.at(path))
}

impl<S: Sync> FromRequestParts<S> for Named {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let query = Query::try_from_uri(&parts.uri);
        Ok(query.map(|Query(named)| named).unwrap_or_default())
    }
}

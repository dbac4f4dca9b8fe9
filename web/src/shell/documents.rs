//! Documents: ours, and those that an application gave us to show.

use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, header};
use keepwell_core::applications::{self, Application, Document as Statement, PICTURES, State as Standing};
use keepwell_core::ids::AppId;
use uuid::Uuid;

use super::Shell;
use super::fault::Fault;
use super::guest::Guest;
use super::records::At;
use crate::brand::{Brand, Documents};
use crate::locale::Key;
use crate::pages::connect_end::Message;
use crate::pages::document::{Document, DocumentText};
use crate::redirect::action_url::{ActionUrl, Environment};
use crate::security_headers::{PagePolicy, apart};

const PRIVACY: [Key; 5] = [
    Key("privacy-what"),
    Key("privacy-who"),
    Key("privacy-log"),
    Key("privacy-cookie"),
    Key("privacy-yours"),
];
const TERMS: [Key; 4] = [Key("terms-what"), Key("terms-yours"), Key("terms-not"), Key("terms-end")];

/// One of an application's two documents.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Which {
    /// How it keeps data.
    Privacy,
    /// Its terms of use.
    Terms,
    /// What it says when a pickup code was used.
    Success,
}

impl Which {
    fn of(self, app: &Application) -> Option<&Statement> {
        let document = match self {
            Self::Privacy => app.privacy.as_ref(),
            Self::Terms => app.terms.as_ref(),
            Self::Success => app.success_message.as_ref(),
        };
        document.filter(|document| !document.text.is_empty())
    }
}

/// Where an application's document is: at its own address, here if it gave us the text, or at its action
/// URL, which answers for it to people who are not signed in (shell.md 6).
pub fn address(app: &Application, which: Which) -> Option<String> {
    let (name, target) = match which {
        Which::Privacy => ("privacy", Some("Privacy")),
        Which::Terms => ("terms", Some("ServiceAgreement")),
        Which::Success => ("success", None),
    };
    match which.of(app) {
        Some(document) if is_address(document.text.plain()) => Some(document.text.plain().trim().to_owned()),
        Some(_) => Some(format!("/documents/{}/{name}", app.as_registered())),
        None => {
            let action = ActionUrl::parse(app.action_url.as_deref()?, Environment::Development).ok()?;
            let target = target?;
            let joint = if action.as_str().contains('?') { '&' } else { '?' };
            Some(format!("{}{joint}target={target}", action.as_str()))
        }
    }
}

/// What an application says when a pickup code was used: its own words as text, anything else where it is.
pub fn success(app: &Application, lang: &str) -> Option<Message> {
    let document = Which::Success.of(app)?;
    let text = document.text.best(lang);
    if document.content_type == applications::PLAIN && !is_address(text) {
        return Some(Message::Text(text.split("\n\n").map(str::to_owned).collect()));
    }
    address(app, Which::Success).map(Message::At)
}

fn is_address(text: &str) -> bool {
    ActionUrl::parse(text.trim(), Environment::Development).is_ok()
}

/// How we keep what people entrust to us.
pub async fn privacy(State(shell): State<Shell>, guest: Guest) -> Result<Response, Fault> {
    ours(&shell, &guest, Key("privacy-title"), &PRIVACY, |brand| &brand.privacy)
}

/// The terms of use.
pub async fn terms(State(shell): State<Shell>, guest: Guest) -> Result<Response, Fault> {
    ours(&shell, &guest, Key("terms-title"), &TERMS, |brand| &brand.terms)
}

/// What the host wrote, else what we say.
fn ours(
    shell: &Shell,
    guest: &Guest,
    title: Key,
    keys: &[Key],
    own: fn(&Brand) -> &Documents,
) -> Result<Response, Fault> {
    let frame = guest.frame(shell);
    let title = frame.t.say(title);
    let written = frame.t.brand().and_then(|brand| DocumentText::written(own(brand), frame.t.lang()));
    let said = || DocumentText::Paragraphs(keys.iter().map(|key| frame.t.say(key)).collect());
    let text = written.unwrap_or_else(said);
    Ok(PagePolicy::default().page(Document { frame, title, text }.render()?))
}

/// A document that an application gave us as text.
pub async fn of_an_app(
    State(shell): State<Shell>,
    guest: Guest,
    At((app, which)): At<(Uuid, String)>,
) -> Result<Response, Fault> {
    let app = applications::find(&shell.domain, AppId(app))
        .await?
        .filter(|app| app.state == Standing::Active)
        .ok_or_else(Fault::not_found)?
        .application;
    let (which, title) = match which.as_str() {
        "logo" => return logo(&app),
        "privacy" => (Which::Privacy, Key("consent-privacy")),
        "terms" => (Which::Terms, Key("consent-terms")),
        "success" => (Which::Success, Key("connect-done-message")),
        _ => return Err(Fault::not_found()),
    };
    let frame = guest.frame(&shell);
    let document = which.of(&app).ok_or_else(Fault::not_found)?;
    let text = document.text.best(frame.t.lang());
    if is_address(text) {
        return Err(Fault::not_found());
    }
    if document.content_type != applications::PLAIN {
        return Ok(shown_apart(&document.content_type, text.to_owned().into()));
    }
    let title = frame.t.say_with(title, "app", app.name.best(frame.t.lang()));
    let text = DocumentText::Paragraphs(text.split("\n\n").map(str::to_owned).collect());
    Ok(PagePolicy::default().page(Document { frame, title, text }.render()?))
}

/// Its picture. Only kinds that hold no script are shown, whatever was registered.
fn logo(app: &Application) -> Result<Response, Fault> {
    let logo = app.large_logo.as_ref().ok_or_else(Fault::not_found)?;
    let kind = PICTURES.iter().find(|kind| **kind == logo.content_type).ok_or_else(Fault::not_found)?;
    let bytes = STANDARD.decode(logo.base64.plain()).map_err(Fault::broken)?;
    Ok(shown_apart(kind, bytes.into()))
}

/// What somebody else wrote, as the kind that it says it is.
fn shown_apart(content_type: &str, body: Body) -> Response {
    let mut response = Response::new(body);
    let utf8 = if content_type.starts_with("text/") { "; charset=utf-8" } else { "" };
    let kind = HeaderValue::from_str(&format!("{content_type}{utf8}"));
    // What is no content type is shown as the text that it is.
    let kind = kind.unwrap_or(HeaderValue::from_static("text/plain; charset=utf-8"));
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    apart(response)
}

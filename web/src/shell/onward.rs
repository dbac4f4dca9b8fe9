//! Where a person goes on after signing in or opening an account.

use axum::response::Response;
use keepwell_core::ids::PersonId;

use super::fault::Fault;
use super::guest::{Guest, browser};
use super::visit::{Going, Named};
use super::{Shell, step};
use crate::pages::Frame;
use crate::paths;
use crate::redirect::params::encode;
use crate::security_headers::{PagePolicy, see_other};

/// The longest code that is carried: as people write them, not as long as they like.
const LONGEST_CODE: usize = 64;

/// Where it is.
pub enum Onward {
    /// The person's records.
    Home,
    /// A visit of an application.
    Visit(Box<Going>),
    /// The page for pickup codes, with a code or an empty one. It travels in the address only, which no log
    /// has; written down it would be worth something to whoever reads the tables.
    Code(String),
    /// A page of ours.
    Page(String),
}

impl Onward {
    /// What the address says. A visit comes first.
    pub async fn named(shell: &Shell, guest: &Guest, named: &Named) -> Result<Self, Fault> {
        Ok(match (Going::named(shell, guest, named).await?, &named.pickup) {
            (Some(going), _) => Self::Visit(Box::new(going)),
            (None, Some(code)) => Self::Code(carried(code)),
            (None, None) => named.next.as_deref().and_then(own_page).map_or(Self::Home, Self::Page),
        })
    }

    /// The visit, if it is one.
    pub fn going(&self) -> Option<&Going> {
        match self {
            Self::Visit(going) => Some(going),
            Self::Home | Self::Code(_) | Self::Page(_) => None,
        }
    }

    /// The pickup code that leads on, if one does.
    pub fn code(&self) -> Option<String> {
        match self {
            Self::Code(code) => Some(code.clone()).filter(|code| !code.is_empty()),
            Self::Home | Self::Visit(_) | Self::Page(_) => None,
        }
    }

    /// Whether it is a page of ours that asked who is there.
    pub fn is_page(&self) -> bool {
        matches!(self, Self::Page(_))
    }

    /// The visit, to change what it remembers.
    pub fn going_mut(&mut self) -> Option<&mut Going> {
        match self {
            Self::Visit(going) => Some(going),
            Self::Home | Self::Code(_) | Self::Page(_) => None,
        }
    }

    /// The address of a page on the way there.
    pub fn at(&self, path: &str) -> String {
        match self {
            Self::Home => path.to_owned(),
            Self::Visit(going) => going.at(path),
            Self::Code(code) => format!("{path}?pickup={}", encode(code.as_bytes())),
            Self::Page(page) => format!("{path}?next={}", encode(page.as_bytes())),
        }
    }

    /// What surrounds a page on the way there.
    pub fn frame(&self, shell: &Shell, guest: &Guest) -> Frame {
        self.going().map_or_else(|| guest.frame(shell), |going| going.frame(shell, guest))
    }

    /// What a page on the way there says to the browser.
    pub fn policy(&self) -> PagePolicy {
        self.going().map_or_else(PagePolicy::default, Going::policy)
    }

    /// Goes there with a browser that has just got this secret for this person.
    pub async fn go(
        self,
        shell: &Shell,
        guest: &Guest,
        secret: &str,
        person: PersonId,
    ) -> Result<Response, Fault> {
        match self {
            Self::Home => Ok(see_other(paths::HOME)),
            Self::Page(page) => Ok(see_other(&page)),
            Self::Code(code) => Ok(see_other(&code_page(&code))),
            Self::Visit(mut going) => {
                going.bind(shell, browser(secret)).await?;
                step::next(shell, guest, Some(person), &going).await
            }
        }
    }
}

/// The longest address of a page that is carried.
const LONGEST_PAGE: usize = 2000;

/// The sign-in page on the way to a page of ours.
pub fn sign_in_for(page: Option<&str>) -> String {
    match page.and_then(own_page) {
        Some(page) if page != paths::HOME => format!("{}?next={}", paths::SIGN_IN, encode(page.as_bytes())),
        _ => paths::SIGN_IN.to_owned(),
    }
}

/// A page of ours by its address, which comes from an address and is not believed: it names no other host, in
/// whatever way browsers read one, and not the end of a visit (shell.md 11).
pub fn own_page(page: &str) -> Option<String> {
    let is_ours = page.starts_with('/') && !page.starts_with("//") && page.len() <= LONGEST_PAGE;
    let is_plain = page.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_no_end = !page.to_ascii_lowercase().contains("complete");
    // A download shows no page to be on afterwards.
    let is_page = !page.contains("/attachments/");
    (is_ours && is_plain && is_no_end && is_page).then(|| page.to_owned())
}

/// The address of the page for pickup codes, with a code or an empty one.
pub fn code_page(code: &str) -> String {
    match carried(code) {
        code if code.is_empty() => paths::CONNECT.to_owned(),
        code => format!("{}?packageid={}", paths::CONNECT, encode(code.as_bytes())),
    }
}

/// A code as far as it is carried.
pub fn carried(code: &str) -> String {
    code.trim().chars().take(LONGEST_CODE).collect()
}

//! A form that came from a page of ours.

use axum::RequestExt;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use http::HeaderMap;
use keepwell_core::maintenance;

use super::Shell;
use super::fault::Fault;
use super::guest::Guest;
use crate::pages::trouble::What;
use crate::paths;

/// The largest body that a page of ours makes, with room to spare.
pub const LARGEST: usize = 64 * 1024;

/// The body of a POST, none of it believed yet.
pub async fn body(request: Request) -> Result<Bytes, Fault> {
    to_bytes(request.into_body(), LARGEST).await.map_err(|_| Fault::of(What::BadRequest))
}

/// The fields of a form whose csrf token belongs to the browser that sent it. There is no other way to
/// have one, so a handler that acts on a form cannot forget to look.
#[derive(Debug)]
pub struct Posted(Vec<(String, String)>);

impl Posted {
    /// The first value of this name without blanks around it, or nothing.
    pub fn text(&self, name: &str) -> String {
        self.raw(name).trim().to_owned()
    }

    /// The first value of this name as it was typed: a password may begin with a blank.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Whether there is a value of this name.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// All values of this name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    /// Whether the box of this name is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.raw(name) == "true"
    }
}

impl FromRequest<Shell> for Posted {
    type Rejection = Fault;

    async fn from_request(mut request: Request, shell: &Shell) -> Result<Self, Fault> {
        let guest: Guest = request.extract_parts().await?;
        let again = page_of(request.uri());
        let request_path = request.uri().path().to_owned();
        let from_elsewhere = is_from_elsewhere(request.headers());
        let body = body(request).await?;
        let fields = Self(form_urlencoded::parse(&body).into_owned().collect());
        // No browser lets a person type it, and no database takes it in a text.
        if fields.0.iter().any(|(_, value)| value.contains('\0')) {
            return Err(Fault::of(What::BadRequest));
        }
        if from_elsewhere || !same(fields.raw("csrf"), &guest.csrf(shell)) {
            let fault = Fault::of(What::FormExpired);
            return Err(match again {
                Some(again) => fault.with_next(again),
                None => fault,
            });
        }
        if !NOTHING_CHANGES.contains(&request_path.as_str())
            && maintenance::current(&shell.domain).await?.is_some()
        {
            return Err(Fault::of(What::Maintenance));
        }
        Ok(fields)
    }
}

/// Forms that are taken also in maintenance: they change nothing that anybody keeps.
const NOTHING_CHANGES: [&str; 7] = [
    paths::SIGN_IN,
    paths::PASSKEY_SIGN_IN,
    paths::BEGIN_PASSKEY_SIGN_IN,
    paths::SIGN_OUT,
    paths::END_SESSION,
    paths::END_ALL_SESSIONS,
    paths::LANGUAGE,
];

/// What a browser says of itself that no page can make it say. Old ones say nothing.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none")
}

/// Compares in a time that does not depend on where the two differ.
fn same(given: &str, wanted: &str) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(given.as_bytes(), wanted.as_bytes()).is_ok()
}

/// The page that a form is on, where its address answers a GET too.
fn page_of(uri: &http::Uri) -> Option<String> {
    const FORMS_ONLY: [&str; 10] = [
        paths::LANGUAGE,
        paths::SIGN_OUT,
        paths::END_SESSION,
        paths::END_ALL_SESSIONS,
        paths::SEND_CONFIRMATION,
        // Its page needs the token that was in the form.
        paths::CONFIRM_EMAIL,
        paths::TAKE_EMAIL,
        paths::UNDO_EMAIL,
        paths::KEEP_ACCOUNT,
        paths::DROP_EMAIL,
    ];
    let page = uri.path_and_query()?.as_str();
    (!FORMS_ONLY.contains(&uri.path())).then(|| page.to_owned())
}

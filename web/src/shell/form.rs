//! A form that came from a page of ours.

use std::collections::BTreeMap;

use axum::RequestExt;
use axum::body::to_bytes;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use keepwell_core::maintenance;

use super::Shell;
use super::fault::Fault;
use super::guest::Guest;
use crate::pages::trouble::What;
use crate::{paths, portrait};

/// The largest body that a page of ours makes, with room to spare.
pub const LARGEST: usize = 64 * 1024;
/// The largest body with a file that is read to its end.
pub const LARGEST_WITH_FILE: usize = 4 * portrait::LARGEST;
/// The most fields beside a file.
const MOST_FIELDS: usize = 16;

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

    /// The first value of each name, as it was typed.
    pub fn firsts(&self) -> BTreeMap<String, String> {
        self.0.iter().rev().cloned().collect()
    }

    /// All values of this name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    /// No browser lets a person type a NUL, and no database takes it in a text.
    fn must_be_text(&self) -> Result<(), Fault> {
        match self.0.iter().any(|(_, value)| value.contains('\0')) {
            true => Err(Fault::of(What::BadRequest)),
            false => Ok(()),
        }
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
        let sent = Sent::of(&request);
        let body = body(request).await?;
        let fields = Self(form_urlencoded::parse(&body).into_owned().collect());
        fields.must_be_text()?;
        sent.vouch(shell, &guest, fields.raw("csrf")).await?;
        Ok(fields)
    }
}

/// A form that carries a file, from someone who is signed in: its fields stand before the file, which is not
/// read before the token is looked at.
#[derive(Debug)]
pub struct PostedFile {
    /// The fields.
    pub fields: Posted,
    /// The bytes; `None` where no file was chosen, or a longer one than we take.
    pub file: Option<Bytes>,
    /// The file was longer than we take.
    pub is_too_long: bool,
}

impl FromRequest<Shell> for PostedFile {
    type Rejection = Fault;

    async fn from_request(mut request: Request, shell: &Shell) -> Result<Self, Fault> {
        // A form without the means to carry a file has none.
        if !is_multipart(request.headers()) {
            let fields = Posted::from_request(request, shell).await?;
            return Ok(Self { fields, file: None, is_too_long: false });
        }
        let guest: Guest = request.extract_parts().await?;
        guest.must_be_signed_in()?;
        let sent = Sent::of(&request);
        let bad = |_| Fault::of(What::BadRequest);
        let mut parts =
            Multipart::from_request(request, &()).await.map_err(|_| Fault::of(What::BadRequest))?;
        let mut fields = Posted(Vec::new());
        while let Some(part) = parts.next_field().await.map_err(bad)? {
            let name = part.name().unwrap_or_default().to_owned();
            if part.file_name().is_none() {
                let value = part.text().await.map_err(bad)?;
                if fields.0.len() == MOST_FIELDS || value.len() > LARGEST {
                    return Err(Fault::of(What::BadRequest));
                }
                fields.0.push((name, value));
                continue;
            }
            fields.must_be_text()?;
            sent.vouch(shell, &guest, fields.raw("csrf")).await?;
            let (file, is_too_long) = file(part).await.map_err(bad)?;
            return Ok(Self { fields, file, is_too_long });
        }
        fields.must_be_text()?;
        sent.vouch(shell, &guest, fields.raw("csrf")).await?;
        Ok(Self { fields, file: None, is_too_long: false })
    }
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let said = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    said.is_some_and(|said| said.starts_with("multipart/form-data"))
}

/// A file, if it has any bytes and no more than we take; a longer one is read to its end, so that the answer is heard,
/// and not kept.
async fn file(mut part: Field<'_>) -> Result<(Option<Bytes>, bool), MultipartError> {
    let mut file = BytesMut::new();
    let mut is_too_long = false;
    while let Some(more) = part.chunk().await? {
        is_too_long |= file.len() + more.len() > portrait::LARGEST;
        if is_too_long {
            file = BytesMut::new();
        } else {
            file.extend_from_slice(&more);
        }
    }
    Ok((Some(file.freeze()).filter(|file| !file.is_empty()), is_too_long))
}

/// What a form was sent with.
struct Sent {
    again: Option<String>,
    path: String,
    from_elsewhere: bool,
}

impl Sent {
    fn of(request: &Request) -> Self {
        Self {
            again: page_of(request.uri()),
            path: request.uri().path().to_owned(),
            from_elsewhere: is_from_elsewhere(request.headers()),
        }
    }

    /// That the form is from a page which this browser got from us, and that now is a time for changes.
    async fn vouch(&self, shell: &Shell, guest: &Guest, csrf: &str) -> Result<(), Fault> {
        if self.from_elsewhere || !same(csrf, &guest.csrf(shell)) {
            let fault = Fault::of(What::FormExpired);
            return Err(match &self.again {
                Some(again) => fault.with_next(again.clone()),
                None => fault,
            });
        }
        if !NOTHING_CHANGES.contains(&self.path.as_str())
            && maintenance::current(&shell.domain).await?.is_some()
        {
            return Err(Fault::of(What::Maintenance));
        }
        Ok(())
    }
}

/// Forms that are taken also in maintenance: they change nothing that anybody keeps.
const NOTHING_CHANGES: [&str; 9] = [
    paths::SIGN_IN,
    paths::PASSKEY_SIGN_IN,
    paths::BEGIN_PASSKEY_SIGN_IN,
    paths::SIGN_IN_CODE,
    paths::PROVE,
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
pub fn page_of(uri: &http::Uri) -> Option<String> {
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

//! What leads nowhere, on its way to a page.
//!
//! A handler answers a [`Fault`] without knowing who reads it; [`super::guest::receive`] writes the page.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use keepwell_core::Outage;
use keepwell_core::authorizations::{AccessError, ConsentError};
use keepwell_core::installations::InstallationError;
use keepwell_core::things::{AttachmentError, ThingError};
use keepwell_core::visits::VisitError;

use super::Shell;
use super::guest::Guest;
use crate::pages::trouble::{TroublePage, What};
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// A request that leads nowhere.
#[derive(Clone, Debug)]
pub struct Fault {
    what: What,
    next_to: Option<String>,
    status: StatusCode,
    log: Option<String>,
    elsewhere: Option<String>,
    denied: bool,
}

impl Fault {
    /// A page of trouble with status 200: an embedded browser takes anything from 400 on for the end.
    pub fn of(what: What) -> Self {
        Self { what, next_to: None, status: StatusCode::OK, log: None, elsewhere: None, denied: false }
    }

    /// With another way on than the person's records.
    pub fn with_next(self, to: impl Into<String>) -> Self {
        Self { next_to: Some(to.into()), ..self }
    }

    /// No such page. It is no step of a visit, so that it may say so in its status.
    pub fn not_found() -> Self {
        Self { status: StatusCode::NOT_FOUND, ..Self::of(What::NotFound) }
    }

    /// What is there is not for this person, who is answered as if it were not: whether a record of someone else
    /// exists is nobody's business. It is noted in the log of the record that the address names.
    pub fn denied() -> Self {
        Self { denied: true, ..Self::not_found() }
    }

    /// Whether it is that.
    pub fn is_denied(&self) -> bool {
        self.denied
    }

    /// Something broke; the text is for the log.
    pub fn broken(why: impl ToString) -> Self {
        Self { log: Some(why.to_string()), ..Self::of(What::Broken) }
    }

    /// What is asked for can be had after another page: signing in.
    pub fn elsewhere(to: impl Into<String>) -> Self {
        Self { elsewhere: Some(to.into()), ..Self::of(What::NotFound) }
    }

    /// The page.
    pub fn page(self, shell: &Shell, guest: &Guest) -> Response {
        if let Some(to) = self.elsewhere {
            return see_other(&to);
        }
        let reference = self.log.map(|why| {
            let reference = reference(shell);
            tracing::error!(reference, why, "a page could not be answered");
            reference
        });
        let page =
            TroublePage { frame: guest.frame(shell), what: self.what, reference, next_to: self.next_to };
        let mut response = match askama::Template::render(&page) {
            Ok(html) => PagePolicy::default().page(html),
            Err(_) => PagePolicy::default().protect(().into_response()),
        };
        *response.status_mut() = self.status;
        response
    }
}

/// Eight digits by which support finds the line in the log.
fn reference(shell: &Shell) -> String {
    let [a, b, c, d] = shell.domain.env.bytes::<4>();
    format!("{a:02X}{b:02X}-{c:02X}{d:02X}")
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = ().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What no route leads to.
pub async fn nothing_here() -> Fault {
    Fault::not_found()
}

impl From<Outage> for Fault {
    fn from(outage: Outage) -> Self {
        match outage {
            Outage::Busy => Self::of(What::Busy),
            Outage::Unavailable(why) => Self::broken(why),
        }
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Self::broken(error)
    }
}

impl From<VisitError> for Fault {
    fn from(error: VisitError) -> Self {
        match error {
            VisitError::Over => Self::of(What::VisitExpired),
            VisitError::Outage(outage) => outage.into(),
        }
    }
}

impl From<AccessError> for Fault {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Denied | AccessError::Closed => Self::denied(),
            // Only applications are remembered.
            AccessError::Stale => Self::of(What::Busy),
            AccessError::Outage(outage) => outage.into(),
        }
    }
}

impl From<ConsentError> for Fault {
    fn from(error: ConsentError) -> Self {
        match error {
            ConsentError::Access(access) => access.into(),
            ConsentError::Changed => Self::of(What::Busy),
            ConsentError::CodeGone => Self::of(What::VisitExpired),
            ConsentError::TokenSpent => Self::of(What::DeviceLinkSpent),
            ConsentError::TooManyDevices => Self::of(What::TooManyDevices).with_next(paths::DEVICES),
            // The pages offer neither; a form that asks for it all the same is answered like a stranger's.
            ConsentError::NotAdmitted | ConsentError::Location(_) => Self::not_found(),
            ConsentError::Unwritable(why) => Self::broken(why),
            ConsentError::Outage(outage) => outage.into(),
        }
    }
}

impl From<InstallationError> for Fault {
    fn from(error: InstallationError) -> Self {
        match error {
            InstallationError::Token => Self::of(What::DeviceLinkSpent),
            InstallationError::TooMany => Self::of(What::TooManyDevices).with_next(paths::DEVICES),
            InstallationError::Outage(outage) => outage.into(),
        }
    }
}

impl From<ThingError> for Fault {
    fn from(error: ThingError) -> Self {
        match error {
            ThingError::Access(access) => access.into(),
            ThingError::Changed => Self::of(What::Busy),
            ThingError::Outage(outage) => outage.into(),
            other => Self::broken(other),
        }
    }
}

impl From<AttachmentError> for Fault {
    fn from(error: AttachmentError) -> Self {
        match error {
            AttachmentError::Access(access) => access.into(),
            AttachmentError::Expired | AttachmentError::Unknown => Self::not_found(),
            AttachmentError::Outage(outage) => outage.into(),
        }
    }
}

//! The way back to the application, in the exact spelling that every client reads.

use std::fmt::Write;

use uuid::Uuid;

use super::action_url::ActionUrl;
use super::params::encode;
use crate::paths;

/// What became of the visit. The names are in mixed case because two clients compare them exactly.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ReturnTarget {
    /// Signed in and agreed.
    AppAuthSuccess,
    /// The person said no.
    AppAuthReject,
    /// The record that was named is of no use.
    AppAuthInvalidRecord,
    /// It failed for another reason.
    AppAuthFailure,
    /// A different record was picked.
    SelectedRecordChanged,
    /// Signed out.
    SignOut,
    /// The record's details were changed.
    EditRecordComplete,
    /// They were not.
    EditRecordCancel,
    /// A document was taken apart.
    ReconcileComplete,
    /// It could not be.
    ReconcileFailure,
    /// The person stopped it.
    ReconcileCanceled,
    /// An invitation was sent.
    ShareRecordSuccess,
    /// It was not.
    ShareRecordFailed,
}

impl ReturnTarget {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::AppAuthSuccess => "AppAuthSuccess",
            Self::AppAuthReject => "AppAuthReject",
            Self::AppAuthInvalidRecord => "AppAuthInvalidRecord",
            Self::AppAuthFailure => "AppAuthFailure",
            Self::SelectedRecordChanged => "SelectedRecordChanged",
            Self::SignOut => "SignOut",
            Self::EditRecordComplete => "EditRecordComplete",
            Self::EditRecordCancel => "EditRecordCancel",
            Self::ReconcileComplete => "ReconcileComplete",
            Self::ReconcileFailure => "ReconcileFailure",
            Self::ReconcileCanceled => "ReconcileCanceled",
            Self::ShareRecordSuccess => "ShareRecordSuccess",
            Self::ShareRecordFailed => "ShareRecordFailed",
        }
    }

    /// Whether a text is the name of a result, in any letter case.
    pub fn is_name(text: &str) -> bool {
        const ALL: [ReturnTarget; 13] = [
            ReturnTarget::AppAuthSuccess,
            ReturnTarget::AppAuthReject,
            ReturnTarget::AppAuthInvalidRecord,
            ReturnTarget::AppAuthFailure,
            ReturnTarget::SelectedRecordChanged,
            ReturnTarget::SignOut,
            ReturnTarget::EditRecordComplete,
            ReturnTarget::EditRecordCancel,
            ReturnTarget::ReconcileComplete,
            ReturnTarget::ReconcileFailure,
            ReturnTarget::ReconcileCanceled,
            ReturnTarget::ShareRecordSuccess,
            ReturnTarget::ShareRecordFailed,
        ];
        ALL.iter().any(|target| target.name().eq_ignore_ascii_case(text.trim()))
    }

    /// Whether this return may bring a token.
    pub fn carries_token(self) -> bool {
        matches!(self, Self::AppAuthSuccess | Self::SelectedRecordChanged)
    }

    fn is_refusal(self) -> bool {
        matches!(self, Self::AppAuthReject | Self::AppAuthInvalidRecord | Self::AppAuthFailure)
    }
}

/// The second result of a visit that also was to open an account.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TargetDetails {
    /// An account was opened.
    CreateAccountSuccess,
    /// None was: the person had one, or stopped.
    CreateAccountFailure,
}

impl TargetDetails {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::CreateAccountSuccess => "CreateAccountSuccess",
            Self::CreateAccountFailure => "CreateAccountFailure",
        }
    }
}

/// Where the browser goes.
#[derive(Clone, Debug)]
pub enum Destination {
    /// The address that the application registered.
    ActionUrl(ActionUrl),
    /// Our own end page, for an application that has none: the Shell's origin and the app's own id.
    EndPage {
        /// Scheme, host and port of the Shell, without a slash at the end.
        shell: String,
        /// The id of the app on the device, not of its master.
        app_id: Uuid,
    },
}

/// A return, ready to be written.
#[derive(Clone, Debug)]
pub struct ReturnTrip {
    /// Where the browser goes.
    pub to: Destination,
    /// The id of the app on a device that the visit was about, which is told to its action URL too.
    pub device: Option<Uuid>,
    /// What became of the visit.
    pub target: ReturnTarget,
    /// The id of this instance; clients look it up in the service definition.
    pub instance_id: String,
    /// The application's own value, byte for byte.
    pub actionqs: Option<Vec<u8>>,
    /// How long the token lives, if the person chose to stay signed in.
    pub token_ttl_seconds: Option<u64>,
    /// Whether an account was opened on the way.
    pub details: Option<TargetDetails>,
    /// The person's token. Never to the end page, never with a refusal.
    pub token: Option<String>,
}

impl ReturnTrip {
    /// The whole address, token included: a redirect (303) with `no-store` and `no-referrer`.
    pub fn url(&self) -> String {
        let mut url = self.url_without_token();
        if let Some(token) = self.token() {
            append(&mut url, "wctoken", token.as_bytes());
        }
        url
    }

    /// The address for a form that posts the token as `wctoken`. Everything else stays in the query,
    /// where the clients look for it.
    pub fn url_without_token(&self) -> String {
        let mut url = match &self.to {
            Destination::ActionUrl(action) => action.as_str().to_owned(),
            Destination::EndPage { shell, .. } => {
                format!("{}{}", shell.trim_end_matches('/'), paths::END_PAGE)
            }
        };
        let app_id = match &self.to {
            Destination::EndPage { app_id, .. } => Some(*app_id),
            Destination::ActionUrl(_) => self.device,
        };
        if let Some(app_id) = app_id {
            append(&mut url, "appid", app_id.to_string().as_bytes());
        }
        append(&mut url, "target", self.target.name().as_bytes());
        // On a refusal mobile clients must not find an instance, or they carry on half configured.
        if !(self.target.is_refusal() && app_id.is_some()) {
            append(&mut url, "instanceid", self.instance_id.as_bytes());
        }
        if let Some(actionqs) = &self.actionqs {
            append(&mut url, "actionqs", actionqs);
        }
        if let Some(seconds) = self.token_ttl_seconds.filter(|_| self.token().is_some()) {
            append(&mut url, "suggestedtokenttl", (seconds / 60).max(1).to_string().as_bytes());
        }
        if let Some(details) = self.details {
            append(&mut url, "targetDetails", details.name().as_bytes());
        }
        url
    }

    /// The token, where this return may carry one.
    pub fn token(&self) -> Option<&str> {
        let may = self.target.carries_token() && matches!(self.to, Destination::ActionUrl(_));
        self.token.as_deref().filter(|_| may)
    }
}

fn append(url: &mut String, name: &str, value: &[u8]) {
    let joint = match url.chars().last() {
        Some('?' | '&') => "",
        _ if url.contains('?') => "&",
        _ => "?",
    };
    let _ = write!(url, "{joint}{name}={}", encode(value));
}

#[cfg(test)]
#[path = "return_trip_tests.rs"]
mod tests;

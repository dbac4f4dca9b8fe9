//! One visit to `redirect.aspx`, read with all the patience that shipped clients need.

use thiserror::Error;
use uuid::Uuid;

use super::params::Params;
use super::target::Target;

/// An application's opaque value is echoed; this is the most that we carry.
pub const LONGEST_ACTIONQS: usize = 2048;
/// A query longer than this is no client's.
pub const LONGEST_QUERY: usize = 16 * 1024;

/// Why a visit to the redirector leads nowhere.
#[derive(Debug, Error, Eq, PartialEq)]
pub enum RedirectError {
    /// There is no `target`.
    #[error("the address names no target")]
    NoTarget,
    /// The target is not one that we know.
    #[error("no target is called {0:?}")]
    UnknownTarget(String),
    /// The value to echo is longer than [`LONGEST_ACTIONQS`].
    #[error("actionqs is too long")]
    ActionQsTooLong,
    /// The whole query is longer than [`LONGEST_QUERY`].
    #[error("the query is too long")]
    QueryTooLong,
}

/// How the token comes back.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum TokenReturn {
    /// In the address.
    #[default]
    Get,
    /// In a form that posts itself, out of logs and histories.
    Post,
}

/// The record that an application means, by its own pseudonymous id.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ExternalRecord {
    /// None was named.
    Absent,
    /// This one.
    Id(Uuid),
    /// Something that is no id: the answer is `AppAuthInvalidRecord`.
    Malformed,
}

/// What an application asked the Shell to do.
#[derive(Clone, Debug)]
pub struct RedirectRequest {
    /// The task.
    pub target: Target,
    /// The task as it was written.
    pub target_text: String,
    /// Everything in `targetqs`, and outside it what is not inside.
    pub params: Params,
    /// The fields of a POST: suggestions from an untrusted sender. Do not log their values.
    pub suggestions: Params,
}

impl RedirectRequest {
    /// Reads the raw query of the request and, for a POST, its form body.
    pub fn parse(query: &str, body: Option<&[u8]>) -> Result<Self, RedirectError> {
        if query.len() > LONGEST_QUERY {
            return Err(RedirectError::QueryTooLong);
        }
        let suggestions = body.map(Params::parse).unwrap_or_default();
        let outer = Params::parse(query.as_bytes());
        let named = |name: &str| outer.bytes(name).or_else(|| suggestions.bytes(name)).map(<[u8]>::to_vec);
        let target_text =
            named("target").map(|text| String::from_utf8_lossy(&text).trim().to_owned()).unwrap_or_default();
        if target_text.is_empty() {
            return Err(RedirectError::NoTarget);
        }
        let target =
            Target::parse(&target_text).ok_or_else(|| RedirectError::UnknownTarget(target_text.clone()))?;
        let inner = Params::parse(&named("targetqs").unwrap_or_default());
        // A client that escapes nothing leaves its inner parameters outside; the inner ones win.
        let params = inner.or(outer.without(&["target", "targetqs"]));
        if params.bytes("actionqs").is_some_and(|value| value.len() > LONGEST_ACTIONQS) {
            return Err(RedirectError::ActionQsTooLong);
        }
        Ok(Self { target, target_text, params, suggestions: suggestions.without(&["target", "targetqs"]) })
    }

    /// The applications, in order. Only `APPAUTH` may name several. None if any is no id.
    pub fn app_ids(&self) -> Option<Vec<Uuid>> {
        let listed = self.params.text("appid").or_else(|| self.params.text("sappid"))?;
        let ids: Option<Vec<Uuid>> = listed
            .split(',')
            .map(str::trim)
            .filter(|id| !id.is_empty())
            .map(|id| Uuid::try_parse(id).ok())
            .collect();
        ids.filter(|ids| !ids.is_empty() && (ids.len() == 1 || self.target == Target::AppAuth))
    }

    /// The application, where there is one.
    pub fn app_id(&self) -> Option<Uuid> {
        self.app_ids()?.first().copied()
    }

    /// The value to echo, byte for byte.
    pub fn actionqs(&self) -> Option<&[u8]> {
        self.params.bytes("actionqs")
    }

    /// The address that a developer wants instead of the action URL. Ignored in production.
    pub fn redirect(&self) -> Option<String> {
        self.params.text("redirect")
    }

    /// How the token comes back.
    pub fn token_return(&self) -> TokenReturn {
        match self.params.text("trm") {
            Some(mode) if mode.eq_ignore_ascii_case("post") => TokenReturn::Post,
            _ => TokenReturn::Get,
        }
    }

    /// Whether the person may agree for several records at once.
    pub fn multi_record(&self) -> bool {
        self.params.flag("ismra")
    }

    /// Whether the consent page is shown even when nothing is left to agree.
    pub fn force_consent(&self) -> bool {
        self.params.flag("forceappauth")
    }

    /// The names of optional rules to present, for use with the person present.
    pub fn optional_online(&self) -> Vec<String> {
        self.params.numbered("onopt")
    }

    /// The names of optional rules to present, for use while the person is away.
    pub fn optional_offline(&self) -> Vec<String> {
        self.params.numbered("offopt")
    }

    /// The record that the application means.
    pub fn external_record(&self) -> ExternalRecord {
        match self.params.text("extrecordid") {
            None => ExternalRecord::Absent,
            Some(id) => Uuid::try_parse(&id).map_or(ExternalRecord::Malformed, ExternalRecord::Id),
        }
    }

    /// The token to end, on sign-out.
    pub fn credential_token(&self) -> Option<String> {
        self.params.base64("credtoken")
    }

    /// The creation token of an app on a device.
    pub fn creation_token(&self) -> Option<String> {
        self.params.base64("appCreationToken")
    }

    /// What the device calls itself.
    pub fn instance_name(&self) -> Option<String> {
        self.params.text("instanceName")
    }

    /// A pickup code that came with the address.
    pub fn pickup_code(&self) -> Option<String> {
        self.params.text("packageid")
    }

    /// A code that lets a person of a closed server open an account.
    pub fn sign_up_code(&self) -> Option<String> {
        self.params.text("signupcode")
    }

    /// The language that the application asks for, as a culture name or a Windows locale id.
    pub fn culture(&self) -> Option<String> {
        self.params.text("culture").or_else(|| self.params.text("lcid"))
    }

    /// `APPREDIRECT` only: the query for the other application, without what could pass for an answer of ours.
    pub fn forwarded(&self) -> (Option<String>, Params) {
        let query = Params::parse(self.params.bytes("targetqs").unwrap_or_default());
        (self.params.text("target"), query.without(&["wctoken", "instanceid", "suggestedtokenttl", "target"]))
    }
}

/// The query of a whole address, for tests and for addresses that were pasted.
pub fn query_of(address: &str) -> &str {
    let address = address.split('#').next().unwrap_or_default();
    address.split_once('?').map_or("", |(_, query)| query)
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;

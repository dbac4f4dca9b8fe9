//! NewApplicationCreationInfo 1 (methods.md 5.2): the identity of a new installation.

use keepwell_wire::xml;
use roxmltree::Node;
use uuid::Uuid;

use super::call as new_call;
use crate::Error;
use crate::answer::{required, text};
use crate::credential::SharedSecret;
use crate::line::Call;
use crate::secret::Secret;

/// What a new installation is given.
pub(crate) struct CreationInfo {
    pub(crate) app_id: Uuid,
    pub(crate) shared_secret: Secret,
    pub(crate) app_token: Secret,
}

pub(crate) fn call() -> Call {
    new_call("NewApplicationCreationInfo", 1, |_| {})
}

/// A secret that could not sign is refused here, before a person is bothered.
pub(crate) fn read(info: Node<'_, '_>) -> Result<CreationInfo, Error> {
    let field = |name| required(info, name).and_then(text).map(Secret::new);
    let (shared_secret, app_token) = (field("shared-secret")?, field("app-token")?);
    if SharedSecret::from_base64(shared_secret.expose()).is_err() || app_token.expose().is_empty() {
        return Err(Error::Malformed("a new installation without a secret or a token".to_owned()));
    }
    Ok(CreationInfo { app_id: xml::guid(required(info, "app-id")?)?, shared_secret, app_token })
}

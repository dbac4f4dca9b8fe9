//! A device asks for an identity (methods.md 5.2).

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use secrecy::SecretString;

use crate::applications::{Application, Kind};
use crate::ids::AppId;
use crate::keys::Purpose;
use crate::{Domain, Outage};

/// How every token of ours begins (wire.md 3.6).
pub(super) const PREFIX: &str = "ASAAA";

/// An identity for an installation. Nothing is kept of it here: unless a person allows it, it never was.
pub struct Offer {
    /// The id that the installation will have.
    pub id: AppId,
    /// What it will prove itself with: 32 random bytes in Base64, 44 characters.
    pub secret: SecretString,
    /// What it brings to the Shell, of letters, digits, `-` and `_`.
    pub token: SecretString,
}

/// Offers an identity for an installation of this application; `None` where it is not for devices.
///
/// # Errors
/// `Outage`, which never happens: a key of ours seals.
pub fn offer(domain: &Domain, app: &Application) -> Result<Option<Offer>, Outage> {
    if app.kind != Kind::Mobile {
        return Ok(None);
    }
    let id = AppId(domain.env.uuid());
    let secret = domain.env.bytes::<32>();
    let expires = domain.env.now() + domain.devices.token;
    let parts: [&[u8]; 3] = [id.0.as_bytes(), &secret, &expires.to_be_bytes()];
    let sealed = domain
        .keys
        .seal(&domain.env, Purpose::CreationToken, app.id.0.as_bytes(), &parts.concat())
        .map_err(|e| Outage::Unavailable(e.to_string()))?;
    let token = format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(sealed));
    Ok(Some(Offer { id, secret: BASE64_STANDARD.encode(secret).into(), token: token.into() }))
}

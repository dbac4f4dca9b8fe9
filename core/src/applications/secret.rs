//! What an installation on a device proves itself with, in place of a certificate.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use secrecy::{ExposeSecret, SecretSlice};

use super::store::{PUT_SECRET, SECRET};
use crate::ids::AppId;
use crate::keys::Purpose;
use crate::{Domain, Outage};

/// Keeps the secret of an installation, sealed.
///
/// # Errors
/// `Outage` when it cannot be kept.
pub async fn set_secret(domain: &Domain, id: AppId, secret: &SecretSlice<u8>) -> Result<(), Outage> {
    let sealed = domain
        .keys
        .seal(&domain.env, Purpose::InstanceSecret, id.0.as_bytes(), secret.expose_secret())
        .map_err(|e| Outage::Unavailable(e.to_string()))?;
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(PUT_SECRET, params![id, sealed, domain.env.now()]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// The secret of an installation, if it has one.
///
/// # Errors
/// `Outage` when the store cannot answer, or no key opens what it holds.
pub async fn secret(domain: &Domain, id: AppId) -> Result<Option<SecretSlice<u8>>, Outage> {
    let mut flight = ReadFlight::new().short();
    let slot = flight.ask(&SECRET, params![id]);
    let Some((sealed,)) = domain.store.read(flight).await?.first(slot)? else { return Ok(None) };
    let opened = domain
        .keys
        .open(Purpose::InstanceSecret, id.0.as_bytes(), &sealed)
        .map_err(|e| Outage::Unavailable(e.to_string()))?;
    Ok(Some(SecretSlice::from(opened)))
}

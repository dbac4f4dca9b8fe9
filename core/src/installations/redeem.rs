//! A creation token at the Shell: what it says, and how it is spent.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use secrecy::SecretSlice;
use zeroize::Zeroizing;

use super::InstallationError;
use super::offer::PREFIX;
use super::store::{INSERT, LIVE, ONE_MORE};
use crate::applications::{self, Application, Certificate, Kind, Proof};
use crate::ids::{AppId, PersonId};
use crate::keys::Purpose;
use crate::{Domain, Outage, names};

/// The longest name of a device that is kept, in characters.
const LONGEST_NAME: usize = 100;

/// What a creation token offers, still to be allowed by a person.
#[derive(Clone, Debug)]
pub struct Offered {
    /// The installation as it would be.
    pub app: Application,
    proof: Proof,
}

/// Reads a creation token that a device brought for this application, with the name of the device.
///
/// # Errors
/// `Token` when it is not one of ours for this application, expired or spent.
pub async fn open(
    domain: &Domain,
    app: &Application,
    token: &str,
    name: &str,
) -> Result<Offered, InstallationError> {
    unspent(domain, read(domain, app, token, name)).await
}

/// Reads what an older desktop client brought for this application: an id and a certificate that it made
/// itself (connectivity.md 6.3). It signs with its key, and is let in like any other, by a person and once.
///
/// # Errors
/// `Token` when the id is taken, or the certificate (Base64 of DER) is none.
pub async fn open_older(
    domain: &Domain,
    app: &Application,
    id: AppId,
    certificate: &str,
    name: &str,
) -> Result<Offered, InstallationError> {
    let der = BASE64_STANDARD.decode(certificate.trim()).ok();
    let certificate = der.and_then(|der| Certificate::read(&der).ok());
    let fits = app.kind == Kind::Mobile && !id.0.is_nil() && id != applications::SHELL;
    let offered = certificate.filter(|_| fits).map(|certificate| Offered {
        app: app.on_device(id, &names::short(name, LONGEST_NAME)),
        proof: Proof::Certificate(certificate),
    });
    unspent(domain, offered).await
}

async fn unspent(domain: &Domain, offered: Option<Offered>) -> Result<Offered, InstallationError> {
    let offered = offered.ok_or(InstallationError::Token)?;
    match applications::find(domain, offered.app.id).await? {
        Some(_) => Err(InstallationError::Token),
        None => Ok(offered),
    }
}

fn read(domain: &Domain, app: &Application, token: &str, name: &str) -> Option<Offered> {
    if app.kind != Kind::Mobile || token.len() > 1024 {
        return None;
    }
    let sealed = BASE64_URL_SAFE_NO_PAD.decode(token.trim().strip_prefix(PREFIX)?).ok()?;
    let plain = domain.keys.open(Purpose::CreationToken, app.id.0.as_bytes(), &sealed).ok()?;
    let plain = Zeroizing::new(plain);
    let (id, rest) = plain.split_first_chunk::<16>()?;
    let (secret, expires) = rest.split_first_chunk::<32>()?;
    let expires = i64::from_be_bytes(expires.try_into().ok()?);
    if expires <= domain.env.now() {
        return None;
    }
    let app = app.on_device(AppId(uuid::Uuid::from_bytes(*id)), &names::short(name, LONGEST_NAME));
    Some(Offered { app, proof: Proof::Secret(SecretSlice::from(secret.to_vec())) })
}

/// Whether the person may have one more.
///
/// # Errors
/// `TooMany` when not.
pub async fn has_room(domain: &Domain, person: PersonId) -> Result<(), InstallationError> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&LIVE, params![person]);
    match domain.store.read(flight).await?.first(slot)? {
        Some((live,)) if live >= domain.devices.per_person => Err(InstallationError::TooMany),
        _ => Ok(()),
    }
}

/// Makes the installation that was offered, in the flight of the grant: of any number of redemptions of a
/// token, one comes through. `spent` and `too_many` are the flight's errors.
pub(crate) fn redeem<E>(
    domain: &Domain,
    flight: &mut WriteFlight<E>,
    person: PersonId,
    offered: &Offered,
    spent: E,
    too_many: E,
) -> Result<(), Outage> {
    let app = &offered.app;
    applications::install(domain, flight, app, &offered.proof, spent)?;
    flight.run(ONE_MORE, params![person, domain.devices.per_person]).affects(1, too_many);
    let name = app.device().unwrap_or_default();
    flight.run(INSERT, params![app.id, app.as_registered(), person, name, domain.env.now()]);
    Ok(())
}

/// Spends the token without making anything: the person said no. The device learns by 6 that it has to
/// start again.
///
/// # Errors
/// `Token` when it was spent meanwhile.
pub async fn refuse(domain: &Domain, offered: &Offered) -> Result<(), InstallationError> {
    let mut flight = WriteFlight::new();
    applications::refuse_install(domain, &mut flight, &offered.app, InstallationError::Token)?;
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

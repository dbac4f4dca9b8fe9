//! How a package lies at rest: what its sender encrypted, sealed once more. An answer is short, so that the cipher
//! text alone would be worth guessing at (connectivity.md 4.7).

use keepwell_store::{ReadFlight, params};
use serde::{Deserialize, Serialize};

use super::store::FIND;
use super::{Algorithm, Parameters};
use crate::blobs::BlobId;
use crate::connections::{PickupError, package};
use crate::ids::{AppId, ConnectionId, PersonId};
use crate::keys::Purpose;
use crate::{Domain, Outage};

/// A package as its sender encrypted it.
pub(super) struct Sealed {
    pub(super) parameters: Parameters,
    pub(super) cipher_text: Vec<u8>,
    /// Uploads of its blobs.
    pub(super) uploads: Vec<BlobId>,
}

/// What stands before the cipher text.
#[derive(Serialize, Deserialize)]
struct Head {
    algorithm: String,
    salt: String,
    iterations: u32,
}

fn broken(what: impl std::fmt::Display) -> Outage {
    Outage::Unavailable(format!("a package at rest: {what}"))
}

/// Seals it for its row.
pub(super) fn seal(
    domain: &Domain,
    id: ConnectionId,
    parameters: &Parameters,
    cipher_text: &[u8],
) -> Result<Vec<u8>, Outage> {
    let head = Head {
        algorithm: parameters.algorithm().name().to_owned(),
        salt: parameters.salt().to_owned(),
        iterations: parameters.iterations().get(),
    };
    let head = serde_json::to_vec(&head).map_err(broken)?;
    let length = u32::try_from(head.len()).map_err(broken)?;
    let whole = [&length.to_be_bytes(), head.as_slice(), cipher_text].concat();
    domain.keys.seal(&domain.env, Purpose::Package, id.0.as_bytes(), &whole).map_err(broken)
}

/// The package, with who left it, if this person can take it now.
pub(super) async fn waiting(
    domain: &Domain,
    person: PersonId,
    id: ConnectionId,
) -> Result<(AppId, Sealed), PickupError> {
    let app = package::waiting(domain, person, id).await?;
    match find(domain, id).await? {
        Some(sealed) => Ok((app, sealed)),
        // It went in this moment: how it stands now says why.
        None => package::waiting(domain, person, id).await.and(Err(PickupError::Unknown)),
    }
}

/// The package, if it is still there.
pub(super) async fn find(domain: &Domain, id: ConnectionId) -> Result<Option<Sealed>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&FIND, params![id, domain.env.now()]);
    let Some((sealed, uploads)) = domain.store.read(flight).await?.first(slot)? else { return Ok(None) };
    let whole = domain.keys.open(Purpose::Package, id.0.as_bytes(), &sealed).map_err(broken)?;
    let uploads = serde_json::from_str(&uploads).map_err(broken)?;
    let (length, rest) = whole.split_first_chunk::<4>().ok_or_else(|| broken("too short"))?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(broken)?;
    let (head, cipher_text) = rest.split_at_checked(length).ok_or_else(|| broken("too short"))?;
    let head: Head = serde_json::from_slice(head).map_err(broken)?;
    let algorithm = Algorithm::from_name(&head.algorithm).ok_or_else(|| broken(&head.algorithm))?;
    let parameters = Parameters::new(algorithm, head.salt, head.iterations, None).map_err(broken)?;
    Ok(Some(Sealed { parameters, cipher_text: cipher_text.to_vec(), uploads }))
}

//! An application takes back what nobody has picked up (methods.md 8.8).

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::store::{DELETE, UPLOADS};
use crate::blobs::{self, BlobId};
use crate::connections::{Named, package};
use crate::ids::{AppId, ConnectionId};
use crate::{Domain, Outage};

/// Deletes the package with a code, or all that have an external id. That there is none, or that it was
/// picked up, is fine: the application does not learn which.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn delete_pending(domain: &Domain, app: AppId, named: &Named) -> Result<(), Outage> {
    for id in package::untaken(domain, app, named).await? {
        let mut flight = WriteFlight::<Outage>::new();
        package::delete(&mut flight, id);
        forget(&mut flight, id, &uploads(domain, id).await?, domain.env.now());
        domain.store.write(flight).await.map_err(Refusal::reason)?;
    }
    Ok(())
}

/// Forgets what is inside, in a flight.
pub(super) fn forget<E>(flight: &mut WriteFlight<E>, id: ConnectionId, uploads: &[BlobId], now: i64) {
    flight.run(DELETE, params![id]);
    for upload in uploads {
        blobs::lapse(flight, *upload, now);
    }
}

async fn uploads(domain: &Domain, id: ConnectionId) -> Result<Vec<BlobId>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&UPLOADS, params![id]);
    let row = domain.store.read(flight).await?.first(slot)?;
    let broken = |error| Outage::Unavailable(format!("the blobs of a package: {error}"));
    row.map_or(Ok(Vec::new()), |(list,)| serde_json::from_str(&list).map_err(broken))
}

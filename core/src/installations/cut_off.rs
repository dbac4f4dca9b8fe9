//! The person cuts installations off: each is refused (6) at its next call, and has to be allowed anew.

use keepwell_store::{Refusal, WriteFlight, params};

use super::store::{FEWER, REMOVE};
use crate::ids::{AppId, PersonId};
use crate::{Domain, Outage, applications, authorizations};

/// Why installations cannot be cut off.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CutOffError {
    /// One of them is not this person's, or was cut off already.
    #[error("this installation is not there any more")]
    Gone,
    /// Something about a record changed at the same moment; nothing was done.
    #[error("something changed just now; please try again")]
    Changed,
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Cuts these installations of a person off, all or none: what they were allowed ends, in the log of each
/// record, their secrets are gone, and they cannot call. What they wrote stays.
///
/// # Errors
/// `Gone`, `Changed` after a change in parallel, or an outage.
pub async fn cut_off(domain: &Domain, person: PersonId, apps: &[AppId]) -> Result<(), CutOffError> {
    let ending = authorizations::ending(domain, person, apps).await?;
    let now = domain.env.now();
    let mut flight = WriteFlight::new();
    for app in apps {
        flight.run(REMOVE, params![*app, person, now]).affects(1, CutOffError::Gone);
        applications::uninstall(domain, &mut flight, *app);
    }
    let count = i64::try_from(apps.len()).unwrap_or_default();
    flight.run(FEWER, params![person, count]);
    authorizations::end(domain, &mut flight, person, &ending, CutOffError::Changed);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

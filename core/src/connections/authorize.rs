//! The person's consent makes a connect request an authorized one.

use keepwell_store::{WriteFlight, params};

use super::ConnectionId;
use super::store::AUTHORIZE;
use crate::Domain;
use crate::ids::{AppId, PersonId, RecordId};

/// Marks it in the flight of the consent; `gone` when it is not there any more, or somebody else's. The time
/// for which it is told of begins anew.
pub(crate) fn authorize<E>(
    domain: &Domain,
    flight: &mut WriteFlight<E>,
    id: ConnectionId,
    app: AppId,
    person: PersonId,
    record: RecordId,
    gone: E,
) {
    let now = domain.env.now();
    let until = now + domain.limits.retention;
    flight.run(AUTHORIZE, params![id, person, record, now, until, app]).affects(1, gone);
}

//! What of a package stands beside connect requests: its code, who left it, the question, and its state.

use keepwell_store::{ReadFlight, WriteFlight, params};

use super::store::{BY_ID, DELETE_PACKAGE, FILL, INSERT, PACKAGES_OF, TAKE};
use super::{ConnectionError, ConnectionId, Kind, PickupError, code, find, manage};
use crate::applications::Application;
use crate::ids::{AppId, PersonId};
use crate::{Domain, Outage};

/// What a sender says of a package without encryption.
#[derive(Clone, Debug, Default)]
pub(crate) struct Label<'a> {
    pub(crate) friendly_name: &'a str,
    pub(crate) question: &'a str,
    pub(crate) external_id: &'a str,
}

/// Adds one to a flight, `allocated` only or `pending`; answers its code.
pub(crate) fn add(
    domain: &Domain,
    flight: &mut WriteFlight<ConnectionError>,
    app: &Application,
    label: Option<&Label<'_>>,
) -> Result<(ConnectionId, String), ConnectionError> {
    let code = code::mint(&domain.env);
    let canonical = code::canonical(&code).ok_or(ConnectionError::Changed)?;
    let (id, now) = (ConnectionId(domain.env.uuid()), domain.env.now());
    let master = app.master().map(|master| master.0);
    let state = if label.is_some() { "pending" } else { "allocated" };
    let label = label.cloned().unwrap_or_default();
    flight
        .run(
            INSERT,
            params![
                id,
                code::hash(domain, &canonical),
                app.id,
                master,
                Kind::Package.name(),
                label.external_id,
                label.friendly_name,
                label.question,
                None::<String>,
                state,
                now,
                now + domain.limits.pickup,
                None::<String>
            ],
        )
        .unique("connection_code", ConnectionError::Changed);
    Ok((id, code))
}

/// Fills the one that the application allocated with this code, in a flight.
pub(crate) async fn fill(
    domain: &Domain,
    flight: &mut WriteFlight<ConnectionError>,
    app: AppId,
    typed: &str,
    label: &Label<'_>,
) -> Result<ConnectionId, ConnectionError> {
    let row = manage::by_code(domain, app, typed).await?;
    if row.kind() != Kind::Package {
        return Err(ConnectionError::UnknownCode);
    }
    if row.state != "allocated" {
        return Err(ConnectionError::Filled);
    }
    let now = domain.env.now();
    let Label { friendly_name, question, external_id } = *label;
    let until = now + domain.limits.pickup;
    flight
        .run(FILL, params![row.id, friendly_name, question, external_id, now, until])
        .affects(1, ConnectionError::Filled);
    Ok(row.id)
}

/// Marks it taken, in the flight that writes what was in it; `gone` when it is not to be had any more.
pub(crate) fn take<E>(flight: &mut WriteFlight<E>, id: ConnectionId, now: i64, gone: E) {
    flight.run(TAKE, params![id, now]).affects(1, gone);
}

/// Who left it, if this person can take it now.
pub(crate) async fn waiting(
    domain: &Domain,
    person: PersonId,
    id: ConnectionId,
) -> Result<AppId, PickupError> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&BY_ID, params![id]);
    let row = domain.store.read(flight).await?.first(slot)?;
    let row = row.filter(|row| row.kind() == Kind::Package).ok_or(PickupError::Unknown)?;
    find::standing(domain, &row, person)?;
    Ok(row.app)
}

/// Those of an application that nobody took, by code (one) or external id.
pub(crate) async fn untaken(
    domain: &Domain,
    app: AppId,
    named: &super::Named,
) -> Result<Vec<ConnectionId>, Outage> {
    let rows = match named {
        super::Named::Code(code) => match manage::by_code(domain, app, code).await {
            Ok(row) => vec![row],
            Err(ConnectionError::Outage(outage)) => return Err(outage),
            Err(_) => Vec::new(),
        },
        super::Named::ExternalId(id) => {
            let mut flight = ReadFlight::new();
            let slot = flight.ask(&PACKAGES_OF, params![app, id]);
            domain.store.read(flight).await?.all(slot)?
        }
    };
    let is_untaken = |row: &super::store::ConnectionRow| {
        row.kind() == Kind::Package && matches!(row.state.as_str(), "allocated" | "pending")
    };
    Ok(rows.into_iter().filter(is_untaken).map(|row| row.id).collect())
}

/// Deletes one, if nobody has taken it meanwhile.
pub(crate) fn delete<E>(flight: &mut WriteFlight<E>, id: ConnectionId) {
    flight.run(DELETE_PACKAGE, params![id]);
}

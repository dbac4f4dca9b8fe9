//! Installations on devices among the applications: a row of its own that says little, and an id that is
//! taken once. What is installed says the rest ([`Application::on_device`]).

use keepwell_store::{WriteFlight, params};
use secrecy::{ExposeSecret, SecretSlice};

use super::store::{
    BLANK_ON_DEVICE, DROP_CERTIFICATES, DROP_SECRET, INSERT_ON_DEVICE, PUT_SECRET, REMOVE_FROM_DEVICE,
    SWEEP_REFUSED,
};
use super::{Application, Certificate, Kind, insert_certificates};
use crate::ids::AppId;
use crate::keys::Purpose;
use crate::{Domain, Outage};

/// What an installation proves itself with.
#[derive(Clone, Debug)]
pub(crate) enum Proof {
    /// A secret that it shares with us.
    Secret(SecretSlice<u8>),
    /// A key of its own, as older desktop clients have it.
    Certificate(Certificate),
}

/// Adds an installation with its proof; a secret is sealed. `taken` is for an id that was decided on before.
pub(crate) fn install<E>(
    domain: &Domain,
    flight: &mut WriteFlight<E>,
    app: &Application,
    proof: &Proof,
    taken: E,
) -> Result<(), Outage> {
    insert(domain, flight, app, "active", taken)?;
    let now = domain.env.now();
    match proof {
        Proof::Secret(secret) => {
            let sealed = domain
                .keys
                .seal(&domain.env, Purpose::InstanceSecret, app.id.0.as_bytes(), secret.expose_secret())
                .map_err(|e| Outage::Unavailable(e.to_string()))?;
            flight.run(PUT_SECRET, params![app.id, sealed, now]);
        }
        Proof::Certificate(certificate) => {
            insert_certificates(flight, app.id, std::slice::from_ref(certificate), now);
        }
    }
    Ok(())
}

/// Takes the id of an installation that the person did not want, so that it is never another's.
pub(crate) fn refuse_install<E>(
    domain: &Domain,
    flight: &mut WriteFlight<E>,
    app: &Application,
    taken: E,
) -> Result<(), Outage> {
    insert(domain, flight, app, "refused", taken)
}

fn insert<E>(
    domain: &Domain,
    flight: &mut WriteFlight<E>,
    app: &Application,
    state: &str,
    taken: E,
) -> Result<(), Outage> {
    let says = Application { id: app.id, kind: app.kind.clone(), ..Application::default() };
    let document = serde_json::to_string(&says).map_err(|e| Outage::Unavailable(e.to_string()))?;
    let Kind::Device { master, .. } = app.kind else {
        return Err(Outage::Unavailable(format!("{} is no installation on a device", app.id)));
    };
    flight
        .run(INSERT_ON_DEVICE, params![app.id, state, document, domain.env.now(), master])
        .unique("application_pkey", taken);
    Ok(())
}

/// Ends an installation for good: its next call is refused, and what it proved itself with is gone.
pub(crate) fn uninstall<E>(domain: &Domain, flight: &mut WriteFlight<E>, id: AppId) {
    flight.run(REMOVE_FROM_DEVICE, params![id, domain.env.now()]);
    flight.run(DROP_SECRET, params![id]);
    flight.run(DROP_CERTIFICATES, params![id]);
}

/// The same, and what the device was called is forgotten. The id stays taken, so that nobody gets it again.
pub(crate) fn forget_device<E>(
    domain: &Domain,
    flight: &mut WriteFlight<E>,
    id: AppId,
    master: AppId,
) -> Result<(), Outage> {
    let kind = Kind::Device { master, name: String::new() };
    let says = Application { id, kind, ..Application::default() };
    let document = serde_json::to_string(&says).map_err(|e| Outage::Unavailable(e.to_string()))?;
    flight.run(BLANK_ON_DEVICE, params![id, document, domain.env.now()]);
    flight.run(DROP_SECRET, params![id]);
    flight.run(DROP_CERTIFICATES, params![id]);
    Ok(())
}

/// Forgets what people refused before this time: no token could bring it up again.
pub(crate) fn sweep_refused<E>(flight: &mut WriteFlight<E>, before: i64) {
    flight.run(SWEEP_REFUSED, params![before]);
}

//! Applications: who may ask for access to records, and for what (connectivity.md 7 and 8.3).

mod admission;
mod application;
mod certificate;
mod device;
mod document;
mod file;
pub mod methods;
mod multilingual;
mod permissions;
mod provision;
mod registry;
mod rules;
mod secret;
mod store;

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

pub use admission::{admit, is_admitted};
pub use application::{Application, BulkExtraction, Kind, Location, Vocabulary};
pub use certificate::{Certificate, CertificateError};
pub(crate) use device::{Proof, forget_device, install, refuse_install, sweep_refused, uninstall};
pub use document::{Document, Logo, PICTURES, PLAIN};
pub use file::{FileError, LONGEST_STAY};
pub use multilingual::Multilingual;
pub use permissions::{Permission, Permissions};
pub use provision::{ProvisionError, add_child, check, update};
pub use registry::Registry;
pub use rules::{Rule, Types, beyond};
pub use secret::{secret, set_secret};
pub(crate) use store::GO_WITH_PERSON;
use store::{
    ALL, CERTIFICATE, CERTIFICATES, DROP_CERTIFICATES, FIND, INSERT, INSERT_CERTIFICATE, REPLACE, SET_STATE,
    TOUCH,
};

use crate::ids::AppId;
use crate::{Domain, Outage};

/// What stands for the Shell where an application's id must stand, in the audits of a thing that the
/// person wrote by hand.
pub const SHELL: AppId = AppId(uuid::Uuid::from_u128(0x6b65_6570_7765_4c6c_8000_0000_0000_0001));

/// How an application stands (connectivity.md 7.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// May call and be authorized.
    Active,
    /// Closed for now: it cannot call, and nobody can authorize it.
    Suspended,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        if text == "active" { Self::Active } else { Self::Suspended }
    }
}

/// An application with how it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Registered {
    /// What it is.
    pub application: std::sync::Arc<Application>,
    /// How it stands.
    pub state: State,
    /// When it was registered, microseconds UTC.
    pub created: i64,
    /// When it last changed.
    pub updated: i64,
    /// Counts changes of the registration and of the certificates.
    pub revision: i64,
}

/// Why an application cannot be registered or changed.
#[derive(Debug, thiserror::Error)]
pub enum ApplicationError {
    /// An application with this id is registered.
    #[error("an application with id {0} is registered already")]
    Taken(AppId),
    /// No application has this id.
    #[error("no application has the id {0}")]
    Unknown(AppId),
    /// The certificate cannot be used.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The document cannot be written or read.
    #[error("the application cannot be kept: {0}")]
    Document(#[from] serde_json::Error),
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Registers an application with its certificates.
///
/// # Errors
/// `ApplicationError::Taken`, or an outage.
pub async fn add(
    domain: &Domain,
    app: &Application,
    certificates: &[Certificate],
) -> Result<(), ApplicationError> {
    let now = domain.env.now();
    let document = serde_json::to_string(app)?;
    let mut flight = WriteFlight::new();
    flight
        .run(INSERT, params![app.id, State::Active.name(), 1_i64, document, now, now])
        .unique("application_pkey", ApplicationError::Taken(app.id));
    insert_certificates(&mut flight, app.id, certificates, now);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Replaces an application's registration; its certificates stay.
///
/// # Errors
/// `ApplicationError::Unknown`, or an outage.
pub async fn replace(domain: &Domain, app: &Application) -> Result<(), ApplicationError> {
    let document = serde_json::to_string(app)?;
    let mut flight = WriteFlight::new();
    flight
        .run(REPLACE, params![app.id, document, domain.env.now()])
        .affects(1, ApplicationError::Unknown(app.id));
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Gives an application new certificates. With `keep_old` the former ones go on working, so that
/// servers can change over without a gap.
///
/// # Errors
/// `ApplicationError::Unknown`, or an outage.
pub async fn rotate(
    domain: &Domain,
    id: AppId,
    certificates: &[Certificate],
    keep_old: bool,
) -> Result<(), ApplicationError> {
    find(domain, id).await?.ok_or(ApplicationError::Unknown(id))?;
    let mut flight = WriteFlight::new();
    if !keep_old {
        flight.run(DROP_CERTIFICATES, params![id]);
    }
    insert_certificates(&mut flight, id, certificates, domain.env.now());
    // Whoever keeps a parsed certificate keeps it by the revision.
    flight.run(TOUCH, params![id, domain.env.now()]).affects(1, ApplicationError::Unknown(id));
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

fn insert_certificates<E>(flight: &mut WriteFlight<E>, id: AppId, certificates: &[Certificate], now: i64) {
    for certificate in certificates {
        let params = params![id, &certificate.thumbprint, certificate.der.as_slice(), now];
        flight.run(INSERT_CERTIFICATE, params);
    }
}

/// Suspends an application or lets it work again; effective at its next call.
///
/// # Errors
/// `ApplicationError::Unknown`, or an outage.
pub async fn set_state(domain: &Domain, id: AppId, state: State) -> Result<(), ApplicationError> {
    let mut flight = WriteFlight::new();
    flight
        .run(SET_STATE, params![id, state.name(), domain.env.now()])
        .affects(1, ApplicationError::Unknown(id));
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// The application with this id, in whatever state.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn find(domain: &Domain, id: AppId) -> Result<Option<Registered>, Outage> {
    let mut flight = ReadFlight::new().short();
    let slot = flight.ask(&FIND, params![id]);
    let Some(row) = domain.store.read(flight).await?.first(slot)? else { return Ok(None) };
    domain.registry.read(row).map(Some)
}

/// All applications, by id.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn all(domain: &Domain) -> Result<Vec<Registered>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&ALL, params![]);
    domain.store.read(flight).await?.all(slot)?.into_iter().map(|row| domain.registry.read(row)).collect()
}

/// The certificate that an application registered under this thumbprint (hex, any case).
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn certificate(domain: &Domain, id: AppId, thumbprint: &str) -> Result<Option<Vec<u8>>, Outage> {
    let mut flight = ReadFlight::new().short();
    let slot = flight.ask(&CERTIFICATE, params![id, thumbprint.trim().to_ascii_lowercase()]);
    Ok(domain.store.read(flight).await?.first(slot)?.map(|(der,)| der))
}

/// The thumbprints of an application's certificates.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn thumbprints(domain: &Domain, id: AppId) -> Result<Vec<String>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&CERTIFICATES, params![id]);
    Ok(domain.store.read(flight).await?.all(slot)?.into_iter().map(|(thumbprint,)| thumbprint).collect())
}

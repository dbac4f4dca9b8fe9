//! The door to a record: the one place where a permission is computed.

use std::sync::Arc;

use keepwell_store::{Answers, Column, FromColumn, ReadFlight, Slot, params};

use super::grant::{Grant, permissions_on};
use super::remembered::{Proof, Terms};
use super::store::{GRANT, GrantRow};
use crate::applications::{self, Application, Permission, Permissions, Rule};
use crate::ids::{AppId, PersonId, RecordId, TypeId};
use crate::records::{self, KeptRow, Record, State};
use crate::sessions::identity::{self, DoorRow, Holds, ReturnRow, Wanted};
use crate::{Domain, Outage};

/// How a caller comes to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Avenue {
    /// An application, while the person uses it.
    Online,
    /// An application, while the person is away.
    Offline,
    /// The person, at the Shell.
    Shell,
    /// The host of the server, at the command line; it opens no door.
    Host,
}

impl Avenue {
    /// Its name on the wire and in the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Online => "Online",
            Self::Offline => "Offline",
            Self::Shell => "Shell",
            Self::Host => "Host",
        }
    }

    /// The avenue with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "Offline" => Self::Offline,
            "Shell" => Self::Shell,
            "Host" => Self::Host,
            _ => Self::Online,
        }
    }
}

impl FromColumn for Avenue {
    fn from_column(column: Column<'_>) -> Result<Self, Outage> {
        match column {
            Column::Text(name) => Ok(Self::from_name(name)),
            _ => Err(Outage::Unavailable("the name of an avenue is no text".to_owned())),
        }
    }
}

/// Who calls: an application for a person, or a person at the Shell. Making one says that the
/// caller has been authenticated.
#[derive(Clone, Debug)]
pub struct Caller {
    person: PersonId,
    app: Option<Arc<Application>>,
    avenue: Avenue,
    proof: Option<Proof>,
    picks_up: bool,
}

impl Caller {
    /// A person who is signed in at the Shell.
    #[must_use]
    pub fn person(person: PersonId) -> Self {
        Self { person, app: None, avenue: Avenue::Shell, proof: None, picks_up: false }
    }

    /// An application with a valid session that acts for a person: with the person's token
    /// (`online`), or with their id only.
    #[must_use]
    pub fn application(app: Arc<Application>, person: PersonId, online: bool) -> Self {
        let avenue = if online { Avenue::Online } else { Avenue::Offline };
        Self { person, app: Some(app), avenue, proof: None, picks_up: false }
    }

    /// A person who takes what an application left for them. It is written in the application's name and
    /// with the person's rights; the application has none (connectivity.md 4.5).
    pub(crate) fn picking_up(app: Arc<Application>, person: PersonId) -> Self {
        Self { person, app: Some(app), avenue: Avenue::Online, proof: None, picks_up: true }
    }

    /// The same caller, as long as this holds: asked for at the door of the record.
    pub(crate) fn while_holds(mut self, proof: Proof) -> Self {
        self.proof = Some(proof);
        self
    }

    /// The person it is about.
    #[must_use]
    pub fn person_id(&self) -> PersonId {
        self.person
    }

    /// How they come.
    #[must_use]
    pub fn avenue(&self) -> Avenue {
        self.avenue
    }

    /// The application, unless the person acts at the Shell.
    #[must_use]
    pub fn app(&self) -> Option<&Arc<Application>> {
        self.app.as_ref()
    }
}

/// Why the door stays shut.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// The person has no right to the record, or granted this application nothing here.
    #[error("this application has no access to this record")]
    Denied,
    /// The record is closed.
    #[error("this record is suspended or deleted")]
    Closed,
    /// What was remembered of the caller no longer holds: look again who it is.
    #[error("something about the caller changed just now")]
    Stale,
    /// The store could not answer.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Proof that the caller may come to the record, and what they may do there. Only `Door::open`
/// makes one.
#[derive(Clone, Debug)]
pub struct RecordAccess {
    record: Record,
    person: PersonId,
    app: Option<Arc<Application>>,
    avenue: Avenue,
    grant: Option<Arc<Grant>>,
    picks_up: bool,
}

impl RecordAccess {
    /// The record.
    #[must_use]
    pub fn record(&self) -> RecordId {
        self.record.id
    }

    /// How the record stands.
    #[must_use]
    pub fn about(&self) -> &Record {
        &self.record
    }

    /// The person who acts, or for whom the application acts.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The application, unless the person acts at the Shell.
    #[must_use]
    pub fn app(&self) -> Option<AppId> {
        self.app.as_ref().map(|a| a.id)
    }

    /// How the caller came.
    #[must_use]
    pub fn avenue(&self) -> Avenue {
        self.avenue
    }

    pub(crate) fn revision(&self) -> i64 {
        self.record.access_revision
    }

    /// The rules that the application declares, online and offline; none at the Shell. They say which
    /// versions of a type it knows (methods.md 6.6).
    pub(crate) fn declared(&self) -> impl Iterator<Item = &Rule> {
        self.app.iter().flat_map(|app| app.online.iter().chain(&app.offline))
    }

    /// Whether a person takes what an application left for them.
    pub(crate) fn picks_up(&self) -> bool {
        self.picks_up
    }

    /// Whether a custodian acts at the Shell: only they see what is personal, what was removed, and former
    /// versions (things.md 1.4, 2.4, 2.6).
    #[must_use]
    pub fn is_custodian_at_shell(&self) -> bool {
        self.avenue == Avenue::Shell && self.app.is_none() && self.record.rights.custodian
    }

    /// What the caller may do with things of a type.
    #[must_use]
    pub fn permissions(&self, id: TypeId) -> Permissions {
        self.permissions_on_avenue(id, self.avenue)
    }

    /// What the same person and application may do with things of a type, online or offline
    /// (QueryPermissions).
    #[must_use]
    pub fn permissions_on_avenue(&self, id: TypeId, avenue: Avenue) -> Permissions {
        let by_state = match self.record.state {
            State::Active => Permissions::ALL,
            State::ReadOnly => Permissions::of(&[Permission::Read]),
            State::Suspended | State::Deleted => Permissions::NONE,
        };
        let granted = match (&self.app, &self.grant) {
            _ if self.picks_up => Permissions::of(&[Permission::Create]),
            (None, _) => Permissions::ALL,
            (Some(_), None) => Permissions::NONE,
            (Some(app), Some(grant)) => match avenue {
                Avenue::Online => permissions_on(&grant.online, id) & permissions_on(&app.online, id),
                Avenue::Offline => permissions_on(&grant.offline, id) & permissions_on(&app.offline, id),
                Avenue::Shell | Avenue::Host => Permissions::NONE,
            },
        };
        granted & by_state
    }

    /// Whether the caller may do this with things of the type.
    #[must_use]
    pub fn may(&self, permission: Permission, id: TypeId) -> bool {
        self.permissions(id).has(permission)
    }
}

/// What must be read to decide whether the door opens; asked in the same flight as the data.
pub(crate) enum Door {
    /// For a caller who has just been looked up.
    Known { record: Slot<KeptRow>, grant: Option<Slot<GrantRow>> },
    /// For one who is remembered, with what must still hold.
    Remembered { slot: Slot<DoorRow>, proof: Proof },
    /// For one who has come to this record before, and on what terms.
    Returned { slot: Slot<ReturnRow>, revision: i64, terms: Arc<Terms> },
}

/// Asks at a record's door, within the flight that also asks for the data.
pub(crate) fn knock(flight: &mut ReadFlight, caller: &Caller, record: RecordId, now: i64) -> Door {
    let person = caller.person;
    if let (Some(proof), Some(app)) = (&caller.proof, &caller.app) {
        let wanted = Wanted { record, person, app: app.id, user_token: proof.user_token };
        return match proof.terms().filter(|terms| terms.record.id == record) {
            Some(terms) => {
                let slot = identity::ask_again(flight, &wanted, now);
                Door::Returned { slot, revision: proof.revision, terms }
            }
            None => {
                let slot = identity::ask_door(flight, &wanted, now);
                Door::Remembered { slot, proof: proof.clone() }
            }
        };
    }
    let record_slot = records::ask(flight, record, person);
    let granted_to = caller.app.as_ref().filter(|_| !caller.picks_up);
    let grant = granted_to.map(|app| flight.ask(&GRANT, params![record, app.id, person]));
    Door::Known { record: record_slot, grant }
}

impl Door {
    /// Decides.
    pub(crate) fn open(
        self,
        caller: &Caller,
        answers: &mut Answers,
        now: i64,
    ) -> Result<RecordAccess, AccessError> {
        let terms = match self {
            Self::Known { record, grant } => {
                let record = answers.first(record)?.ok_or(AccessError::Denied)?;
                let grant = grant.map(|slot| answers.first(slot)).transpose()?.flatten();
                terms(record, grant)?
            }
            Self::Remembered { slot, proof } => {
                // Without a row nothing is known of the rest: who it is, is looked up again.
                let row = answers.first(slot)?.ok_or(AccessError::Stale)?;
                still_holds(&row.holds, proof.revision)?;
                let terms = terms(row.record, row.grant)?;
                proof.remember(terms.clone());
                terms
            }
            Self::Returned { slot, revision, terms } => {
                let row = answers.first(slot)?.ok_or(AccessError::Stale)?;
                still_holds(&row.holds, revision)?;
                terms.at(&row.record).ok_or(AccessError::Stale)?
            }
        };
        decide(caller, terms, now)
    }
}

fn terms(record: KeptRow, grant: Option<GrantRow>) -> Result<Terms, Outage> {
    let grant = grant.map(Grant::allowed).transpose()?.map(Arc::new);
    Ok(Terms { record: Record::from(record), grant })
}

fn still_holds(holds: &Holds, revision: i64) -> Result<(), AccessError> {
    let is_active = applications::State::read(&holds.app.0) == applications::State::Active;
    match is_active && holds.app.1 == revision && holds.holder.is_some() {
        true => Ok(()),
        false => Err(AccessError::Stale),
    }
}

fn decide(caller: &Caller, terms: Terms, now: i64) -> Result<RecordAccess, AccessError> {
    let Terms { record, grant } = terms;
    if record.rights.expires <= now {
        return Err(AccessError::Denied);
    }
    let grant = grant.filter(|g| g.expires > now);
    if caller.app.is_some() && !caller.picks_up {
        let granted_here = grant.as_ref().is_some_and(|g| match caller.avenue {
            Avenue::Online => !g.online.is_empty(),
            Avenue::Offline => !g.offline.is_empty(),
            Avenue::Shell | Avenue::Host => false,
        });
        if !granted_here {
            return Err(AccessError::Denied);
        }
    }
    if matches!(record.state, State::Suspended | State::Deleted) {
        return Err(AccessError::Closed);
    }
    let (person, app, avenue) = (caller.person, caller.app.clone(), caller.avenue);
    Ok(RecordAccess { record, person, app, avenue, grant, picks_up: caller.picks_up })
}

/// Opens a record's door for an operation that needs no data with it.
///
/// # Errors
/// `AccessError` saying why it stays shut.
pub async fn open(domain: &Domain, caller: &Caller, record: RecordId) -> Result<RecordAccess, AccessError> {
    let mut flight = ReadFlight::new().short();
    let door = knock(&mut flight, caller, record, domain.env.now());
    let mut answers = domain.store.read(flight).await?;
    door.open(caller, &mut answers, domain.env.now())
}

/// Whether another application could do all this, offline, for a person with things of a type of the
/// record now. It is no caller: the question is whether what it wrote still counts (methods.md 13.5).
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn still_may(
    domain: &Domain,
    access: &RecordAccess,
    app: AppId,
    person: PersonId,
    permissions: Permissions,
    id: TypeId,
) -> Result<bool, Outage> {
    let Some(registered) = applications::find(domain, app).await? else { return Ok(false) };
    if registered.state != applications::State::Active {
        return Ok(false);
    }
    let writer = Caller::application(registered.application, person, false);
    match open(domain, &writer, access.record()).await {
        Ok(theirs) => Ok(theirs.permissions(id).covers(permissions)),
        Err(AccessError::Outage(outage)) => Err(outage),
        Err(AccessError::Denied | AccessError::Closed | AccessError::Stale) => Ok(false),
    }
}

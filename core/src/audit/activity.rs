//! The log as a person reads it: page by page, and who has read the record lately.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::store::{ACTIVITY, ACTORS, READERS};
use super::{Action, Deed, Entry, Logged, STRANGER};
use crate::Domain;
use crate::authorizations::{AccessError, Avenue, Caller, RecordAccess, open};
use crate::ids::{AppId, PersonId, RecordId};

/// The newest entries among which those who acted are looked for, to choose from.
const ACTORS_IN: u32 = 20_000;
/// Entries of one page at most.
pub const MAX_PAGE: u32 = 1_000;

/// Whose entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Who {
    /// Everybody's.
    #[default]
    Anyone,
    /// All but the reader's own at the Shell.
    Others,
    /// This person's, at the Shell.
    Person(PersonId),
    /// This application's.
    App(AppId),
    /// The host's.
    Host,
    /// Those of people who do not hold the record.
    Stranger,
}

impl Who {
    /// Whether actions of this kind can be theirs. Of a stranger nobody finds out who it was by asking for one
    /// person after the other.
    fn may_have_done(self, action: Action) -> bool {
        match self {
            Self::Person(_) => action != Action::RefusedStranger,
            Self::Stranger => action == Action::RefusedStranger,
            Self::Anyone | Self::Others | Self::App(_) | Self::Host => true,
        }
    }
}

/// Which entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Whose.
    pub who: Who,
    /// What kind; all if none.
    pub deed: Option<Deed>,
    /// From this time on, microseconds UTC, counted in milliseconds.
    pub from: Option<i64>,
    /// Before this time.
    pub until: Option<i64>,
}

/// A page of the log, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// The entries.
    pub entries: Vec<Logged>,
    /// The next page begins after this entry, if there is one.
    pub next: Option<Uuid>,
}

/// Who did something: a person, perhaps through an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// The application.
    pub app: Option<AppId>,
    /// How.
    pub avenue: Avenue,
}

/// Who has read the record, how often, and when last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub who: Actor,
    /// Entries of it.
    pub count: i64,
    /// The last, microseconds UTC.
    pub last: i64,
}

/// The person whose entries alone the caller sees: a custodian sees all, whoever else holds the record their own.
/// An application sees none.
fn only(access: &RecordAccess) -> Result<Option<PersonId>, AccessError> {
    match (access.avenue(), access.is_custodian_at_shell()) {
        (_, true) => Ok(None),
        (Avenue::Shell, false) => Ok(Some(access.person())),
        _ => Err(AccessError::Denied),
    }
}

fn names(fits: impl Fn(Action) -> bool) -> Vec<String> {
    Action::ALL.into_iter().filter(|action| fits(*action)).map(|action| action.name().to_owned()).collect()
}

/// The least id of an entry of this time. Ids of entries are in time.
fn bound(at: i64) -> Uuid {
    let millis = u64::try_from(at / 1000).unwrap_or_default();
    // Version and variant are greater than nothing in their places, so all entries of the millisecond follow.
    let bits = u128::from(millis.min((1 << 48) - 1)) << 80;
    Uuid::from_u128(bits)
}

/// A page of the log, after this entry.
///
/// # Errors
/// `AccessError::Denied` to an application, or an outage.
pub async fn activity(
    domain: &Domain,
    access: &RecordAccess,
    filter: &Filter,
    after: Option<Uuid>,
    count: u32,
) -> Result<Activity, AccessError> {
    let only = only(access)?;
    let count = count.clamp(1, MAX_PAGE);
    let newest = filter.until.map_or(Uuid::max(), bound).min(after.unwrap_or(Uuid::max()));
    let oldest = filter.from.map_or(Uuid::nil(), bound);
    let person = if let Who::Person(id) = filter.who { Some(id) } else { None };
    let app = if let Who::App(id) = filter.who { Some(id) } else { None };
    let params = params![
        access.record(),
        newest,
        oldest,
        only.is_none(),
        only.unwrap_or_default(),
        person.is_none(),
        person.unwrap_or_default(),
        app.is_none(),
        app.unwrap_or_default(),
        filter.who != Who::Others,
        access.person(),
        filter.who != Who::Host,
        names(|action| {
            filter.deed.is_none_or(|deed| action.deed() == deed) && filter.who.may_have_done(action)
        }),
        // One more than is shown tells whether there is a next page.
        count + 1,
    ];
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&ACTIVITY, params);
    let rows = domain.store.read(flight).await?.all(slot)?;
    let mut entries: Vec<Logged> =
        rows.into_iter().map(|row| Logged::for_reader(row, access.person())).collect();
    let most = usize::try_from(count).unwrap_or(usize::MAX);
    let is_more = entries.len() > most;
    entries.truncate(most);
    let next = entries.last().filter(|_| is_more).map(|entry| entry.id);
    Ok(Activity { entries, next })
}

/// Who has read the record since this time (microseconds UTC), the latest first.
///
/// # Errors
/// As [`activity`].
pub async fn readers(domain: &Domain, access: &RecordAccess, since: i64) -> Result<Vec<Reader>, AccessError> {
    let only = only(access)?;
    let mut flight = ReadFlight::new();
    let looked = names(|action| action.deed() == Deed::Looked);
    let params = params![access.record(), bound(since), looked, only.is_none(), only.unwrap_or_default()];
    let slot = flight.ask(&READERS, params);
    let rows = domain.store.read(flight).await?.all(slot)?;
    let mut readers: Vec<Reader> = rows
        .into_iter()
        .map(|row| {
            let avenue = Avenue::from_name(&row.avenue);
            let who = Actor { person: row.person, app: row.app, avenue };
            Reader { who, count: row.count, last: row.last }
        })
        .collect();
    readers.sort_by_key(|reader| std::cmp::Reverse(reader.last));
    Ok(readers)
}

/// Who acted lately, to choose from.
///
/// # Errors
/// As [`activity`].
pub async fn actors(domain: &Domain, access: &RecordAccess) -> Result<Vec<Actor>, AccessError> {
    let only = only(access)?;
    let mut flight = ReadFlight::new();
    let stranger = Action::RefusedStranger.name();
    let params = params![
        access.record(),
        only.is_none(),
        only.unwrap_or_default(),
        ACTORS_IN,
        stranger,
        access.person(),
        STRANGER
    ];
    let slot = flight.ask(&ACTORS, params);
    let rows = domain.store.read(flight).await?.all(slot)?;
    Ok(rows
        .into_iter()
        .map(|(person, app, avenue)| Actor { person, app, avenue: Avenue::from_name(&avenue) })
        .collect())
}

/// Notes that the person takes the log of a record with them.
///
/// # Errors
/// `AccessError` for who does not hold the record, or an outage.
pub async fn exported_log(domain: &Domain, caller: &Caller, record: RecordId) -> Result<(), AccessError> {
    let access = open(domain, caller, record).await?;
    only(&access)?;
    let mut flight = WriteFlight::<AccessError>::new();
    super::write(domain, &mut flight, Entry::of(&access, Action::ExportActivity));
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Env;
    use crate::env::HandClock;

    #[test]
    fn the_bound_of_a_time_lies_before_every_entry_of_it_and_after_those_before() {
        let clock = HandClock::at(1_780_315_200_000_000);
        let env = Env::with_clock(clock.clone());
        let before = env.uuid_in_time();
        clock.advance(1_000);
        let (bound, then) = (bound(env.now()), env.uuid_in_time());
        assert!(before < bound && bound < then);
    }
}

//! Erasing an account: the records that nobody else keeps, and all that is known of the person.

use keepwell_store::{WriteFlight, params};

use super::record::post;
use super::store::{CLAIM, CLOSE_RECORD_NOW, DONE, DROP_RETURNS};
use super::work::{Claimed, PIECE, Stop, Work};
use super::{Event, LEASE, fate, record};
use crate::audit::{self, Action, Entry};
use crate::ids::{PersonId, RecordId};
use crate::letters::{self, Letter};
use crate::persons::{self, Person};
use crate::records::{self, State};
use crate::{
    alternate_ids, app_settings, applications, authorizations, blobs, connections, credentials,
    installations, notices, operators, sessions,
};

/// Erases an account whose time is over.
pub(super) async fn erase(
    work: &mut Work<'_>,
    write: &(dyn Fn(&Person, &Event) -> Letter + Sync),
    person: PersonId,
) -> Result<(), Stop> {
    let claimed = claim(work, person).await?;
    for id in records::all_of(work.domain, person).await? {
        match part(work, claimed, person, id).await {
            Ok(true) => record::erase(work, write, id).await?,
            Ok(false) => {}
            Err(stop) => return Err(stop),
        }
    }
    work.all(claimed, &authorizations::GO_WITH_PERSON).await?;
    work.all(claimed, &sessions::GO_WITH_PERSON).await?;
    work.all(claimed, &alternate_ids::GO_WITH_PERSON).await?;
    work.all(claimed, &app_settings::GO_WITH_PERSON).await?;
    work.all(claimed, &applications::GO_WITH_PERSON).await?;
    work.all(claimed, &notices::GO_WITH_PERSON).await?;
    work.all(claimed, &connections::GO_WITH_PERSON).await?;
    work.all(claimed, &blobs::GO_WITH_PERSON).await?;
    devices(work, claimed, person).await?;
    last(work, claimed, write, person).await
}

async fn claim(work: &mut Work<'_>, person: PersonId) -> Result<Claimed, Stop> {
    let (claim, now) = (work.domain.env.uuid(), work.domain.env.now());
    let mut flight = WriteFlight::new();
    flight.run(CLAIM, params![person, claim, now, now + LEASE]).affects(1, Stop::Lost);
    persons::is_erasing(&mut flight, person).affects(1, Stop::Lost);
    work.write(flight).await?;
    Ok(Claimed::Account(person, claim))
}

/// Parts the person from a record. Answers whether it is to be erased: nobody else keeps it, and nobody can come to it
/// any more.
async fn part(work: &mut Work<'_>, claimed: Claimed, person: PersonId, id: RecordId) -> Result<bool, Stop> {
    loop {
        match try_to_part(work, claimed, person, id).await {
            // Whoever keeps it as well changed something about it: look again.
            Err(Stop::Changed) => {}
            done => return done,
        }
    }
}

async fn try_to_part(
    work: &mut Work<'_>,
    claimed: Claimed,
    person: PersonId,
    id: RecordId,
) -> Result<bool, Stop> {
    let mut flight = work.flight(claimed);
    let Some(held) = records::held(work.domain, id).await? else {
        records::leave(&mut flight, id, person);
        work.write(flight).await?;
        return Ok(false);
    };
    let alone = held.is_custodian(person) && fate::others(work.domain, person, id).await?.is_empty();
    if alone {
        let now = work.domain.env.now();
        records::stand(&mut flight, id, State::Deleted, held.revision, Stop::Changed);
        flight.run(CLOSE_RECORD_NOW, params![id, person, now]);
    } else {
        records::bump_access(&mut flight, id, held.revision, Stop::Changed);
        authorizations::leave(&mut flight, id, person);
        records::leave(&mut flight, id, person);
        audit::write(work.domain, &mut flight, Entry::by_person(id, person, Action::LeaveRecord));
    }
    work.write(flight).await?;
    Ok(alone)
}

/// The installations on phones and tablets.
async fn devices(work: &mut Work<'_>, claimed: Claimed, person: PersonId) -> Result<(), Stop> {
    loop {
        let some = installations::some_of_person(work.domain, person, PIECE).await?;
        let mut flight = work.flight(claimed);
        installations::go(work.domain, &mut flight, person, &some)?;
        work.write(flight).await?;
        if some.len() < PIECE as usize {
            return Ok(());
        }
    }
}

/// What they sign in with, and who they are; the letter that tells it leaves in the same flight.
async fn last(
    work: &mut Work<'_>,
    claimed: Claimed,
    write: &(dyn Fn(&Person, &Event) -> Letter + Sync),
    id: PersonId,
) -> Result<(), Stop> {
    let Some(person) = persons::find(work.domain, id).await? else { return Err(Stop::Lost) };
    letters::forget(work.domain, &person.email).await?;
    let mut flight = work.flight(claimed);
    credentials::erase(&mut flight, id);
    sessions::known_browser::erase(&mut flight, id);
    operators::erase(&mut flight, id);
    flight.run(DROP_RETURNS, params![id]);
    persons::erase(&mut flight, id).affects(1, Stop::Lost);
    if let Claimed::Account(_, claim) = claimed {
        flight.run(DONE, params![id, claim]).affects(1, Stop::Lost);
    }
    if person.email_validated {
        post(work, &mut flight, &write(&person, &Event::Erased))?;
    }
    work.write(flight).await?;
    letters::wake(work.domain);
    tracing::info!(person = %id, "an account was erased");
    Ok(())
}

//! Erasing a record: all that is in it, all that was allowed with it, its log, and itself.

use keepwell_store::params;

use super::store::{CLAIM_RECORD, RECORD_DONE};
use super::work::{Claimed, PIECE, Stop, Work};
use super::{Event, LEASE};
use crate::ids::{PersonId, RecordId};
use crate::letters::{self, Letter};
use crate::persons::{self, Person, State};
use crate::{alternate_ids, audit, authorizations, blobs, connections, notices, records, things};

/// Erases a record whose time is over. A letter tells the person who decided it, unless their account goes too.
pub(super) async fn erase(
    work: &mut Work<'_>,
    write: &(dyn Fn(&Person, &Event) -> Letter + Sync),
    record: RecordId,
) -> Result<(), Stop> {
    let (claimed, by) = claim(work, record).await?;
    let name = super::close_record::find(work.domain, by, record).await?.map(|r| r.rights.display_name);
    // What was allowed goes first: then nobody knows the record any more.
    work.all(claimed, &authorizations::GO_WITH_RECORD).await?;
    work.all(claimed, &things::GO_WITH_RECORD).await?;
    work.all(claimed, &records::GO_WITH_RECORD).await?;
    content(work, claimed, record).await?;
    work.all(claimed, &blobs::GO_WITH_RECORD).await?;
    work.all(claimed, &alternate_ids::GO_WITH_RECORD).await?;
    work.all(claimed, &notices::GO_WITH_RECORD).await?;
    work.all(claimed, &connections::GO_WITH_RECORD).await?;
    log(work, claimed, record, by).await?;
    let letter = match (persons::find(work.domain, by).await?, name) {
        (Some(person), Some(name)) if person.email_validated && person.state != State::Erasing => {
            Some(write(&person, &Event::RecordErased(name)))
        }
        _ => None,
    };
    let mut flight = work.flight(claimed);
    if let Some(held) = records::held(work.domain, record).await? {
        for (person, _) in held.people {
            records::leave(&mut flight, record, person);
        }
    }
    records::leave(&mut flight, record, by);
    records::erase(&mut flight, record);
    audit::erase(&mut flight, record);
    if let Claimed::Record(_, claim) = claimed {
        flight.run(RECORD_DONE, params![record, claim]).affects(1, Stop::Lost);
    }
    if let Some(letter) = &letter {
        post(work, &mut flight, letter)?;
    }
    work.write(flight).await?;
    letters::wake(work.domain);
    tracing::info!(%record, "a record was erased");
    Ok(())
}

/// Puts a letter into a piece of work.
pub(super) fn post(
    work: &Work<'_>,
    flight: &mut keepwell_store::WriteFlight<Stop>,
    letter: &Letter,
) -> Result<(), Stop> {
    letters::post(work.domain, flight, letter)
        .map_err(|error| Stop::Outage(crate::Outage::Unavailable(error.to_string())))
}

async fn claim(work: &mut Work<'_>, record: RecordId) -> Result<(Claimed, PersonId), Stop> {
    let (claim, now) = (work.domain.env.uuid(), work.domain.env.now());
    let mut flight = keepwell_store::WriteFlight::new();
    let by = flight.ask(&CLAIM_RECORD, params![record, claim, now, now + LEASE]).or(Stop::Lost).slot();
    let (by,) = work.write(flight).await?.one(by)?;
    Ok((Claimed::Record(record, claim), by))
}

/// The attachments.
async fn content(work: &mut Work<'_>, claimed: Claimed, record: RecordId) -> Result<(), Stop> {
    loop {
        let some = blobs::some_of_record(work.domain, record, PIECE).await?;
        if some.is_empty() {
            return Ok(());
        }
        let mut flight = work.flight(claimed);
        blobs::some_go(&mut flight, record, &some);
        work.write(flight).await?;
    }
}

/// The log. The note that stays in its place is written first, so that at no time it looks as if entries were missing.
async fn log(work: &mut Work<'_>, claimed: Claimed, record: RecordId, by: PersonId) -> Result<(), Stop> {
    let words = audit::last_words(work.domain, record, by).await?;
    let mut flight = work.flight(claimed);
    words.note(&mut flight);
    work.write(flight).await?;
    work.all(claimed, &audit::GO_WITH_RECORD).await
}

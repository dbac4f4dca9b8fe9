//! The pieces of which erasing is made.

use keepwell_store::{Answers, Query, Refusal, WriteFlight, params};
use uuid::Uuid;

use super::LEASE;
use super::store::{HOLD, HOLD_RECORD};
use crate::ids::{PersonId, RecordId};
use crate::{Domain, Outage};

/// Rows removed in one flight.
pub(super) const PIECE: u32 = 200;

/// Why erasing stops for now.
#[derive(Clone, Debug)]
pub(super) enum Stop {
    /// Somebody else erases it, or the person came back.
    Lost,
    /// The record changed since it was read.
    Changed,
    /// That was enough for one go.
    Enough,
    /// The store could not do it.
    Outage(Outage),
}

impl From<Outage> for Stop {
    fn from(outage: Outage) -> Self {
        Self::Outage(outage)
    }
}

/// What is being erased, and the claim on it.
#[derive(Clone, Copy)]
pub(super) enum Claimed {
    Account(PersonId, Uuid),
    Record(RecordId, Uuid),
}

impl Claimed {
    fn id(self) -> Uuid {
        match self {
            Self::Account(person, _) => person.0,
            Self::Record(record, _) => record.0,
        }
    }
}

/// The work of one go.
pub(super) struct Work<'d> {
    pub(super) domain: &'d Domain,
    /// Pieces that are left of it.
    pub(super) left: u32,
}

impl Work<'_> {
    /// A flight that holds as long as the claim does, and prolongs it.
    pub(super) fn flight(&self, claimed: Claimed) -> WriteFlight<Stop> {
        let mut flight = WriteFlight::new();
        let until = self.domain.env.now() + LEASE;
        match claimed {
            Claimed::Account(person, claim) => flight.run(HOLD, params![person, claim, until]),
            Claimed::Record(record, claim) => flight.run(HOLD_RECORD, params![record, claim, until]),
        }
        .affects(1, Stop::Lost);
        flight
    }

    /// One piece.
    pub(super) async fn write(&mut self, flight: WriteFlight<Stop>) -> Result<Answers, Stop> {
        self.left = self.left.checked_sub(1).ok_or(Stop::Enough)?;
        self.domain.store.write(flight).await.map_err(Refusal::reason)
    }

    /// All rows that these statements find, some at a time.
    pub(super) async fn all(&mut self, claimed: Claimed, goes: &[Query<(Uuid,)>]) -> Result<(), Stop> {
        for query in goes {
            loop {
                let mut flight = self.flight(claimed);
                let gone = flight.ask(query, params![claimed.id(), PIECE]).slot();
                let gone = self.write(flight).await?.all(gone)?;
                if gone.len() < PIECE as usize {
                    break;
                }
            }
        }
        Ok(())
    }
}

//! A person answers the question: claim, work, confirm.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::find::standing;
use super::store::{BY_ID, CLAIM_ANSWER, WAS_RIGHT};
use super::{ConnectionId, Kind, PickupError, folded, told};
use crate::Domain;
use crate::ids::{AppId, PersonId};
use crate::notices::{self, Happened};
use crate::packages::{self, Unlocked};

/// What a person learns by the right answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Which.
    pub id: ConnectionId,
    /// Who asks.
    pub app: AppId,
    /// What it is.
    pub kind: Kind,
    /// Whose record the clinic means.
    pub friendly_name: String,
    /// What opens it, if it is a package.
    pub unlocked: Option<Unlocked>,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It is right.
    Right(Opened),
    /// It is wrong.
    Wrong {
        /// Answers that are left; with none it is locked for good.
        left: i64,
    },
}

/// Takes a person's answer. It counts before it is looked at, so that any number of answers at once are no
/// more tries than one after another; a right one is given back.
///
/// # Errors
/// `PickupError` when there is nothing to answer any more.
pub async fn answer(
    domain: &Domain,
    person: PersonId,
    id: ConnectionId,
    answer: &str,
) -> Result<Answered, PickupError> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&BY_ID, params![id]);
    let row = domain.store.read(flight).await?.first(slot)?.ok_or(PickupError::Unknown)?;
    standing(domain, &row, person)?;
    let most = domain.limits.wrong_answers;
    let mut flight = WriteFlight::new();
    let claim = flight.ask(&CLAIM_ANSWER, params![id, most, domain.env.now()]);
    let claim = claim.or(PickupError::Locked(row.app)).slot();
    let mut answers = domain.store.write(flight).await.map_err(Refusal::reason)?;
    let wrong = answers.first(claim)?.map_or(most, |(count,)| count);
    let kind = row.kind();
    let hash = row.answer_hash.clone().unwrap_or_default();
    let unlocked = match kind {
        Kind::Connect => domain.hasher.verify(&folded(answer), hash).await.then_some(None),
        Kind::Package => packages::unlock(domain, person, id, answer).await?.map(Some),
    };
    let Some(unlocked) = unlocked else {
        told(kind, if wrong < most { "wrong-answer" } else { "locked" });
        if wrong >= most {
            notices::tell(domain, person, Happened::Locked(row.app)).await?;
        }
        return Ok(Answered::Wrong { left: most - wrong });
    };
    let mut flight = WriteFlight::new();
    flight.run(WAS_RIGHT, params![id]).affects(1, PickupError::Unknown);
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(Answered::Right(Opened { id, app: row.app, kind, friendly_name: row.friendly_name, unlocked }))
}

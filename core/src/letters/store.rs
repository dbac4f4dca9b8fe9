use keepwell_store::{Query, Statement, row};
use uuid::Uuid;

row! {
    pub(super) struct ClaimedRow {
        pub(super) sealed: Vec<u8>,
        pub(super) created: i64,
        pub(super) tries: i64,
    }
}

pub(super) const INSERT: Statement = Statement::new(
    "INSERT INTO letter (letter_id, sealed, created, due, tries, claim) VALUES ($1, $2, $3, $3, 0, NULL)",
);
pub(super) const DUE: Query<(Uuid,)> =
    Query::new("SELECT letter_id FROM letter WHERE due <= $1 ORDER BY due, letter_id LIMIT $2");
/// The guard is on the row itself: of several who claim it, one finds it due.
pub(super) const CLAIM: Query<ClaimedRow> = Query::new(
    "UPDATE letter SET due = $2, claim = $3, tries = tries + 1 WHERE letter_id = $1 AND due <= $4 \
     RETURNING sealed, created, tries",
);
pub(super) const DROP: Statement = Statement::new("DELETE FROM letter WHERE letter_id = $1 AND claim = $2");
pub(super) const POSTPONE: Statement =
    Statement::new("UPDATE letter SET due = $3 WHERE letter_id = $1 AND claim = $2");
pub(super) const COUNT_GIVEN_UP: Statement = Statement::new(
    "INSERT INTO letter_given_up (day, letters) VALUES ($1, 1) \
     ON CONFLICT (day) DO UPDATE SET letters = letter_given_up.letters + 1",
);
pub(super) const WAITING: Query<(i64,)> = Query::new("SELECT count(*) FROM letter");
pub(super) const GIVEN_UP: Query<(i64,)> =
    Query::new("SELECT CAST(COALESCE(sum(letters), 0) AS bigint) FROM letter_given_up WHERE day >= $1");

/// Affects a row only while the allowance lasts.
pub(super) const SPEND: Statement = Statement::new(
    "INSERT INTO letter_allowance (subject, begins, ends, spent) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (subject, begins) DO UPDATE SET spent = letter_allowance.spent + $4 \
     WHERE letter_allowance.spent + $4 <= $5",
);
pub(super) const SWEEP: Statement = Statement::new("DELETE FROM letter_allowance WHERE ends <= $1");

pub(super) const SOME_WAITING: Query<(Uuid, Vec<u8>)> =
    Query::new("SELECT letter_id, sealed FROM letter WHERE letter_id > $1 ORDER BY letter_id LIMIT $2");
pub(super) const FORGET: Statement = Statement::new("DELETE FROM letter WHERE letter_id = $1");

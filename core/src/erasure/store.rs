use keepwell_store::{Query, Statement};

use crate::ids::{PersonId, RecordId};

pub(super) const CLOSE: Statement = Statement::new(
    "INSERT INTO closure (person_id, closed, erase_after, warned, begun, claim, claimed_until) \
     VALUES ($1, $2, $3, $4, NULL, NULL, 0)",
);
/// When it was closed, and when it will be erased; nothing once that has begun.
pub(super) const WAITING: Query<(i64, i64)> =
    Query::new("SELECT closed, erase_after FROM closure WHERE person_id = $1 AND begun IS NULL");
pub(super) const KEEP: Statement =
    Statement::new("DELETE FROM closure WHERE person_id = $1 AND begun IS NULL");

pub(super) const INSERT_RETURN: Statement =
    Statement::new("INSERT INTO closure_return (token_hash, person_id, expires) VALUES ($1, $2, $3)");
pub(super) const SWEEP_RETURNS: Statement = Statement::new("DELETE FROM closure_return WHERE expires <= $1");
pub(super) const FIND_RETURN: Query<(PersonId,)> =
    Query::new("SELECT person_id FROM closure_return WHERE token_hash = $1 AND expires > $2");
pub(super) const DROP_RETURNS: Statement = Statement::new("DELETE FROM closure_return WHERE person_id = $1");

/// Whose time is nearly over and who was not told.
pub(super) const TO_WARN: Query<(PersonId, i64)> = Query::new(
    "SELECT person_id, erase_after FROM closure WHERE erase_after <= $1 AND warned = FALSE AND begun IS NULL \
     ORDER BY erase_after, person_id LIMIT $2",
);
pub(super) const WARN: Statement = Statement::new(
    "UPDATE closure SET warned = TRUE WHERE person_id = $1 AND warned = FALSE AND begun IS NULL",
);

/// Whose time is over, and who is nobody's to erase now.
pub(super) const DUE: Query<(PersonId,)> = Query::new(
    "SELECT person_id FROM closure WHERE erase_after <= $1 AND claimed_until <= $1 \
     ORDER BY erase_after, person_id LIMIT $2",
);
/// Of several at once one gets it. From the first time on there is no way back.
pub(super) const CLAIM: Statement = Statement::new(
    "UPDATE closure SET begun = COALESCE(begun, $3), claim = $2, claimed_until = $4 \
     WHERE person_id = $1 AND erase_after <= $3 AND claimed_until <= $3",
);
pub(super) const HOLD: Statement =
    Statement::new("UPDATE closure SET claimed_until = $3 WHERE person_id = $1 AND claim = $2");
pub(super) const DONE: Statement = Statement::new("DELETE FROM closure WHERE person_id = $1 AND claim = $2");

pub(super) const CLOSE_RECORD: Statement = Statement::new(
    "INSERT INTO record_closure (record_id, person_id, closed, erase_after, state, begun, claim, claimed_until) \
     VALUES ($1, $2, $3, $4, $5, NULL, NULL, 0)",
);
/// With the account of its only custodian: now, also where it had more time.
pub(super) const CLOSE_RECORD_NOW: Statement = Statement::new(
    "INSERT INTO record_closure (record_id, person_id, closed, erase_after, state, begun, claim, claimed_until) \
     VALUES ($1, $2, $3, $3, 'deleted', NULL, NULL, 0) \
     ON CONFLICT (record_id) DO UPDATE SET erase_after = excluded.erase_after \
     WHERE record_closure.erase_after > excluded.erase_after",
);
/// Records that wait, with when they will be erased and how they stood.
pub(super) const RECORDS_WAITING: Query<(RecordId, i64, String)> = Query::new(
    "SELECT record_id, erase_after, state FROM record_closure WHERE person_id = $1 AND begun IS NULL \
     ORDER BY erase_after, record_id",
);
pub(super) const KEEP_RECORD: Statement =
    Statement::new("DELETE FROM record_closure WHERE record_id = $1 AND person_id = $2 AND begun IS NULL");
pub(super) const RECORDS_DUE: Query<(RecordId,)> = Query::new(
    "SELECT record_id FROM record_closure WHERE erase_after <= $1 AND claimed_until <= $1 \
     ORDER BY erase_after, record_id LIMIT $2",
);
pub(super) const CLAIM_RECORD: Query<(PersonId,)> = Query::new(
    "UPDATE record_closure SET begun = COALESCE(begun, $3), claim = $2, claimed_until = $4 \
     WHERE record_id = $1 AND erase_after <= $3 AND claimed_until <= $3 RETURNING person_id",
);
pub(super) const HOLD_RECORD: Statement =
    Statement::new("UPDATE record_closure SET claimed_until = $3 WHERE record_id = $1 AND claim = $2");
pub(super) const RECORD_DONE: Statement =
    Statement::new("DELETE FROM record_closure WHERE record_id = $1 AND claim = $2");

use keepwell_store::{Query, Statement, row};

row! {
    pub(super) struct FactorRow {
        pub(super) secret: Vec<u8>,
        pub(super) offered: i64,
        pub(super) on_since: Option<i64>,
    }
}

pub(super) const FIND: Query<FactorRow> =
    Query::new("SELECT secret, offered, on_since FROM second_factor WHERE person_id = $1");
/// What is on stays.
pub(super) const OFFER: Statement = Statement::new(
    "INSERT INTO second_factor (person_id, secret, offered, on_since, last_step) VALUES ($1, $2, $3, NULL, 0) \
     ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, offered = excluded.offered \
     WHERE second_factor.on_since IS NULL",
);
pub(super) const TURN_ON: Statement = Statement::new(
    "UPDATE second_factor SET on_since = $2, last_step = $3 \
     WHERE person_id = $1 AND on_since IS NULL AND secret = $4",
);
/// Of two who bring the same code, one is first.
pub(super) const USE_STEP: Statement = Statement::new(
    "UPDATE second_factor SET last_step = $2 WHERE person_id = $1 AND on_since IS NOT NULL AND last_step < $2",
);
/// So that nobody turns it off meanwhile.
pub(super) const HOLD: Statement = Statement::new(
    "UPDATE second_factor SET last_step = last_step WHERE person_id = $1 AND on_since IS NOT NULL",
);
pub(super) const DROP: Statement = Statement::new("DELETE FROM second_factor WHERE person_id = $1");

pub(super) const INSERT_CODE: Statement =
    Statement::new("INSERT INTO recovery_code (code_hash, person_id) VALUES ($1, $2)");
pub(super) const TAKE_CODE: Statement =
    Statement::new("DELETE FROM recovery_code WHERE code_hash = $1 AND person_id = $2");
pub(super) const DROP_CODES: Statement = Statement::new("DELETE FROM recovery_code WHERE person_id = $1");
pub(super) const CODES_LEFT: Query<(i64,)> =
    Query::new("SELECT count(*) FROM recovery_code WHERE person_id = $1");

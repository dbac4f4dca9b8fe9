use keepwell_store::{Query, Statement, row};
use uuid::Uuid;

use crate::ids::{AppId, ConnectionId, PersonId, RecordId};

row! {
    #[derive(Clone, Debug)]
    pub(super) struct ConnectionRow {
        pub(super) id: ConnectionId,
        pub(super) app: AppId,
        pub(super) kind: String,
        pub(super) external_id: String,
        pub(super) friendly_name: String,
        pub(super) question: String,
        pub(super) answer_hash: Option<String>,
        pub(super) wrong_answers: i64,
        pub(super) state: String,
        pub(super) created: i64,
        pub(super) expires: i64,
        pub(super) person: Option<PersonId>,
    }
}

row! {
    pub(super) struct AuthorizedRow {
        pub(super) app: AppId,
        pub(super) external_id: String,
        pub(super) person: Option<PersonId>,
        pub(super) record: Option<RecordId>,
    }
}

macro_rules! columns {
    () => {
        "SELECT connection_id, app_id, kind, external_id, friendly_name, question, answer_hash, wrong_answers, \
         state, created, expires, person_id FROM connection WHERE "
    };
}

pub(super) const BY_CODE: Query<ConnectionRow> = Query::new(concat!(columns!(), "code_hash = $1"));
pub(super) const BY_ID: Query<ConnectionRow> = Query::new(concat!(columns!(), "connection_id = $1"));
pub(super) const BY_LIVE_KEY: Query<ConnectionRow> = Query::new(concat!(columns!(), "live_key = $1"));

/// An external id is free again when its request has expired.
pub(super) const FREE_EXPIRED: Statement =
    Statement::new("UPDATE connection SET live_key = NULL WHERE live_key = $1 AND expires <= $2");
pub(super) const INSERT: Statement = Statement::new(
    "INSERT INTO connection (connection_id, code_hash, app_id, master_id, kind, external_id, friendly_name, question, \
     answer_hash, wrong_answers, state, created, expires, live_key, person_id, record_id, authorized_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11, $12, $13, NULL, NULL, NULL)",
);
pub(super) const AUTHORIZED: Query<AuthorizedRow> = Query::new(
    "SELECT app_id, external_id, person_id, record_id FROM connection \
     WHERE (app_id = $1 OR master_id = $1) AND kind = 'connect' AND state = 'authorized' AND expires > $2 \
     AND authorized_at >= $3 ORDER BY authorized_at, connection_id",
);
pub(super) const DELETE_PENDING: Statement =
    Statement::new("DELETE FROM connection WHERE connection_id = $1 AND state = 'pending'");
/// `$4` is what a connect request's key becomes; packages have none.
pub(super) const RENAME: Statement = Statement::new(
    "UPDATE connection SET external_id = $2, live_key = CASE WHEN kind = 'connect' THEN $3 ELSE NULL END \
     WHERE connection_id = $1",
);
pub(super) const RENAME_PACKAGES: Statement = Statement::new(
    "UPDATE connection SET external_id = $3 WHERE app_id = $1 AND external_id = $2 AND kind = 'package' \
     AND expires > $4",
);
/// Counts an answer before anybody looks whether it is right: of any number at once, three get through.
pub(super) const CLAIM_ANSWER: Query<(i64,)> = Query::new(
    "UPDATE connection SET wrong_answers = wrong_answers + 1 \
     WHERE connection_id = $1 AND wrong_answers < $2 AND expires > $3 AND state IN ('pending', 'authorized') \
     RETURNING wrong_answers",
);
pub(super) const WAS_RIGHT: Statement =
    Statement::new("UPDATE connection SET wrong_answers = wrong_answers - 1 WHERE connection_id = $1");
pub(super) const AUTHORIZE: Statement = Statement::new(
    "UPDATE connection SET state = 'authorized', person_id = $2, record_id = $3, authorized_at = $4, expires = $5 \
     WHERE connection_id = $1 AND kind = 'connect' AND state IN ('pending', 'authorized') AND expires > $4 \
     AND app_id = $6 AND (person_id = $2 OR person_id IS NULL)",
);
/// The code was told before; now what belongs to it has come.
pub(super) const FILL: Statement = Statement::new(
    "UPDATE connection SET state = 'pending', friendly_name = $2, question = $3, external_id = $4, created = $5, \
     expires = $6 WHERE connection_id = $1 AND kind = 'package' AND state = 'allocated' AND expires > $5",
);
/// Of any number at once one comes through. What the sender said of the person goes with it.
pub(super) const TAKE: Statement = Statement::new(
    "UPDATE connection SET state = 'picked-up', friendly_name = '', question = '', external_id = '' \
     WHERE connection_id = $1 AND kind = 'package' AND state = 'pending' AND expires > $2",
);
pub(super) const PACKAGES_OF: Query<ConnectionRow> =
    Query::new(concat!(columns!(), "app_id = $1 AND external_id = $2 AND kind = 'package'"));
pub(super) const DELETE_PACKAGE: Statement = Statement::new(
    "DELETE FROM connection WHERE connection_id = $1 AND kind = 'package' AND state IN ('allocated', 'pending')",
);
pub(super) const SWEEP: Statement = Statement::new("DELETE FROM connection WHERE expires <= $1");

pub(super) const TRIES: Query<(i64, i64)> =
    Query::new("SELECT misses, last_at FROM connection_miss WHERE who = $1");
pub(super) const FIRST_TRY: Statement =
    Statement::new("INSERT INTO connection_miss (who, misses, last_at) VALUES ($1, 1, $2)");
/// Guarded on what was read, so that of many at once one is counted and the others look again.
pub(super) const TRY: Statement = Statement::new(
    "UPDATE connection_miss SET misses = $4, last_at = $5 WHERE who = $1 AND misses = $2 AND last_at = $3",
);
pub(super) const NO_TRY: Statement =
    Statement::new("UPDATE connection_miss SET misses = misses - 1 WHERE who = $1 AND misses > 0");
/// A code that opens an account does so once.
pub(super) const OPEN_ACCOUNT: Statement = Statement::new(
    "UPDATE connection SET opened_account_at = $2 WHERE code_hash = $1 AND opened_account_at IS NULL \
     AND state IN ('allocated', 'pending') AND expires > $2",
);
pub(super) const SWEEP_MISSES: Statement = Statement::new("DELETE FROM connection_miss WHERE last_at < $1");

/// What goes with a record that is erased, so many rows (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_RECORD: [Query<(Uuid,)>; 1] = [Query::new(
    "DELETE FROM connection WHERE record_id = $1 AND connection_id IN \
         (SELECT connection_id FROM connection WHERE record_id = $1 LIMIT $2) RETURNING connection_id",
)];

/// What goes with a person who is erased, so many rows (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_PERSON: [Query<(Uuid,)>; 1] = [Query::new(
    "DELETE FROM connection WHERE person_id = $1 AND connection_id IN \
         (SELECT connection_id FROM connection WHERE person_id = $1 LIMIT $2) RETURNING connection_id",
)];

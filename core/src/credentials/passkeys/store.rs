use keepwell_store::{Query, Statement, row};
use uuid::Uuid;

use crate::ids::PersonId;

row! {
    pub(super) struct Row {
        pub(super) id: Uuid,
        pub(super) name: String,
        pub(super) document: String,
        pub(super) created: i64,
        pub(super) last_used: Option<i64>,
    }
}

pub(super) const INSERT: Statement = Statement::new(
    "INSERT INTO passkey (credential_id, passkey_id, person_id, name, document, created) \
     VALUES ($1, $2, $3, $4, $5, $6)",
);
pub(super) const FIND: Query<(PersonId, String)> =
    Query::new("SELECT person_id, document FROM passkey WHERE credential_id = $1");
pub(super) const OF_PERSON: Query<Row> = Query::new(
    "SELECT passkey_id, name, document, created, last_used FROM passkey \
     WHERE person_id = $1 ORDER BY created, passkey_id",
);
/// The document is named: of two sign-ins at once, the second is decided on the counter of the first.
pub(super) const USED: Statement = Statement::new(
    "UPDATE passkey SET document = $3, last_used = $4 WHERE credential_id = $1 AND document = $2",
);
pub(super) const RENAME: Statement =
    Statement::new("UPDATE passkey SET name = $3 WHERE person_id = $1 AND passkey_id = $2");
/// All that a person has.
pub(super) const ERASE: Statement = Statement::new("DELETE FROM passkey WHERE person_id = $1");
pub(super) const REMOVE: Statement =
    Statement::new("DELETE FROM passkey WHERE person_id = $1 AND passkey_id = $2");

pub(super) const ONE_MORE: Statement =
    Statement::new("UPDATE login SET passkeys = passkeys + 1 WHERE person_id = $1 AND passkeys < $2");
pub(super) const ONE_FEWER: Statement = Statement::new(
    "UPDATE login SET passkeys = passkeys - 1 WHERE person_id = $1 AND (passkeys > 1 OR password <> '')",
);

pub(super) const BEGIN: Statement = Statement::new(
    "INSERT INTO passkey_ceremony (browser, document, expires) VALUES ($1, $2, $3) \
     ON CONFLICT (browser) DO UPDATE SET document = excluded.document, expires = excluded.expires",
);
pub(super) const TAKE: Query<(String, i64)> =
    Query::new("DELETE FROM passkey_ceremony WHERE browser = $1 RETURNING document, expires");
pub(super) const SWEEP: Statement = Statement::new("DELETE FROM passkey_ceremony WHERE expires <= $1");

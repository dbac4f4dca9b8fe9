use keepwell_store::{Query, Statement, row};
use uuid::Uuid;

use crate::ids::AppId;

row! {
    pub(super) struct Row {
        pub(super) id: AppId,
        pub(super) state: String,
        pub(super) revision: i64,
        pub(super) document: String,
        /// Of an installation on a device: the document of what is installed.
        pub(super) master: Option<String>,
        pub(super) created: i64,
        pub(super) updated: i64,
    }
}

// An installation on a device stands no better than what is installed, and changes with it.
pub(super) const FIND: Query<Row> = Query::new(
    "SELECT a.app_id, CASE WHEN m.app_id IS NULL OR m.state = 'active' THEN a.state ELSE m.state END, \
     a.revision + COALESCE(m.revision, 0), a.document, m.document, a.created, a.updated \
     FROM application a LEFT JOIN application m ON m.app_id = a.master_id WHERE a.app_id = $1",
);
pub(super) const ALL: Query<Row> = Query::new(
    "SELECT app_id, state, revision, document, NULL, created, updated FROM application \
     WHERE master_id IS NULL ORDER BY app_id",
);
pub(super) const INSERT: Statement = Statement::new(
    "INSERT INTO application (app_id, state, revision, document, created, updated) \
     VALUES ($1, $2, $3, $4, $5, $6)",
);
pub(super) const INSERT_ON_DEVICE: Statement = Statement::new(
    "INSERT INTO application (app_id, state, revision, document, created, updated, master_id) \
     VALUES ($1, $2, 1, $3, $4, $4, $5)",
);
pub(super) const REMOVE_FROM_DEVICE: Statement = Statement::new(
    "UPDATE application SET state = 'removed', updated = $2, revision = revision + 1 \
     WHERE app_id = $1 AND master_id IS NOT NULL",
);
pub(super) const SWEEP_REFUSED: Statement = Statement::new(
    "DELETE FROM application WHERE state = 'refused' AND master_id IS NOT NULL AND created < $1",
);
pub(super) const DROP_SECRET: Statement = Statement::new("DELETE FROM application_secret WHERE app_id = $1");
pub(super) const REPLACE: Statement = Statement::new(
    "UPDATE application SET document = $2, updated = $3, revision = revision + 1 \
     WHERE app_id = $1 AND master_id IS NULL",
);
// What a person refused or cut off is over for good.
pub(super) const SET_STATE: Statement = Statement::new(
    "UPDATE application SET state = $2, updated = $3, revision = revision + 1 \
     WHERE app_id = $1 AND state IN ('active', 'suspended')",
);
pub(super) const INSERT_CERTIFICATE: Statement = Statement::new(
    "INSERT INTO application_certificate (app_id, thumbprint, der, created) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (app_id, thumbprint) DO NOTHING",
);
pub(super) const DROP_CERTIFICATES: Statement =
    Statement::new("DELETE FROM application_certificate WHERE app_id = $1");
pub(super) const CERTIFICATE: Query<(Vec<u8>,)> =
    Query::new("SELECT der FROM application_certificate WHERE app_id = $1 AND thumbprint = $2");
pub(super) const CERTIFICATES: Query<(String,)> = Query::new(
    "SELECT thumbprint FROM application_certificate WHERE app_id = $1 ORDER BY created, thumbprint",
);
pub(super) const PUT_SECRET: Statement = Statement::new(
    "INSERT INTO application_secret (app_id, secret, created) VALUES ($1, $2, $3) \
     ON CONFLICT (app_id) DO UPDATE SET secret = excluded.secret, created = excluded.created",
);
pub(super) const SECRET: Query<(Vec<u8>,)> =
    Query::new("SELECT secret FROM application_secret WHERE app_id = $1");
pub(super) const TOUCH: Statement =
    Statement::new("UPDATE application SET revision = revision + 1, updated = $2 WHERE app_id = $1");
pub(super) const REPLACE_AT: Statement = Statement::new(
    "UPDATE application SET document = $2, updated = $3, revision = revision + 1 \
     WHERE app_id = $1 AND revision = $4 AND master_id IS NULL",
);
pub(super) const ADMIT: Statement = Statement::new(
    "INSERT INTO application_admission (app_id, person_id, created) VALUES ($1, $2, $3) \
     ON CONFLICT (app_id, person_id) DO NOTHING",
);
pub(super) const IS_ADMITTED: Query<(i64,)> =
    Query::new("SELECT created FROM application_admission WHERE app_id = $1 AND person_id = $2");

/// What goes with a person who is erased, so many rows (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_PERSON: [Query<(Uuid,)>; 1] = [Query::new(
    "DELETE FROM application_admission WHERE person_id = $1 AND app_id IN \
         (SELECT app_id FROM application_admission WHERE person_id = $1 LIMIT $2) RETURNING person_id",
)];
/// An installation on a device that says nothing any more; its id stays taken.
pub(super) const BLANK_ON_DEVICE: Statement = Statement::new(
    "UPDATE application SET state = 'removed', document = $2, updated = $3, revision = revision + 1 \
     WHERE app_id = $1 AND master_id IS NOT NULL",
);

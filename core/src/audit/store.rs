use keepwell_store::{Query, Statement};

use crate::ids::{AppId, PersonId};

pub(super) const INSERT: Statement = Statement::new(
    "INSERT INTO audit_entry (record_id, entry_id, at, person_id, app_id, action, avenue, body, digest) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);

type Latest = (i64, PersonId, Option<AppId>, String, String, Option<String>);

pub(super) const LATEST: Query<Latest> = Query::new(
    "SELECT at, person_id, app_id, action, avenue, body FROM audit_entry \
     WHERE record_id = $1 ORDER BY entry_id DESC LIMIT $2",
);

use keepwell_store::{Query, Statement, row};

use crate::ids::{AppId, PersonId};

row! {
    pub(super) struct Row {
        pub(super) app: AppId,
        pub(super) master: AppId,
        pub(super) name: String,
        pub(super) created: i64,
        pub(super) last_used: Option<i64>,
        pub(super) two_places_at: Option<i64>,
    }
}

row! {
    pub(super) struct UseRow {
        pub(super) last_used: Option<i64>,
        pub(super) from: Option<Vec<u8>>,
        pub(super) before_from: Option<Vec<u8>>,
        pub(super) before_at: Option<i64>,
        pub(super) two_places_at: Option<i64>,
    }
}

pub(super) const INSERT: Statement = Statement::new(
    "INSERT INTO installation (app_id, master_id, person_id, name, created) VALUES ($1, $2, $3, $4, $5)",
);
pub(super) const ONE_MORE: Statement = Statement::new(
    "INSERT INTO installation_count (person_id, live) VALUES ($1, 1) \
     ON CONFLICT (person_id) DO UPDATE SET live = installation_count.live + 1 \
     WHERE installation_count.live < $2",
);
pub(super) const FEWER: Statement =
    Statement::new("UPDATE installation_count SET live = live - $2 WHERE person_id = $1");
pub(super) const LIVE: Query<(i64,)> = Query::new("SELECT live FROM installation_count WHERE person_id = $1");
pub(super) const OWNER: Query<(PersonId,)> =
    Query::new("SELECT person_id FROM installation WHERE app_id = $1 AND removed IS NULL");
pub(super) const OF_PERSON: Query<Row> = Query::new(
    "SELECT app_id, master_id, name, created, last_used, two_places_at FROM installation \
     WHERE person_id = $1 AND removed IS NULL ORDER BY created DESC, app_id",
);
pub(super) const COUNT_OF: Query<(i64,)> =
    Query::new("SELECT COUNT(*) FROM installation WHERE master_id = $1 AND removed IS NULL");
pub(super) const REMOVE: Statement = Statement::new(
    "UPDATE installation SET removed = $3 WHERE app_id = $1 AND person_id = $2 AND removed IS NULL",
);
pub(super) const USE: Query<UseRow> = Query::new(
    "SELECT last_used, used_from, used_before_from, used_before_at, two_places_at FROM installation \
     WHERE app_id = $1",
);
pub(super) const USED: Statement = Statement::new(
    "UPDATE installation SET last_used = $2, used_from = $3, used_before_from = $4, used_before_at = $5, \
     two_places_at = $6 WHERE app_id = $1",
);
pub(super) const FAILURES: Query<(i64, i64)> =
    Query::new("SELECT failures, last_at FROM installation_failure WHERE who = $1");
pub(super) const FAILED: Statement = Statement::new(
    "INSERT INTO installation_failure (who, failures, last_at) VALUES ($1, 1, $2) \
     ON CONFLICT (who) DO UPDATE SET last_at = $2, failures = \
     CASE WHEN installation_failure.last_at < $3 THEN 1 ELSE installation_failure.failures + 1 END",
);
pub(super) const SWEEP_FAILURES: Statement =
    Statement::new("DELETE FROM installation_failure WHERE last_at < $1");
/// Those that were cut off too.
pub(super) const SOME_OF_PERSON: Query<(AppId, AppId)> =
    Query::new("SELECT app_id, master_id FROM installation WHERE person_id = $1 ORDER BY app_id LIMIT $2");
pub(super) const DROP: Statement = Statement::new("DELETE FROM installation WHERE app_id = $1");
pub(super) const DROP_COUNT: Statement =
    Statement::new("DELETE FROM installation_count WHERE person_id = $1");

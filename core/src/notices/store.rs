use keepwell_store::{Query, Statement};
use uuid::Uuid;

use crate::ids::{AppId, RecordId};

pub(super) const INSERT: Statement = Statement::new(
    "INSERT INTO notice (person_id, notice_id, at, kind, app_id, record_id) VALUES ($1, $2, $3, $4, $5, $6)",
);
pub(super) type Row = (Uuid, i64, String, Option<AppId>, Option<RecordId>);
/// Ids are in the order of time.
pub(super) const OF: Query<Row> = Query::new(
    "SELECT notice_id, at, kind, app_id, record_id FROM notice WHERE person_id = $1 ORDER BY notice_id DESC LIMIT $2",
);
pub(super) const DISMISS: Statement =
    Statement::new("DELETE FROM notice WHERE person_id = $1 AND notice_id = $2");
pub(super) const SWEEP: Statement = Statement::new("DELETE FROM notice WHERE at < $1");

use keepwell_store::{Query, Statement};
use uuid::Uuid;

use crate::ids::{AppId, RecordId};

pub(super) const INSERT: Statement = Statement::new(
    "INSERT INTO notice (person_id, notice_id, at, kind, app_id, record_id, detail) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)",
);
pub(super) type Row = (Uuid, i64, String, Option<AppId>, Option<RecordId>, Option<String>);
/// Ids are in the order of time.
pub(super) const OF: Query<Row> = Query::new(
    "SELECT notice_id, at, kind, app_id, record_id, detail FROM notice WHERE person_id = $1 \
     ORDER BY notice_id DESC LIMIT $2",
);
pub(super) const DISMISS: Statement =
    Statement::new("DELETE FROM notice WHERE person_id = $1 AND notice_id = $2");
pub(super) const SWEEP: Statement = Statement::new("DELETE FROM notice WHERE at < $1");

/// What goes with a record that is erased, so many rows (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_RECORD: [Query<(Uuid,)>; 1] = [Query::new(
    "DELETE FROM notice WHERE record_id = $1 AND (person_id, notice_id) IN \
         (SELECT person_id, notice_id FROM notice WHERE record_id = $1 LIMIT $2) RETURNING person_id",
)];

/// What goes with a person who is erased, so many rows (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_PERSON: [Query<(Uuid,)>; 1] = [Query::new(
    "DELETE FROM notice WHERE person_id = $1 AND notice_id IN \
         (SELECT notice_id FROM notice WHERE person_id = $1 LIMIT $2) RETURNING person_id",
)];

use keepwell_store::{Query, Statement};
use uuid::Uuid;

pub(super) const FIND: Query<(String,)> =
    Query::new("SELECT document FROM app_settings WHERE app_id = $1 AND person_id = $2");
pub(super) const PUT: Statement = Statement::new(
    "INSERT INTO app_settings (app_id, person_id, document, updated) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (app_id, person_id) DO UPDATE SET document = excluded.document, updated = excluded.updated",
);
pub(super) const CLEAR: Statement =
    Statement::new("DELETE FROM app_settings WHERE app_id = $1 AND person_id = $2");

/// What goes with a person who is erased, so many rows (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_PERSON: [Query<(Uuid,)>; 1] = [Query::new(
    "DELETE FROM app_settings WHERE person_id = $1 AND app_id IN \
         (SELECT app_id FROM app_settings WHERE person_id = $1 LIMIT $2) RETURNING person_id",
)];

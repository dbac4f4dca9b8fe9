use keepwell_store::{Query, Statement};

pub(super) const FIND: Query<(String,)> =
    Query::new("SELECT document FROM app_settings WHERE app_id = $1 AND person_id = $2");
pub(super) const PUT: Statement = Statement::new(
    "INSERT INTO app_settings (app_id, person_id, document, updated) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (app_id, person_id) DO UPDATE SET document = excluded.document, updated = excluded.updated",
);
pub(super) const CLEAR: Statement =
    Statement::new("DELETE FROM app_settings WHERE app_id = $1 AND person_id = $2");

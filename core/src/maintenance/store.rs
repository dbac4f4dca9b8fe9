use keepwell_store::{Query, Statement};

pub(super) const BEGIN: Statement = Statement::new(
    "INSERT INTO maintenance (only_row, since, message) VALUES (TRUE, $1, $2) \
     ON CONFLICT (only_row) DO UPDATE SET message = excluded.message",
);
pub(super) const END: Statement = Statement::new("DELETE FROM maintenance WHERE only_row = TRUE");
pub(super) const CURRENT: Query<(i64, String)> =
    Query::new("SELECT since, message FROM maintenance WHERE only_row = TRUE");

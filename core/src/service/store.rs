use keepwell_store::{Query, Statement};

pub(super) const FIND: Query<(Vec<u8>, i64)> =
    Query::new("SELECT digest, since FROM service_definition WHERE only_row = TRUE");
pub(super) const PUT: Statement = Statement::new(
    "INSERT INTO service_definition (only_row, digest, since) VALUES (TRUE, $1, $2) \
     ON CONFLICT (only_row) DO UPDATE SET digest = excluded.digest, since = excluded.since",
);

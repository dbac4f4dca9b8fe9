use keepwell_store::{Query, Statement};

pub(super) const INSERT: Statement = Statement::new(
    "INSERT INTO visit (token_hash, document, created, expires, finished) VALUES ($1, $2, $3, $4, FALSE)",
);
pub(super) const SWEEP: Statement = Statement::new("DELETE FROM visit WHERE expires <= $1");
pub(super) const FIND: Query<(String,)> =
    Query::new("SELECT document FROM visit WHERE token_hash = $1 AND expires > $2 AND finished = FALSE");
pub(super) const UPDATE: Statement = Statement::new(
    "UPDATE visit SET document = $2 WHERE token_hash = $1 AND expires > $3 AND finished = FALSE",
);
pub(super) const FINISH: Statement = Statement::new(
    "UPDATE visit SET finished = TRUE WHERE token_hash = $1 AND expires > $2 AND finished = FALSE",
);

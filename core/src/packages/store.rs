use keepwell_store::{Query, Statement};

pub(super) const INSERT: Statement =
    Statement::new("INSERT INTO package (connection_id, sealed, uploads, expires) VALUES ($1, $2, $3, $4)");
pub(super) const FIND: Query<(Vec<u8>, String)> =
    Query::new("SELECT sealed, uploads FROM package WHERE connection_id = $1 AND expires > $2");
pub(super) const UPLOADS: Query<(String,)> =
    Query::new("SELECT uploads FROM package WHERE connection_id = $1");
pub(super) const DELETE: Statement = Statement::new("DELETE FROM package WHERE connection_id = $1");
pub(super) const SWEEP: Statement = Statement::new("DELETE FROM package WHERE expires <= $1");

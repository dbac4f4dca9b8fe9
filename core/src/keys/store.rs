use keepwell_store::{Query, Statement};

pub(super) const MARKS: Query<(Vec<u8>,)> = Query::new("SELECT mark FROM server_key");
/// Only the first mark is kept, whoever comes first.
pub(super) const FIRST: Statement =
    Statement::new("INSERT INTO server_key (mark) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM server_key)");

use keepwell_store::{Query, Statement};

use crate::ids::PersonId;

pub(super) const INSERT: Statement = Statement::new(
    "INSERT INTO operator (person_id, created) VALUES ($1, $2) ON CONFLICT (person_id) DO NOTHING",
);
pub(super) const ALL: Query<(PersonId,)> = Query::new("SELECT person_id FROM operator ORDER BY created");
pub(super) const DROP: Statement = Statement::new("DELETE FROM operator WHERE person_id = $1");

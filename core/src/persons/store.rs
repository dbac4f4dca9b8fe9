use keepwell_store::{Query, Statement, row};

use crate::ids::PersonId;

row! {
    #[derive(Debug)]
    pub(crate) struct PersonRow {
        pub(crate) id: PersonId,
        pub(crate) name: String,
        pub(crate) email: String,
        pub(crate) language: String,
        pub(crate) country: String,
        pub(crate) state: String,
        pub(crate) created: i64,
        pub(crate) email_validated: bool,
    }
}

pub(super) const FIND: Query<PersonRow> = Query::new(
    "SELECT person_id, name, email, language, country, state, created, email_validated FROM person \
     WHERE person_id = $1",
);

pub(super) const INSERT: Statement = Statement::new(
    "INSERT INTO person (person_id, name, email, language, country, state, created, email_validated) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, FALSE)",
);

/// What the person closed is theirs to open again, and nobody else's.
pub(super) const SET_STATE: Query<(PersonId,)> = Query::new(
    "UPDATE person SET state = $2 WHERE person_id = $1 AND state IN ('active', 'suspended') RETURNING person_id",
);
pub(super) const SET_LANGUAGE: Statement =
    Statement::new("UPDATE person SET language = $2 WHERE person_id = $1");
/// From a state that is expected to another.
pub(super) const MOVE_STATE: Statement =
    Statement::new("UPDATE person SET state = $3 WHERE person_id = $1 AND state IN $2[]");
pub(super) const SET_EMAIL: Statement = Statement::new(
    "UPDATE person SET email = $2, email_validated = TRUE WHERE person_id = $1 AND state <> 'erasing'",
);
pub(super) const ERASE: Statement =
    Statement::new("DELETE FROM person WHERE person_id = $1 AND state = 'erasing'");
/// The address is named: one that the person has changed in the meantime is not the one that was proved.
pub(super) const VALIDATE: Statement =
    Statement::new("UPDATE person SET email_validated = TRUE WHERE person_id = $1 AND email = $2");

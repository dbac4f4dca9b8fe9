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

pub(super) const SET_STATE: Query<(PersonId,)> =
    Query::new("UPDATE person SET state = $2 WHERE person_id = $1 RETURNING person_id");
pub(super) const SET_LANGUAGE: Statement =
    Statement::new("UPDATE person SET language = $2 WHERE person_id = $1");
/// The address is named: one that the person has changed in the meantime is not the one that was proved.
pub(super) const VALIDATE: Statement =
    Statement::new("UPDATE person SET email_validated = TRUE WHERE person_id = $1 AND email = $2");

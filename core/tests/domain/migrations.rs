//! The schema goes on from where a database stands.

use keepwell_core::MIGRATIONS;
use keepwell_store::testing::{TestEngine, fresh};
use keepwell_store::{Query, ReadFlight, Statement, Store, WriteFlight, params};

const OLD_PERSON: Statement = Statement::new(
    "INSERT INTO person (person_id, name, email, language, country, state, created) \
     VALUES ($1, 'Ada', 'ada@example.org', 'en', 'US', 'active', 1)",
);
const OLD_RESET: Statement =
    Statement::new("INSERT INTO password_reset (token_hash, login_name, expires) VALUES ($1, 'ada', 1)");
const PERSON: Query<(String, bool)> = Query::new("SELECT name, email_validated FROM person");
const RESET: Query<(bool,)> = Query::new("SELECT by_letter FROM password_reset");

async fn a_person_of_before(engine: TestEngine) {
    let Some((settings, _kept)) = fresh(engine) else { return };
    {
        let steps = MIGRATIONS.iter().position(|step| step.name == "validated e-mail").expect("the step");
        let before = Store::open(&settings, &MIGRATIONS[..steps]).await.expect("the old schema");
        let mut flight = WriteFlight::<()>::new();
        flight.run(OLD_PERSON, params![uuid::Uuid::from_u128(1)]);
        flight.run(OLD_RESET, params![&[1_u8; 32]]);
        before.write(flight).await.expect("written");
    }
    let after = Store::open(&settings, MIGRATIONS).await.expect("the new schema");
    let mut flight = ReadFlight::new();
    let (person, reset) = (flight.ask(&PERSON, params![]), flight.ask(&RESET, params![]));
    let mut answers = after.read(flight).await.expect("read");
    assert_eq!(answers.one(person), Ok(("Ada".to_owned(), false)));
    assert_eq!(answers.one(reset), Ok((false,)));
}

#[tokio::test]
async fn persons_of_before_have_not_confirmed_their_address_on_sqlite() {
    a_person_of_before(TestEngine::Sqlite).await;
}

#[tokio::test]
async fn persons_of_before_have_not_confirmed_their_address_on_postgres() {
    a_person_of_before(TestEngine::Postgres).await;
}

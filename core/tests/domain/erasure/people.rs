//! People whose accounts are closed, and the letters that they get.

use keepwell_core::Domain;
use keepwell_core::erasure::{self, Event, PIECES, Swept};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::letters::Letter;
use keepwell_core::persons::{self, Person};
use keepwell_store::params;
use keepwell_testkit::World;

use crate::erasure::left::tamper;

pub fn letter(person: &Person, event: &Event) -> Letter {
    Letter::from_server(&person.email, format!("{event:?}"), "A letter")
}

pub async fn person(domain: &Domain, id: PersonId) -> Person {
    persons::find(domain, id).await.unwrap().unwrap()
}

pub async fn close(domain: &Domain, id: PersonId) -> i64 {
    let person = person(domain, id).await;
    let write = |at: i64| Letter::from_server(&person.email, format!("Closed({at})"), "A letter");
    erasure::close(domain, &person, write).await.unwrap()
}

pub async fn sweep(domain: &Domain) -> Swept {
    erasure::sweep(domain, &letter, PIECES).await.unwrap()
}

/// The subjects of letters so far, with whom they went to.
pub async fn letters(world: &World) -> Vec<(String, String)> {
    let letters = world.letters().await.into_iter();
    letters.map(|letter| (letter.to[0].address.clone(), letter.subject)).collect()
}

/// The person keeps a record too, as somebody shared it with them.
pub async fn share(world: &World, record: RecordId, with: PersonId, custodian: bool) {
    let never = keepwell_core::env::NEVER;
    tamper(
        world,
        "INSERT INTO record_person (record_id, person_id, custodian, relationship, display_name, expires, \
         created, updated) VALUES ($1, $2, $3, 99, 'Shared', $4, 1, 1)",
        params![record, with, custodian, never],
    )
    .await;
    tamper(
        world,
        "INSERT INTO person_record (person_id, record_id, created) VALUES ($1, $2, 1)",
        params![with, record],
    )
    .await;
}

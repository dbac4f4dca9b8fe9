//! The records that Ada keeps beside her own.

use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::records::{NewRecord, Relationship, create};
use keepwell_testkit::World;

/// Names that must be escaped, and what they are to her.
const MEMBERS: [(&str, Relationship); 2] =
    [("Cleo & co <small>", Relationship::Child), ("Maman Zoé", Relationship::Parent)];

/// Makes their records.
pub async fn records(world: &World, ada: PersonId) -> Vec<RecordId> {
    let mut records = Vec::new();
    for (name, relationship) in MEMBERS {
        let new = NewRecord { name: name.to_owned(), relationship, country: "US".to_owned() };
        records.push(create(&world.domain, ada, new).await.expect("a record"));
    }
    records
}

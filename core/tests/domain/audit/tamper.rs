//! Somebody with the database in their hands, and no key.

use keepwell_core::audit::{self, Fault, Head, Report};
use keepwell_core::ids::RecordId;
use keepwell_core::{Domain, MIGRATIONS};
use keepwell_store::{Query, ReadFlight, Statement, Store, Value, WriteFlight, params};
use keepwell_testkit::World;
use uuid::Uuid;

pub const ENTRIES: Query<(Uuid, Option<i64>, Option<Vec<u8>>)> =
    Query::new("SELECT entry_id, sequence, seal FROM audit_entry WHERE record_id = $1 ORDER BY entry_id");

/// Does this to the database behind the server's back.
pub async fn tamper(world: &World, statement: &'static str, params: Vec<Value>) {
    let mut flight = WriteFlight::<()>::new();
    flight.run(Statement::new(statement), params);
    store(world).await.write(flight).await.expect("tampered");
}

pub async fn store(world: &World) -> Store {
    let settings = keepwell_store::Settings { beside: true, ..world.settings().clone() };
    Store::open(&settings, MIGRATIONS).await.expect("a store")
}

/// The entries of a record in the order of their ids.
pub async fn entries(world: &World, record: RecordId) -> Vec<(Uuid, Option<i64>, Option<Vec<u8>>)> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&ENTRIES, params![record]);
    store(world).await.read(flight).await.expect("read").all(slot).expect("rows")
}

/// A record whose log has six entries.
pub async fn six(world: &World) -> RecordId {
    six_of(world, "Ada").await
}

/// The same, of a person of this name.
pub async fn six_of(world: &World, name: &str) -> RecordId {
    let (person, record) = world.person(name).await;
    let caller = keepwell_core::authorizations::Caller::person(person);
    for day in 1..=5 {
        world.clock.advance(1_000_000);
        let put = keepwell_testkit::weight(70.0, day);
        keepwell_core::things::put(&world.domain, &caller, record, &[put]).await.expect("put");
    }
    let report = check(&world.domain, record).await;
    assert!(report.is_whole() && (report.checked, report.waiting) == (6, 0), "{report:?}");
    record
}

pub async fn check(domain: &Domain, record: RecordId) -> Report {
    audit::verify(domain, record, None).await.expect("verified")
}

pub async fn faults(world: &World, record: RecordId) -> Vec<Fault> {
    check(&world.domain, record).await.faults
}

pub async fn head(world: &World, record: RecordId) -> Head {
    let heads = audit::heads(&world.domain, None, 100).await.expect("heads");
    heads.into_iter().find(|head| head.record == record).expect("a head")
}

//! Many write at once: nothing is lost, and who follows a record sees every call once and in order.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use keepwell_core::Domain;
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::{RecordId, ThingId};
use keepwell_core::records::{self, NewRecord, Relationship};
use keepwell_core::things::{self, Group, ThingError};
use keepwell_testkit::{World, on_both_engines, weight};

const WRITERS: u32 = 1_000;

async fn put_one(domain: &Domain, caller: &Caller, record: RecordId, number: u32) -> ThingId {
    let thing = weight(40.0 + f64::from(number) / 10.0, 1 + number % 60);
    loop {
        match things::put(domain, caller, record, std::slice::from_ref(&thing)).await {
            Ok(keys) => return keys[0].id,
            // More wait than may; a client tries again.
            Err(ThingError::Outage(_) | ThingError::Changed) => tokio::task::yield_now().await,
            Err(other) => panic!("{other}"),
        }
    }
}

/// Follows the record until the writers are done. At each look the numbers go on without a gap, which
/// would be a call that is skipped for ever once it turns up.
async fn follow(domain: Domain, caller: Caller, record: RecordId, done: Arc<AtomicBool>) -> Vec<ThingId> {
    let (mut seen, mut things) = (0, Vec::new());
    loop {
        let last = done.load(Ordering::SeqCst);
        let (latest, steps) = things::operations(&domain, &caller, record, seen).await.expect("asked");
        let numbers: Vec<_> = steps.iter().map(|step| step.sequence).collect();
        assert_eq!(numbers, (seen + 1..=latest).collect::<Vec<_>>());
        things.extend(steps.into_iter().map(|step| step.thing));
        seen = latest;
        if last {
            return things;
        }
        tokio::task::yield_now().await;
    }
}

on_both_engines!(
    a_thousand_writers_to_one_record_lose_nothing_and_keep_the_order,
    |world: World| async move {
        let (ada, record) = world.person("Ada").await;
        let app = world.weight_app().await;
        world.allow(&app.app, ada, record).await;
        let caller = world.online(&app, ada);
        let done = Arc::new(AtomicBool::new(false));
        let follower = tokio::spawn(follow(world.domain.clone(), caller.clone(), record, done.clone()));
        let writers: Vec<_> = (0..WRITERS)
            .map(|number| {
                let (domain, caller) = (world.domain.clone(), caller.clone());
                tokio::spawn(async move { put_one(&domain, &caller, record, number).await })
            })
            .collect();
        let mut written = HashSet::new();
        for writer in writers {
            assert!(written.insert(writer.await.expect("written")));
        }
        done.store(true, Ordering::SeqCst);
        let followed = follower.await.expect("followed");
        assert_eq!(followed.len(), written.len(), "each once");
        assert_eq!(followed.into_iter().collect::<HashSet<_>>(), written);
        let (found, _) =
            things::get(&world.domain, &caller, record, &[Group::default()]).await.expect("asked");
        let found: HashSet<_> =
            found[0].full.iter().map(|t| t.key.id).chain(found[0].infos.iter().map(|t| t.key.id)).collect();
        assert_eq!(found, written);
    }
);

on_both_engines!(a_thousand_writers_to_a_thousand_records_do_not_meet, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let caller = Caller::person(ada);
    let writers: Vec<_> = (0..WRITERS)
        .map(|number| {
            let (domain, caller) = (world.domain.clone(), caller.clone());
            tokio::spawn(async move {
                let new = NewRecord {
                    name: format!("Record {number}"),
                    relationship: Relationship::Other,
                    country: "US".to_owned(),
                };
                let record = loop {
                    match records::create(&domain, ada, new.clone()).await {
                        Ok(record) => break record,
                        Err(records::RecordError::Outage(_)) => tokio::task::yield_now().await,
                        Err(other) => panic!("{other}"),
                    }
                };
                (record, put_one(&domain, &caller, record, number).await)
            })
        })
        .collect();
    for writer in writers {
        let (record, thing) = writer.await.expect("written");
        let (latest, steps) = things::operations(&world.domain, &caller, record, 0).await.expect("asked");
        assert_eq!((latest, steps.len()), (1, 1));
        assert_eq!(steps[0].thing, thing);
    }
});

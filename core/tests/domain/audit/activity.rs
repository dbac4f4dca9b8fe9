//! Who sees the log, and what stands in it.

use std::collections::BTreeSet;

use keepwell_core::audit::{self, Deed, Filter, Logged, REFUSED_EVERY, Who};
use keepwell_core::authorizations::{self, AccessError, Caller, RecordAccess};
use keepwell_core::env::{DAY, HOUR};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::records::{self, State};
use keepwell_core::things::{self, Group};
use keepwell_testkit::{START, World, on_both_engines, weight};

async fn access(world: &World, person: PersonId, record: RecordId) -> RecordAccess {
    authorizations::open(&world.domain, &Caller::person(person), record).await.expect("open")
}

async fn log(world: &World, access: &RecordAccess, filter: Filter) -> Vec<Logged> {
    world.domain.settle().await;
    audit::activity(&world.domain, access, &filter, None, 100).await.expect("a log").entries
}

fn actions(entries: &[Logged]) -> Vec<&str> {
    entries.iter().map(|entry| entry.action.as_str()).collect()
}

on_both_engines!(a_custodian_finds_who_did_what_by_who_what_and_when, |world: World| async move {
    let (person, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.clock.advance(HOUR);
    world.allow(&app.app, person, record).await;
    world.clock.advance(DAY);
    let caller = world.online(&app, person);
    things::put(&world.domain, &caller, record, &[weight(70.0, 1)]).await.unwrap();
    world.clock.advance(DAY);
    things::get(&world.domain, &caller, record, &[Group::default()]).await.unwrap();
    world.clock.advance(HOUR);
    records::set_state(&world.domain, record, State::ReadOnly).await.unwrap();
    things::kinds(&world.domain, &Caller::person(person), record).await.unwrap();
    let access = access(&world, person, record).await;
    let all = log(&world, &access, Filter::default()).await;
    let newest: BTreeSet<&str> = actions(&all)[..2].iter().copied().collect();
    assert_eq!(newest, BTreeSet::from(["GetThings", "SetRecordState"]));
    assert_eq!(actions(&all)[2..], ["GetThings", "PutThings", "CreateRecordAuthorization", "CreateRecord"]);
    for (filter, found) in [
        (Filter { who: Who::App(app.app.id), ..Filter::default() }, 3),
        (Filter { who: Who::Person(person), ..Filter::default() }, 3),
        (Filter { who: Who::Others, ..Filter::default() }, 3),
        (Filter { who: Who::Host, ..Filter::default() }, 1),
        (Filter { deed: Some(Deed::Looked), ..Filter::default() }, 2),
        (Filter { deed: Some(Deed::Changed), ..Filter::default() }, 1),
        (Filter { deed: Some(Deed::Allowed), ..Filter::default() }, 1),
        (Filter { until: Some(START + DAY), ..Filter::default() }, 2),
        (Filter { from: Some(START + DAY), ..Filter::default() }, 4),
        (Filter { from: Some(START + DAY), until: Some(START + 2 * DAY), ..Filter::default() }, 1),
    ] {
        assert_eq!(log(&world, &access, filter).await.len(), found, "{filter:?}");
    }
    let readers = audit::readers(&world.domain, &access, START + 2 * DAY).await.unwrap();
    assert_eq!(readers.len(), 2);
    assert_eq!((readers[1].who.app, readers[1].count), (Some(app.app.id), 1));
    assert!(audit::actors(&world.domain, &access).await.unwrap().len() >= 3);
});

on_both_engines!(the_log_comes_in_pages_without_gaps, |world: World| async move {
    let (person, record) = world.person("Ada").await;
    for day in 1..=9 {
        let caller = Caller::person(person);
        things::put(&world.domain, &caller, record, &[weight(70.0, day)]).await.unwrap();
    }
    let access = access(&world, person, record).await;
    let (mut after, mut seen) = (None, BTreeSet::new());
    for size in [4, 4, 2] {
        let page = audit::activity(&world.domain, &access, &Filter::default(), after, 4).await.unwrap();
        assert_eq!(page.entries.len(), size);
        seen.extend(page.entries.iter().map(|entry| entry.id));
        after = page.next;
    }
    assert_eq!((seen.len(), after), (10, None));
});

on_both_engines!(an_application_never_sees_the_log, |world: World| async move {
    let (person, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, person, record).await;
    let access = authorizations::open(&world.domain, &world.online(&app, person), record).await.unwrap();
    let denied = audit::activity(&world.domain, &access, &Filter::default(), None, 10).await;
    assert_eq!(denied, Err(AccessError::Denied));
    assert_eq!(audit::readers(&world.domain, &access, 0).await, Err(AccessError::Denied));
});

on_both_engines!(a_refused_application_is_noted_and_cannot_fill_the_log, |world: World| async move {
    let (person, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, person, record).await;
    world.revoke(app.app.id, person, record).await;
    let caller = world.offline(&app, person);
    let other = world.another_process().await;
    for _ in 0..20 {
        let (here, there) = tokio::join!(
            audit::refused(&world.domain, &caller, record),
            audit::refused(&other, &caller, record)
        );
        assert!(here.is_ok() && there.is_ok());
    }
    let access = access(&world, person, record).await;
    let refused = Filter { deed: Some(Deed::Refused), ..Filter::default() };
    let found = log(&world, &access, refused).await;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].app, found[0].avenue.as_str()), (Some(app.app.id), "Offline"));
    world.clock.advance(REFUSED_EVERY);
    audit::refused(&world.domain, &caller, record).await.unwrap();
    assert_eq!(log(&world, &access, refused).await.len(), 2);
});

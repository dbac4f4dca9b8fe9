//! Records that somebody else keeps too, and records that are erased by themselves.

use keepwell_core::audit;
use keepwell_core::authorizations::{self, AccessError, Caller};
use keepwell_core::env::DAY;
use keepwell_core::erasure::{self, Becomes, CloseRecordError, GRACE};
use keepwell_core::ids::RecordId;
use keepwell_core::letters::Letter;
use keepwell_core::records::{self, State};
use keepwell_core::things;
use keepwell_testkit::{World, on_both_engines, weight};

use crate::erasure::left::where_is;
use crate::erasure::people::{close, letters, person, share, sweep};

fn letter(name: &str, at: i64) -> Letter {
    Letter::from_server("ada@example.org", format!("{name} closed, {at}"), "A letter")
}

on_both_engines!(a_record_that_another_keeps_stays_with_them, |world: World| async move {
    let domain = &world.domain;
    let (ada, record) = world.person("Ada").await;
    let (bob, bobs) = world.person("Bob").await;
    let (cleo, cleos) = world.person("Cleo").await;
    share(&world, record, bob, true).await;
    share(&world, cleos, ada, false).await;
    let app = world.weight_app().await;
    for (person, record) in [(ada, record), (bob, record), (ada, cleos)] {
        world.allow(&app.app, person, record).await;
    }
    things::put(domain, &world.online(&app, ada), record, &[weight(70.0, 1)]).await.unwrap();
    let fates = erasure::fates(domain, ada).await.unwrap();
    let becomes = |id: RecordId| fates.iter().find(|fate| fate.record.id == id).unwrap().becomes.clone();
    assert_eq!(becomes(record), Becomes::Stays(vec!["Bob".to_owned()]));
    assert_eq!(becomes(cleos), Becomes::Ends);
    let alone = erasure::fates(domain, bob).await.unwrap();
    assert!(alone.iter().any(|fate| fate.record.id == bobs && fate.becomes == Becomes::Erased));

    close(domain, ada).await;
    world.clock.advance(GRACE);
    assert_eq!(sweep(domain).await.accounts, 1);
    let (found, _) = things::get(domain, &Caller::person(bob), record, &[]).await.unwrap();
    assert!(found.is_empty());
    assert!(things::get(domain, &world.online(&app, bob), record, &[]).await.is_ok());
    let denied = authorizations::open(domain, &world.offline(&app, ada), record).await.unwrap_err();
    assert_eq!(denied, AccessError::Denied);
    let denied = authorizations::open(domain, &Caller::person(ada), cleos).await.unwrap_err();
    assert_eq!(denied, AccessError::Denied);
    assert!(authorizations::open(domain, &Caller::person(cleo), cleos).await.is_ok());
    // What she did stays in the log, under an id that names nobody, and the log is whole.
    audit::seal(domain).await.unwrap();
    assert!(audit::verify(domain, record, None).await.unwrap().is_whole());
    let access = authorizations::open(domain, &Caller::person(bob), record).await.unwrap();
    let log = audit::latest(domain, &access, 50).await.unwrap();
    assert!(log.iter().any(|entry| entry.action == "LeaveRecord" && entry.person == ada));
    let left = where_is(&world, &["ada@".to_owned()]).await;
    assert!(left.is_empty(), "{left:#?}");
    let left = where_is(&world, &[ada.to_string()]).await;
    assert!(
        left.iter().all(|row| row.starts_with("audit_entry: ") || row.starts_with("thing: ")),
        "only who did what: {left:#?}"
    );
});

on_both_engines!(of_two_who_keep_a_record_the_last_takes_it_along, |world: World| async move {
    let domain = &world.domain;
    let (ada, record) = world.person("Ada").await;
    let (bob, _) = world.person("Bob").await;
    share(&world, record, bob, true).await;
    close(domain, ada).await;
    close(domain, bob).await;
    world.clock.advance(GRACE);
    assert_eq!(sweep(domain).await.accounts, 2);
    let left = where_is(&world, &[record.to_string()]).await;
    assert!(left.len() == 1 && left[0].starts_with("erasure: "), "{left:#?}");
});

on_both_engines!(a_custodian_closes_a_record_and_takes_it_back, |world: World| async move {
    let domain = &world.domain;
    let (ada, record) = world.person("Ada").await;
    let (bob, _) = world.person("Bob").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, record).await;
    let (about, bobs) = (person(domain, ada).await, person(domain, bob).await);
    let others = erasure::close_record(domain, &bobs, record, letter).await;
    assert_eq!(others, Err(CloseRecordError::NotTheirs));
    let at = erasure::close_record(domain, &about, record, letter).await.unwrap();
    assert_eq!(letters(&world).await, [("ada@example.org".to_owned(), format!("Ada closed, {at}"))]);
    let refused = things::get(domain, &world.online(&app, ada), record, &[]).await.unwrap_err();
    assert_eq!(refused, AccessError::Closed.into());
    assert!(records::of_person(domain, ada).await.unwrap().is_empty());
    assert_eq!(records::set_state(domain, record, State::Active).await, Err(records::StateError::Deleted));
    let leaving = erasure::leaving(domain, ada).await.unwrap();
    assert_eq!((leaving.len(), leaving[0].name.as_str(), leaving[0].erase_after), (1, "Ada", at));
    assert_eq!(erasure::keep_record(domain, bob, record).await, Err(CloseRecordError::NotTheirs));
    assert_eq!(erasure::keep_record(domain, ada, record).await, Ok(()));
    assert_eq!(erasure::keep_record(domain, ada, record).await, Err(CloseRecordError::NotTheirs));
    assert!(things::get(domain, &world.online(&app, ada), record, &[]).await.is_ok());
    world.clock.advance(GRACE + DAY);
    assert_eq!(sweep(domain).await, erasure::Swept::default());
});

on_both_engines!(a_closed_record_is_erased_and_the_person_told, |world: World| async move {
    let domain = &world.domain;
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, record).await;
    things::put(domain, &world.online(&app, ada), record, &[weight(70.0, 1)]).await.unwrap();
    erasure::close_record(domain, &person(domain, ada).await, record, letter).await.unwrap();
    world.clock.advance(GRACE);
    letters(&world).await;
    assert_eq!(sweep(domain).await.records, 1);
    assert_eq!(letters(&world).await[0].1, "RecordErased(\"Ada\")");
    let left = where_is(&world, &[record.to_string(), "<weight>".to_owned()]).await;
    assert!(left.len() == 1 && left[0].starts_with("erasure: "), "{left:#?}");
    assert!(keepwell_core::persons::find(domain, ada).await.unwrap().unwrap().active);
});

on_both_engines!(a_record_that_others_keep_is_not_closed_by_one_of_them, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let (bob, _) = world.person("Bob").await;
    share(&world, record, bob, true).await;
    let about = person(&world.domain, ada).await;
    let refused = erasure::close_record(&world.domain, &about, record, letter).await;
    assert_eq!(refused, Err(CloseRecordError::Shared));
});

//! The log of an erased record goes as a whole, and nobody else makes one go in that way.

use keepwell_core::audit::{self, Fault, Head};
use keepwell_core::authorizations::{self, Caller};
use keepwell_core::env::HOUR;
use keepwell_core::erasure::GRACE;
use keepwell_core::things;
use keepwell_store::params;
use keepwell_testkit::{World, on_both_engines, weight};

use crate::erasure::left::tamper;
use crate::erasure::people::{close, sweep};

on_both_engines!(the_log_of_an_erased_record_is_known_to_have_been_erased, |world: World| async move {
    let domain = &world.domain;
    let (ada, record) = world.person("Ada").await;
    let (_, bobs) = world.person("Bob").await;
    for day in 1..=4 {
        things::put(domain, &Caller::person(ada), record, &[weight(70.0, day)]).await.unwrap();
    }
    audit::seal(domain).await.unwrap();
    let exported: Vec<Head> = audit::heads(domain, None, 10).await.unwrap();
    let head = exported.iter().find(|head| head.record == record).unwrap();
    let slow = authorizations::open(domain, &Caller::person(ada), record).await.unwrap();
    close(domain, ada).await;
    world.clock.advance(GRACE);
    sweep(domain).await;

    let report = audit::verify(domain, record, Some(head)).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    let erasure = report.erasure.unwrap();
    assert_eq!((erasure.by, erasure.entries, erasure.sequence), (ada, 6, 6));
    assert!(audit::logged_records(domain, None, 10).await.unwrap().contains(&record));
    let bobs_log = audit::verify(domain, bobs, None).await.unwrap();
    assert!(bobs_log.is_whole() && bobs_log.erasure.is_none());
    let beyond = Head { sequence: 9, ..head.clone() };
    let report = audit::verify(domain, record, Some(&beyond)).await.unwrap();
    assert_eq!(report.faults, [Fault::Cut { sequence: 9 }], "it ended before that head");

    // Who is refused now is refused at nothing.
    let app = world.weight_app().await;
    for caller in [world.offline(&app, ada), Caller::person(ada)] {
        audit::refused(domain, &caller, record).await.unwrap();
    }
    assert!(audit::latest(domain, &slow, 10).await.unwrap().is_empty());
    // What a process that was slow wrote after all goes too.
    audit::told_permissions(domain, &slow).await;
    domain.settle().await;
    assert_eq!(audit::latest(domain, &slow, 10).await.unwrap().len(), 1);
    audit::seal(domain).await.unwrap();
    world.clock.advance(HOUR);
    audit::sweep_late(domain).await.unwrap();
    let left = crate::erasure::left::where_is(&world, &[record.to_string()]).await;
    assert!(left.len() == 1 && left[0].starts_with("erasure: "), "{left:#?}");
    assert!(audit::verify(domain, record, Some(head)).await.unwrap().is_whole());
});

on_both_engines!(who_makes_a_log_disappear_with_a_note_of_their_own_is_found, |world: World| async move {
    let domain = &world.domain;
    let (ada, record) = world.person("Ada").await;
    audit::seal(domain).await.unwrap();
    let row = params![record, 1, ada, 1, 1, vec![1_u8; 32], vec![2_u8; 32]];
    let note = "INSERT INTO erasure (record_id, at, person_id, entries, sequence, head, seal) \
                VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tamper(&world, note, row).await;
    tamper(&world, "DELETE FROM audit_entry WHERE record_id = $1", params![record]).await;
    tamper(&world, "DELETE FROM audit_head WHERE record_id = $1", params![record]).await;
    let report = audit::verify(domain, record, None).await.unwrap();
    assert_eq!(report.faults, [Fault::Erasure]);
});

on_both_engines!(a_true_note_cannot_be_made_to_say_something_else, |world: World| async move {
    let domain = &world.domain;
    let (ada, record) = world.person("Ada").await;
    close(domain, ada).await;
    world.clock.advance(GRACE);
    sweep(domain).await;
    assert!(audit::verify(domain, record, None).await.unwrap().is_whole());
    tamper(&world, "UPDATE erasure SET entries = entries + 1 WHERE record_id = $1", params![record]).await;
    assert_eq!(audit::verify(domain, record, None).await.unwrap().faults, [Fault::Erasure]);
});

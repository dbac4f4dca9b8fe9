//! What was done to the log is found.

use keepwell_core::audit::{self, Fault};
use keepwell_core::authorizations::Caller;
use keepwell_core::records::{self, State};
use keepwell_core::things;
use keepwell_store::params;
use keepwell_testkit::{World, on_both_engines, weight};
use uuid::Uuid;

use super::tamper::{check, entries, faults, head, six, six_of, tamper};

on_both_engines!(a_removed_entry_is_found, |world: World| async move {
    let record = six(&world).await;
    let third = entries(&world, record).await[2].0;
    tamper(&world, "DELETE FROM audit_entry WHERE record_id = $1 AND entry_id = $2", params![record, third])
        .await;
    assert_eq!(faults(&world, record).await, [Fault::Missing { from: 3, to: 3 }]);
    // Nothing that is written later covers it up.
    audit::seal(&world.domain).await.unwrap();
    assert_eq!(faults(&world, record).await, [Fault::Missing { from: 3, to: 3 }]);
});

on_both_engines!(
    a_removed_entry_is_found_also_when_the_later_ones_were_moved_up,
    |world: World| async move {
        let record = six(&world).await;
        let third = entries(&world, record).await[2].0;
        tamper(
            &world,
            "DELETE FROM audit_entry WHERE record_id = $1 AND entry_id = $2",
            params![record, third],
        )
        .await;
        let up = "UPDATE audit_entry SET sequence = sequence - 1 WHERE record_id = $1 AND sequence > $2";
        tamper(&world, up, params![record, 3]).await;
        let found = faults(&world, record).await;
        assert!(matches!(found[0], Fault::Changed { sequence: 3, .. }), "{found:?}");
        assert!(found.contains(&Fault::Missing { from: 6, to: 6 }), "{found:?}");
    }
);

on_both_engines!(a_changed_body_is_found_and_an_erased_one_is_told, |world: World| async move {
    let record = six(&world).await;
    let all = entries(&world, record).await;
    let change = "UPDATE audit_entry SET body = $3 WHERE record_id = $1 AND entry_id = $2";
    tamper(&world, change, params![record, all[1].0, "[]"]).await;
    assert_eq!(faults(&world, record).await, [Fault::Body { sequence: 2, id: all[1].0 }]);
    let erase = "UPDATE audit_entry SET body = NULL WHERE record_id = $1 AND entry_id = $2";
    tamper(&world, erase, params![record, all[1].0]).await;
    let report = check(&world.domain, record).await;
    assert!(report.is_whole(), "{report:?}");
    assert_eq!((report.checked, report.erased), (6, 1));
});

on_both_engines!(a_changed_who_when_what_and_how_are_found, |world: World| async move {
    let record = six(&world).await;
    let id = entries(&world, record).await[3].0;
    let other = Uuid::from_u128(7);
    let who = "UPDATE audit_entry SET person_id = $3 WHERE record_id = $1 AND entry_id = $2";
    let with = "UPDATE audit_entry SET app_id = $3 WHERE record_id = $1 AND entry_id = $2";
    let when = "UPDATE audit_entry SET at = $3 WHERE record_id = $1 AND entry_id = $2";
    let what = "UPDATE audit_entry SET action = $3 WHERE record_id = $1 AND entry_id = $2";
    let how = "UPDATE audit_entry SET avenue = $3 WHERE record_id = $1 AND entry_id = $2";
    let digest = "UPDATE audit_entry SET digest = $3 WHERE record_id = $1 AND entry_id = $2";
    let seal = "UPDATE audit_entry SET seal = $3 WHERE record_id = $1 AND entry_id = $2";
    for (statement, params) in [
        (who, params![record, id, other]),
        (with, params![record, id, other]),
        (when, params![record, id, 5_i64]),
        (what, params![record, id, "GetThings"]),
        (how, params![record, id, "Offline"]),
        (digest, params![record, id, &[9_u8; 32]]),
        (seal, params![record, id, &[9_u8; 32]]),
    ] {
        tamper(&world, "DROP TABLE IF EXISTS kept", params![]).await;
        tamper(&world, "CREATE TABLE kept AS SELECT * FROM audit_entry", params![]).await;
        tamper(&world, statement, params).await;
        let found = faults(&world, record).await;
        assert_eq!(found[0], Fault::Changed { sequence: 4, id }, "{statement}");
        tamper(&world, "DELETE FROM audit_entry", params![]).await;
        tamper(&world, "INSERT INTO audit_entry SELECT * FROM kept", params![]).await;
        assert!(check(&world.domain, record).await.is_whole());
    }
});

on_both_engines!(an_inserted_entry_is_found_wherever_it_is_put, |world: World| async move {
    let record = six(&world).await;
    let insert = "INSERT INTO audit_entry (record_id, entry_id, at, person_id, action, avenue, body, digest, \
                  sequence, seal) VALUES ($1, $2, 5, $2, 'GetThings', 'Shell', '[]', $3, $4, $3)";
    let mac = [3_u8; 32];
    let (waiting, within, beyond) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
    let id = waiting;
    tamper(&world, insert, params![record, id, &mac, keepwell_store::Value::Null]).await;
    assert_eq!(faults(&world, record).await, [Fault::Inserted { id }]);
    // The sealer lends it nothing, and goes on with what is ours.
    audit::seal(&world.domain).await.unwrap();
    assert_eq!(faults(&world, record).await, [Fault::Inserted { id }]);
    tamper(&world, insert, params![record, within, &mac, 4_i64]).await;
    assert!(faults(&world, record).await.len() > 1);
    tamper(&world, insert, params![record, beyond, &mac, 9_i64]).await;
    assert!(faults(&world, record).await.contains(&Fault::Head { sequence: 6 }));
});

on_both_engines!(entries_in_another_order_are_found, |world: World| async move {
    let record = six(&world).await;
    let all = entries(&world, record).await;
    let swap = "UPDATE audit_entry SET sequence = $3, seal = $4 WHERE record_id = $1 AND entry_id = $2";
    tamper(&world, swap, params![record, all[1].0, 3_i64, all[2].2.clone()]).await;
    tamper(&world, swap, params![record, all[2].0, 2_i64, all[1].2.clone()]).await;
    let found = faults(&world, record).await;
    assert!(found.contains(&Fault::Changed { sequence: 2, id: all[2].0 }), "{found:?}");
    assert!(found.contains(&Fault::Changed { sequence: 3, id: all[1].0 }), "{found:?}");
});

on_both_engines!(a_tail_that_was_cut_off_is_found_by_an_exported_head, |world: World| async move {
    let record = six(&world).await;
    let exported = head(&world, record).await;
    let all = entries(&world, record).await;
    let cut = "DELETE FROM audit_entry WHERE record_id = $1 AND sequence > 4";
    tamper(&world, cut, params![record]).await;
    assert_eq!(faults(&world, record).await, [Fault::Missing { from: 5, to: 6 }]);
    // With the head set back the chain is one that once was: only what lies elsewhere knows better.
    let back = "UPDATE audit_head SET sequence = 4, seal = $2 WHERE record_id = $1";
    tamper(&world, back, params![record, all[3].2.clone()]).await;
    assert!(check(&world.domain, record).await.is_whole());
    let against = async || audit::verify(&world.domain, record, Some(&exported)).await.unwrap().faults;
    assert_eq!(against().await, [Fault::Cut { sequence: 6 }]);
    // And so when the log has grown past it again, from where its head was set back to.
    for state in [State::ReadOnly, State::Active, State::ReadOnly] {
        records::set_state(&world.domain, record, state).await.unwrap();
    }
    assert_eq!((head(&world, record).await.sequence, check(&world.domain, record).await.checked), (7, 7));
    assert_eq!(against().await, [Fault::Cut { sequence: 6 }]);
    tamper(&world, "DELETE FROM audit_entry WHERE record_id = $1", params![record]).await;
    tamper(&world, "DELETE FROM audit_head WHERE record_id = $1", params![record]).await;
    assert_eq!(against().await, [Fault::Cut { sequence: 6 }]);
});

on_both_engines!(a_head_that_was_removed_or_moved_is_found_when_the_log_goes_on, |world: World| async move {
    for (name, moved) in [
        ("Ada", "DELETE FROM audit_head WHERE record_id = $1"),
        ("Bob", "UPDATE audit_head SET sequence = 4 WHERE record_id = $1"),
        ("Cleo", "UPDATE audit_head SET sequence = 60 WHERE record_id = $1"),
        ("Dora", "UPDATE audit_head SET sequence = 9223372036854775807 WHERE record_id = $1"),
    ] {
        let record = six_of(&world, name).await;
        tamper(&world, moved, params![record]).await;
        assert!(!check(&world.domain, record).await.is_whole(), "{moved}");
        records::set_state(&world.domain, record, State::ReadOnly).await.unwrap();
        assert!(!check(&world.domain, record).await.is_whole(), "{moved}");
    }
});

on_both_engines!(a_log_that_grew_is_whole_against_an_older_head, |world: World| async move {
    let record = six(&world).await;
    let exported = head(&world, record).await;
    records::set_state(&world.domain, record, State::ReadOnly).await.unwrap();
    let report = audit::verify(&world.domain, record, Some(&exported)).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    assert_eq!((report.checked, report.waiting), (7, 0));
    assert_eq!(head(&world, record).await.sequence, 7);
});

on_both_engines!(what_is_done_has_its_place_in_the_chain_when_it_is_committed, |world: World| async move {
    let (person, record) = world.person("Ada").await;
    let caller = Caller::person(person);
    for day in 1..=20 {
        things::put(&world.domain, &caller, record, &[weight(70.0, day)]).await.unwrap();
        let report = check(&world.domain, record).await;
        assert!(report.is_whole() && report.waiting == 0 && report.checked > day.into(), "{report:?}");
    }
    for _ in 0..600 {
        things::kinds(&world.domain, &caller, record).await.unwrap();
    }
    world.domain.settle().await;
    let report = check(&world.domain, record).await;
    assert!(report.is_whole(), "{report:?}");
    assert_eq!((report.checked, report.waiting), (621, 0));
    assert_eq!(head(&world, record).await.sequence, 621);
    assert_eq!(audit::seal(&world.domain).await, Ok(0));
});

on_both_engines!(writers_and_readers_of_several_processes_leave_one_whole_chain, |world: World| async move {
    let (person, record) = world.person("Ada").await;
    let other = world.another_process().await;
    let caller = Caller::person(person);
    let work = async |domain: &keepwell_core::Domain| {
        for day in 1..=20 {
            let weights = [weight(70.0, day)];
            let put = things::put(domain, &caller, record, &weights);
            let (written, read) = tokio::join!(put, things::kinds(domain, &caller, record));
            assert!(written.is_ok() && read.is_ok());
        }
        domain.settle().await;
    };
    tokio::join!(work(&world.domain), work(&other), work(&world.domain), work(&other));
    let report = check(&world.domain, record).await;
    assert!(report.is_whole(), "{report:?}");
    assert_eq!((report.checked, report.waiting), (161, 0));
});

on_both_engines!(what_is_refused_leaves_neither_an_entry_nor_a_place, |world: World| async move {
    let record = six(&world).await;
    let nobody = Caller::person(keepwell_core::ids::PersonId(Uuid::from_u128(5)));
    assert!(things::put(&world.domain, &nobody, record, &[weight(70.0, 1)]).await.is_err());
    let report = check(&world.domain, record).await;
    assert_eq!((report.is_whole(), report.checked, report.waiting), (true, 6, 0));
});

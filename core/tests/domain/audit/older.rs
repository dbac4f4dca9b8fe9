//! Entries of a database that was made before there was a chain.

use std::ops::RangeInclusive;

use keepwell_core::audit::{self, Fault};
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::RecordId;
use keepwell_core::keys::{KeyRing, Purpose};
use keepwell_core::things;
use keepwell_store::params;
use keepwell_testkit::{World, on_both_engines, weight};
use uuid::Uuid;

use super::tamper::{check, faults, tamper};

const INSERT: &str = "INSERT INTO audit_entry (record_id, entry_id, at, person_id, action, avenue, body, digest) \
                      VALUES ($1, $2, $3, $2, 'GetThings', 'Shell', '[]', $4)";

/// Entries as the first version wrote them: without a place, and with the digest of then.
async fn write(world: &World, record: RecordId, numbers: RangeInclusive<u128>) {
    let keys = KeyRing::from_text(world.key_file()).unwrap();
    for number in numbers {
        let id = Uuid::from_u128(number);
        let digest = keys.mac(Purpose::Audit, &[record.0.as_bytes(), id.as_bytes(), b"GetThings", b"[]"]);
        tamper(world, INSERT, params![record, id, 1_i64, &digest]).await;
    }
}

on_both_engines!(
    older_entries_are_chained_from_the_first_run_and_forged_ones_are_not,
    |world: World| async move {
        let record = RecordId(Uuid::from_u128(77));
        write(&world, record, 1..=3).await;
        let forged = Uuid::from_u128(9);
        tamper(&world, INSERT, params![record, forged, 1_i64, &[1_u8; 32]]).await;
        audit::seal(&world.domain).await.unwrap();
        let report = check(&world.domain, record).await;
        assert_eq!((report.checked, report.waiting), (3, 0));
        assert_eq!(report.faults, [Fault::Inserted { id: forged }]);
        let when = "UPDATE audit_entry SET at = 2 WHERE record_id = $1 AND sequence = 2";
        tamper(&world, when, params![record]).await;
        assert!(
            faults(&world, record).await.contains(&Fault::Changed { sequence: 2, id: Uuid::from_u128(2) })
        );
    }
);

on_both_engines!(more_than_one_flight_takes_is_sealed_at_once, |world: World| async move {
    let (_, record) = world.person("Ada").await;
    write(&world, record, 1..=300).await;
    assert_eq!(audit::seal(&world.domain).await, Ok(300));
    let report = check(&world.domain, record).await;
    assert!(report.is_whole() && report.checked == 301, "{report:?}");
    assert_eq!(audit::seal(&world.domain).await, Ok(0));
});

on_both_engines!(
    several_sealers_writers_and_readers_at_once_leave_one_whole_chain,
    |world: World| async move {
        let (person, record) = world.person("Ada").await;
        let others = [world.another_process().await, world.another_process().await];
        let caller = Caller::person(person);
        let old = write(&world, record, 1..=40);
        let writes = async {
            for day in 1..=20 {
                things::put(&world.domain, &caller, record, &[weight(70.0, day)]).await.unwrap();
            }
        };
        let reads = async |domain: &keepwell_core::Domain| {
            for _ in 0..20 {
                things::kinds(domain, &caller, record).await.unwrap();
            }
            domain.settle().await;
        };
        let sealing = async |domain: &keepwell_core::Domain| {
            for _ in 0..20 {
                audit::seal(domain).await.unwrap();
                tokio::task::yield_now().await;
            }
        };
        tokio::join!(
            old,
            writes,
            reads(&others[0]),
            reads(&others[1]),
            sealing(&world.domain),
            sealing(&others[0]),
            sealing(&others[1])
        );
        let both = tokio::join!(audit::seal(&world.domain), audit::seal(&others[1]));
        assert!(both.0.is_ok() && both.1.is_ok());
        let report = check(&world.domain, record).await;
        assert!(report.is_whole(), "{report:?}");
        assert_eq!((report.checked, report.waiting), (101, 0));
    }
);

on_both_engines!(
    a_sealer_that_is_dropped_anywhere_leaves_a_chain_that_the_next_one_goes_on_with,
    |world: World| async move {
        let (_, record) = world.person("Ada").await;
        for number in 1..=12 {
            write(&world, record, number..=number).await;
            let sealer = world.another_process().await;
            let dropped = tokio::spawn(async move { audit::seal(&sealer).await });
            for _ in 0..number {
                tokio::task::yield_now().await;
            }
            dropped.abort();
            let _ = dropped.await;
            assert!(check(&world.domain, record).await.is_whole());
        }
        audit::seal(&world.domain).await.unwrap();
        let report = check(&world.domain, record).await;
        assert!(report.is_whole(), "{report:?}");
        assert_eq!((report.checked, report.waiting), (13, 0));
    }
);

//! Entries of a database that was made before there was a chain.

use keepwell_core::audit::{self, Fault};
use keepwell_core::ids::RecordId;
use keepwell_core::keys::{KeyRing, Purpose};
use keepwell_store::params;
use keepwell_testkit::{World, on_both_engines};
use uuid::Uuid;

use super::tamper::{check, faults, tamper};

const INSERT: &str = "INSERT INTO audit_entry (record_id, entry_id, at, person_id, action, avenue, body, digest) \
                      VALUES ($1, $2, $3, $2, 'GetThings', 'Shell', '[]', $4)";

on_both_engines!(
    older_entries_are_chained_from_the_first_run_and_forged_ones_are_not,
    |world: World| async move {
        let record = RecordId(Uuid::from_u128(77));
        let keys = KeyRing::from_text(world.key_file()).unwrap();
        for number in 1..=3 {
            let id = Uuid::from_u128(number);
            let digest = keys.mac(Purpose::Audit, &[record.0.as_bytes(), id.as_bytes(), b"GetThings", b"[]"]);
            tamper(&world, INSERT, params![record, id, 1_i64, &digest]).await;
        }
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

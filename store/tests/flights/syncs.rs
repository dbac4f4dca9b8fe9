//! An answer comes after the disk has it: the system calls of a process that writes are counted.
//!
//! The test starts itself as a child under `strace`, which writes one flight after the other and says
//! so after each answer. Between two of these words there must be a sync.

use std::io::Write;
use std::process::{Command, Stdio};

use keepwell_store::testing::{TestEngine, fresh};
use keepwell_store::{Database, Settings, Store, WriteFlight, params};

use crate::world::*;

const CHILD: &str = "KEEPWELL_STORE_SYNCS";
const WRITES: u128 = 40;

#[tokio::test]
async fn a_sync_precedes_each_answer_on_sqlite() {
    if let Ok(path) = std::env::var(CHILD) {
        return write_and_say(&Settings::new(Database::Sqlite(path.into()))).await;
    }
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        let _ = writeln!(std::io::stderr(), "SKIPPED the count of syncs: there is no strace");
        return;
    }
    let Some((settings, _guard)) = fresh(TestEngine::Sqlite) else { return };
    let Database::Sqlite(path) = &settings.database else { return };
    let trace = path.with_extension("trace");
    let child = Command::new("strace")
        .args(["-f", "-qq", "-e", "trace=fsync,fdatasync,write", "-e", "signal=none", "-o"])
        .arg(&trace)
        .arg(std::env::current_exe().unwrap())
        .args(["syncs::a_sync_precedes_each_answer_on_sqlite", "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, path)
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(child.success());
    let trace = std::fs::read_to_string(trace).unwrap();
    let (mut answers, mut syncs) = (0, 0);
    for line in trace.lines() {
        // A call that another thread interrupts is written in two lines; the second is its end.
        let sync = line.contains("fsync") || line.contains("fdatasync");
        if sync && line.ends_with("= 0") {
            syncs += 1;
        } else if line.contains("write(1") && line.contains("answered") {
            answers += 1;
            assert!(syncs > 0, "answer {answers} came without a sync");
            syncs = 0;
        }
    }
    assert_eq!(answers, WRITES);
}

async fn write_and_say(settings: &Settings) {
    let store = Store::open(settings, SCHEMA).await.unwrap();
    for number in 0..WRITES {
        let mut flight = WriteFlight::<()>::new();
        flight.run(ADD, params![id(number), number.to_string(), 0_i64]);
        store.write(flight).await.unwrap();
        println!("answered {number}.");
    }
}

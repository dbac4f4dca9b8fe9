//! An answer comes after the disk has the object: the system calls of a process that puts are looked at.
//!
//! The test starts itself as a child under `strace`, which puts one object after the other and says so
//! after each answer. Before each word the file must be synced, renamed, and every folder above it synced.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use keepwell_objects::Objects;

use crate::world::*;

const CHILD: &str = "KEEPWELL_OBJECTS_SYNCS";
/// In new folders and in old ones.
const KEYS: [&str; 4] = ["ab/one/0-1", "ab/one/0-2", "ab/two/0-1", "cd/one/0-1"];

#[tokio::test]
async fn a_file_and_all_its_folders_are_synced_before_the_answer() {
    if let Ok(path) = std::env::var(CHILD) {
        return put_and_say(Path::new(&path)).await;
    }
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        return say("SKIPPED the syncs of objects: there is no strace");
    }
    let kept = tempfile::tempdir().unwrap();
    let (root, trace) = (kept.path().canonicalize().unwrap().join("a/objects"), kept.path().join("trace"));
    let child = Command::new("strace")
        .args([
            "-f",
            "-y",
            "-qq",
            "-e",
            "trace=fsync,fdatasync,rename,renameat,renameat2,write",
            "-e",
            "signal=none",
        ])
        .arg("-o")
        .arg(&trace)
        .arg(std::env::current_exe().unwrap())
        .args(["durable::a_file_and_all_its_folders_are_synced_before_the_answer", "--exact", "--nocapture"])
        .arg("--test-threads=1")
        .env(CHILD, &root)
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(child.success());
    let trace = std::fs::read_to_string(trace).unwrap();
    let mut since = Vec::new();
    let mut answers = KEYS.iter();
    for line in trace.lines() {
        if line.contains("write(1<") && line.contains("opened") {
            // The folder was made, and the one that it lies in.
            assert_synced(&since, &kept.path().canonicalize().unwrap());
            assert_synced(&since, root.parent().unwrap());
            since.clear();
        } else if line.contains("write(1<") && line.contains("answered") {
            let object = root.join(answers.next().unwrap());
            let renamed =
                since.iter().position(|call| call.contains("rename") && call.contains(&*quoted(&object)));
            let (before, after) = since.split_at(renamed.unwrap());
            let staged = format!("{}#1>", object.display());
            assert!(before.iter().any(|call| call.contains("sync(") && call.contains(&staged)), "{since:#?}");
            for folder in object.ancestors().skip(1).take_while(|folder| folder.starts_with(&root)) {
                assert_synced(after, folder);
            }
            since.clear();
        } else {
            since.push(line);
        }
    }
    assert_eq!(answers.next(), None);
}

fn quoted(path: &Path) -> String {
    format!("\"{}\"", path.display())
}

/// A call that another thread interrupts is written in two lines; the path stands in the first.
fn assert_synced(calls: &[&str], path: &Path) {
    let synced = format!("<{}>", path.display());
    assert!(
        calls.iter().any(|call| call.contains("sync(") && call.contains(&synced)),
        "{synced}: {calls:#?}"
    );
}

async fn put_and_say(root: &Path) {
    let objects = Objects::local(root).unwrap();
    let out = |text: &str| std::io::stdout().write_all(text.as_bytes()).unwrap();
    out("opened\n");
    for key in KEYS {
        objects.put(key, bytes(1, 1000)).await.unwrap();
        out("answered\n");
    }
}

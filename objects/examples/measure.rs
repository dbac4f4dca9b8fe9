//! How fast objects go into a folder, beside plain files that are written and synced: rough numbers, for
//! a comparison on one machine.
//!
//! `cargo run --release -p keepwell-objects --example measure [folder]`

#![expect(clippy::unwrap_used, reason = "a measurement that fails is none")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use bytes::Bytes;
use keepwell_objects::Objects;

const MIB: usize = 1 << 20;
/// Of each kind in turn, so that a disk that is busy with something else meanwhile is so for both.
const ROUNDS: usize = 12;

#[tokio::main]
async fn main() {
    let folder = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = tempfile::tempdir_in(folder).unwrap();
    let objects = Objects::local(&folder.path().join("objects")).unwrap();
    for size in [2 * MIB, 8 * MIB] {
        for tasks in [1, 4] {
            let bytes: Bytes = (0..size).map(|at| (at / 8) as u8).collect();
            let (mut put, mut plain) = (0.0, 0.0);
            for round in 0..ROUNDS {
                put +=
                    seconds(tasks, |task| {
                        let (objects, bytes) = (objects.clone(), bytes.clone());
                        async move {
                            objects.put(&format!("ab/{size}-{tasks}-{round}/{task}"), bytes).await.unwrap()
                        }
                    })
                    .await;
                plain += seconds(tasks, |task| {
                    let path = folder.path().join(format!("{size}-{tasks}-{round}-{task}"));
                    let bytes = bytes.clone();
                    async move { tokio::task::spawn_blocking(move || write(&path, &bytes)).await.unwrap() }
                })
                .await;
            }
            let rate = |seconds: f64| (ROUNDS * tasks * size / MIB) as f64 / seconds;
            println!(
                "{} MiB, {tasks} at a time: objects {:.0} MiB/s, plain files {:.0} MiB/s, {:.2} of it",
                size / MIB,
                rate(put),
                rate(plain),
                plain / put
            );
        }
    }
}

/// How long as many of this take beside each other.
#[expect(clippy::disallowed_methods, reason = "it measures the time that passes")]
async fn seconds<F: Future<Output = ()> + Send + 'static>(tasks: usize, work: impl Fn(usize) -> F) -> f64 {
    let start = Instant::now();
    let tasks: Vec<_> = (0..tasks).map(|task| tokio::spawn(work(task))).collect();
    for task in tasks {
        task.await.unwrap();
    }
    start.elapsed().as_secs_f64()
}

fn write(path: &Path, bytes: &[u8]) {
    let mut file = std::fs::File::create(path).unwrap();
    file.write_all(bytes).unwrap();
    file.sync_all().unwrap();
}

//! What was answered as put survives the death of the process, and nothing of it is half there.
//!
//! The test starts itself as a child, which puts and says what was answered until it is killed.

use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use keepwell_objects::Objects;

use crate::world::*;

const CHILD: &str = "KEEPWELL_OBJECTS_CHILD";
const SIZE: usize = 300_000;

#[tokio::test]
async fn an_answered_put_survives_a_killed_process_and_no_object_is_half_there() {
    if let Ok(path) = std::env::var(CHILD) {
        return put_until_killed(Path::new(&path)).await;
    }
    let kept = tempfile::tempdir().unwrap();
    let root = kept.path().join("objects");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["killed::an_answered_put_survives_a_killed_process_and_no_object_is_half_there", "--exact"])
        .args(["--nocapture", "--test-threads=1"])
        .env(CHILD, &root)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut answered = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok) {
        // The last line may be cut off.
        if let Some(number) = line.strip_prefix("put ").and_then(|rest| rest.strip_suffix('.')) {
            answered.push(number.parse::<usize>().unwrap());
        }
        if answered.len() == 60 {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(answered.len() >= 60, "the child ended too early");
    let objects = Objects::local(&root).unwrap();
    let keys = objects.keys("").await.unwrap();
    for number in answered {
        assert!(keys.contains(&key(number)), "{number} was answered and is lost");
    }
    for found in &keys {
        let number = found.rsplit('/').next().unwrap().parse().unwrap();
        assert!(objects.get(found, 0..SIZE as u64).await.unwrap() == bytes(number, SIZE), "{found}");
    }
    // What it had under way goes with a sweep, and nothing else does.
    let later = SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 40);
    objects.sweep(later).await.unwrap();
    assert_eq!(files(&root).len(), keys.len());
    assert_eq!(objects.keys("").await.unwrap(), keys);
}

fn key(number: usize) -> String {
    format!("ab/{}/{number}", number % 10)
}

async fn put_until_killed(root: &Path) {
    let objects = Objects::local(root).unwrap();
    let tasks: Vec<_> = (0..4)
        .map(|task| {
            let objects = objects.clone();
            tokio::spawn(async move {
                // The parent kills it long before.
                for round in 0..10_000 {
                    let number = round * 4 + task;
                    objects.put(&key(number), bytes(number, SIZE)).await.unwrap();
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "put {number}.").unwrap();
                    out.flush().unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

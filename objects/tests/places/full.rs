//! A disk without room. The test starts itself as a child in a namespace of its own, with a file system
//! in memory of one MiB; where the system does not allow that, it says so.

use std::path::Path;
use std::process::{Command, Stdio};

use keepwell_objects::{ObjectError, Objects};

use crate::world::*;

const CHILD: &str = "KEEPWELL_OBJECTS_FULL";
const THIS: &str = "full::a_full_disk_is_told_and_leaves_nothing_half_and_takes_the_next_one_that_fits";

#[tokio::test]
async fn a_full_disk_is_told_and_leaves_nothing_half_and_takes_the_next_one_that_fits() {
    if let Ok(path) = std::env::var(CHILD) {
        return fill(Path::new(&path)).await;
    }
    let kept = tempfile::tempdir().unwrap();
    let mounted = "mount -t tmpfs -o size=1m tmpfs \"$0\"";
    let own_namespace = |script: &str| {
        let mut command = Command::new("unshare");
        command
            .args(["-rm", "sh", "-c", script])
            .arg(kept.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    };
    if !own_namespace(mounted).status().is_ok_and(|status| status.success()) {
        return say(
            "SKIPPED a full disk: no file system can be mounted here, not even in a namespace of one's own",
        );
    }
    let child = own_namespace(&format!("{mounted} && exec \"$1\" --exact {THIS} --nocapture"))
        .arg(std::env::current_exe().unwrap())
        .env(CHILD, kept.path())
        .stderr(Stdio::inherit())
        .status()
        .unwrap();
    assert!(child.success());
}

async fn fill(disk: &Path) {
    let objects = Objects::local(&disk.join("objects")).unwrap();
    objects.put("ab/one/0-1", bytes(1, 600_000)).await.unwrap();
    assert_eq!(objects.put("ab/two/0-1", bytes(2, 600_000)).await, Err(ObjectError::Full));
    assert_eq!(objects.get("ab/two/0-1", 0..1).await, Err(missing("ab/two/0-1")));
    assert_eq!(objects.keys("").await.unwrap(), ["ab/one/0-1"]);
    assert_eq!(files(disk).len(), 1, "something half is left");
    assert!(!disk.join("objects/ab/two").exists());
    assert_eq!(objects.get("ab/one/0-1", 0..600_000).await, Ok(bytes(1, 600_000)));
    // What fits is still taken, and what is deleted makes room.
    objects.put("ab/three/0-1", bytes(3, 100_000)).await.unwrap();
    objects.delete("ab/one/0-1").await.unwrap();
    objects.put("ab/two/0-1", bytes(2, 600_000)).await.unwrap();
    assert_eq!(objects.get("ab/two/0-1", 0..600_000).await, Ok(bytes(2, 600_000)));
}

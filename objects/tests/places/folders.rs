//! A folder of this machine.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use keepwell_objects::{ObjectError, Objects};

use crate::world::*;

const KEY: &str = "ab/one/0-1";

fn unavailable(error: &ObjectError) -> bool {
    matches!(error, ObjectError::Unavailable(_))
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_is_made_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let kept = tempfile::tempdir().unwrap();
    let folder = kept.path().join("a/b/objects");
    let objects = Objects::local(&folder).unwrap();
    objects.check().await.unwrap();
    for made in [&folder, &kept.path().join("a")] {
        assert_eq!(fs::metadata(made).unwrap().permissions().mode() & 0o777, 0o700);
    }
}

#[tokio::test]
async fn objects_are_there_when_the_folder_is_opened_again() {
    let (objects, kept) = folder();
    objects.put(KEY, bytes(1, 10)).await.unwrap();
    drop(objects);
    let again = Objects::local(&kept.path().join("objects")).unwrap();
    assert_eq!(again.get(KEY, 0..10).await, Ok(bytes(1, 10)));
}

#[tokio::test]
async fn what_cannot_be_a_folder_is_told_at_once() {
    let kept = tempfile::tempdir().unwrap();
    fs::write(kept.path().join("file"), "x").unwrap();
    assert!(unavailable(&Objects::local(&kept.path().join("file")).unwrap_err()));
    assert!(unavailable(&Objects::local(&kept.path().join("file/below")).unwrap_err()));
}

#[tokio::test]
async fn a_folder_that_is_gone_is_neither_empty_nor_made_anew() {
    let (objects, kept) = folder();
    objects.put(KEY, bytes(1, 10)).await.unwrap();
    let root = kept.path().join("objects");
    fs::rename(&root, kept.path().join("elsewhere")).unwrap();
    assert!(unavailable(&objects.put(KEY, bytes(1, 10)).await.unwrap_err()));
    assert!(unavailable(&objects.get(KEY, 0..10).await.unwrap_err()));
    assert!(unavailable(&objects.get(KEY, 0..0).await.unwrap_err()));
    assert!(unavailable(&objects.keys("").await.unwrap_err()));
    assert!(unavailable(&objects.delete(KEY).await.unwrap_err()));
    assert!(unavailable(&objects.check().await.unwrap_err()));
    assert!(!root.exists());
    fs::rename(kept.path().join("elsewhere"), &root).unwrap();
    assert_eq!(objects.get(KEY, 0..10).await, Ok(bytes(1, 10)));
}

#[tokio::test]
async fn the_last_object_takes_its_folders_with_it() {
    let (objects, kept) = folder();
    let root = kept.path().join("objects");
    for key in [KEY, "ab/one/0-2", "ab/two/0-1"] {
        objects.put(key, bytes(1, 10)).await.unwrap();
    }
    objects.delete(KEY).await.unwrap();
    assert!(root.join("ab/one").exists());
    objects.delete("ab/one/0-2").await.unwrap();
    assert!(!root.join("ab/one").exists() && root.join("ab/two").exists());
    objects.delete("ab/two/0-1").await.unwrap();
    assert!(!root.join("ab").exists() && root.exists());
}

#[tokio::test]
async fn what_is_not_ours_in_the_folder_is_let_alone() {
    let (objects, kept) = folder();
    let root = kept.path().join("objects");
    objects.put(KEY, bytes(1, 10)).await.unwrap();
    fs::create_dir(root.join("lost+found")).unwrap();
    for strange in ["lost+found/x", ".hidden", "ab/one/0-1.bak", "ab/a b", "ab/x#y", "ab/#1"] {
        fs::write(root.join(strange), "x").unwrap();
    }
    assert_eq!(objects.keys("").await.unwrap(), [KEY]);
    assert_eq!(objects.sweep(SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 40)).await, Ok(0));
    objects.delete(KEY).await.unwrap();
    assert_eq!(files(&root).len(), 6);
}

#[tokio::test]
async fn leftovers_are_never_listed_and_are_swept_when_they_are_old() {
    let (objects, kept) = folder();
    let root = kept.path().join("objects");
    objects.put(KEY, bytes(1, 10)).await.unwrap();
    let leave = |name: &str, age: u64| {
        fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
        let file = fs::File::create(root.join(name)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 - age)).unwrap();
    };
    leave("ab/one/0-1#1", 100);
    leave("cd/two/0-1#12", 100);
    leave("cd/three/0-1#1", 10);
    assert_eq!(objects.keys("").await.unwrap(), [KEY]);
    assert_eq!(objects.sweep(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 - 50)).await, Ok(2));
    assert!(!root.join("cd/two").exists() && root.join("cd/three/0-1#1").exists());
    assert_eq!(objects.get(KEY, 0..10).await, Ok(bytes(1, 10)));
    // A leftover does not keep anybody from putting the object again.
    objects.put("cd/three/0-1", bytes(2, 10)).await.unwrap();
    assert_eq!(objects.get("cd/three/0-1", 0..10).await, Ok(bytes(2, 10)));
}

/// As another process would that deletes the last object in a folder, which knows nothing of our puts.
fn remove_folders_when_they_appear(folder: &Path, times: usize, done: &AtomicBool) -> usize {
    let mut removed = 0;
    while removed < times && !done.load(Ordering::SeqCst) {
        removed += usize::from(fs::remove_dir(folder).is_ok());
        std::thread::yield_now();
    }
    removed
}

#[tokio::test]
async fn a_put_goes_on_when_another_process_removes_its_folder() {
    let (objects, kept) = folder();
    for round in 0..20 {
        let (done, target) =
            (Arc::new(AtomicBool::new(false)), kept.path().join(format!("objects/ab/{round}")));
        let other = {
            let done = Arc::clone(&done);
            std::thread::spawn(move || remove_folders_when_they_appear(&target, 3, &done))
        };
        let key = format!("ab/{round}/0-1");
        objects.put(&key, bytes(round, 10)).await.unwrap();
        done.store(true, Ordering::SeqCst);
        other.join().unwrap();
        assert_eq!(objects.get(&key, 0..10).await, Ok(bytes(round, 10)));
    }
}

//! Keys are ours; another one never reaches a store.

use keepwell_objects::{ObjectError, Objects};

use crate::world::*;

fn hostile() -> Vec<String> {
    let mut keys: Vec<_> = [
        "",
        "/",
        "..",
        ".",
        "../x",
        "a/../b",
        "a/..",
        "./a",
        "/a",
        "/etc/passwd",
        "a/",
        "a//b",
        "a/b/",
        "//a",
        "a\\b",
        "a%2e",
        "%2E%2E/a",
        "a b",
        "a\nb",
        "a\0b",
        "a#1",
        "a:b",
        "C:",
        "~",
        "é",
        "a.b",
        "a_b",
        "*",
        "?x=1",
    ]
    .map(str::to_owned)
    .into();
    keys.push("../".repeat(50));
    keys
}

in_every_place! {
    async fn a_key_that_is_not_ours_is_refused(objects: Objects) {
        let refused = |done: Result<(), ObjectError>, key: &str| {
            assert!(matches!(&done, Err(ObjectError::Unavailable(why)) if why.contains("not the key")), "{key:?}: {done:?}");
        };
        for key in hostile() {
            refused(objects.put(&key, bytes(1, 1)).await, &key);
            refused(objects.get(&key, 0..1).await.map(drop), &key);
            refused(objects.delete(&key).await, &key);
            // As a prefix the empty one is everything, and a slash may stand at the end.
            if !key.is_empty() && key != "a/" && key != "a/b/" {
                refused(objects.keys(&key).await.map(drop), &key);
            }
        }
        assert!(objects.keys("").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn nothing_is_written_beside_the_folder() {
    let (objects, kept) = folder();
    for key in hostile() {
        let _ = objects.put(&key, bytes(1, 1)).await;
    }
    assert!(files(kept.path()).is_empty());
}

//! What the tests stand on: places, fresh for each test.

use std::env::var;
use std::io::Write as _;

use bytes::Bytes;
use keepwell_objects::{ObjectError, Objects, S3Settings};
use secrecy::SecretString;
use tempfile::TempDir;

/// Where a test's objects lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Folder,
    Memory,
    Bucket,
}

/// Says something past the capture of output, which hides what a passing test says.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A name that no other test has.
pub fn fresh_name() -> String {
    #[expect(clippy::disallowed_methods, reason = "a name for a test's objects")]
    uuid::Uuid::new_v4().to_string()
}

/// The bucket of the store for tests, and within it this prefix.
pub fn bucket(prefix: &str) -> Option<S3Settings> {
    let Ok(endpoint) = var("KEEPWELL_TEST_S3") else {
        say("SKIPPED on S3: KEEPWELL_TEST_S3 is not set");
        return None;
    };
    Some(S3Settings {
        endpoint: Some(endpoint),
        bucket: "keepwell-test".to_owned(),
        prefix: prefix.to_owned(),
        region: "us-east-1".to_owned(),
        access_key: var("KEEPWELL_TEST_S3_ACCESS_KEY").unwrap_or_else(|_| "keepwell".to_owned()),
        secret: SecretString::from(var("KEEPWELL_TEST_S3_SECRET").unwrap_or_else(|_| "keepwell".to_owned())),
        allow_http: false,
        path_style: true,
    })
}

/// An empty place, and what keeps it; or says aloud that there is none.
pub fn fresh(place: Place) -> Option<(Objects, Option<TempDir>)> {
    match place {
        Place::Folder => {
            let (objects, folder) = folder();
            Some((objects, Some(folder)))
        }
        Place::Memory => Some((Objects::in_memory(), None)),
        Place::Bucket => Some((Objects::s3(&bucket(&fresh_name())?).unwrap(), None)),
    }
}

/// An empty folder.
pub fn folder() -> (Objects, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Objects::local(&folder.path().join("objects")).unwrap(), folder)
}

/// Some bytes, others for each seed.
pub fn bytes(seed: usize, len: usize) -> Bytes {
    (0..len).map(|at| (at.wrapping_mul(31).wrapping_add(seed.wrapping_mul(7)) >> 3) as u8).collect()
}

/// The names of all files below a folder, whatever they are.
pub fn files(folder: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path.display().to_string()) }
        }
    }
    found
}

pub fn missing(key: &str) -> ObjectError {
    ObjectError::Missing(key.to_owned())
}

/// Runs a test in a place, or says aloud that it cannot.
pub async fn in_place<F: Future<Output = ()>>(place: Place, test: impl FnOnce(Objects) -> F) {
    if let Some((objects, _kept)) = fresh(place) {
        test(objects).await;
    }
}

/// Tests that run in every place.
macro_rules! in_every_place {
    ($($(#[$meta:meta])* async fn $name:ident($objects:ident: Objects) $body:block)*) => {$(
        mod $name {
            use super::*;

            $(#[$meta])*
            async fn test($objects: Objects) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn in_a_folder() {
                $crate::world::in_place($crate::world::Place::Folder, test).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn in_memory() {
                $crate::world::in_place($crate::world::Place::Memory, test).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn in_a_bucket() {
                $crate::world::in_place($crate::world::Place::Bucket, test).await;
            }
        }
    )*};
}

//! The place with faults does what a test says, once, and is the inner place otherwise.

use std::sync::Arc;

use keepwell_objects::testing::Faults;
use keepwell_objects::{ObjectError, Objects};

use crate::world::*;

const KEY: &str = "ab/one/0-1";

fn faulty() -> (Objects, Arc<Faults>, Objects) {
    let (inner, faults) = (Objects::in_memory(), Arc::new(Faults::default()));
    (Objects::faulty(inner.clone(), Arc::clone(&faults)), faults, inner)
}

fn unavailable<T>(done: Result<T, ObjectError>) -> bool {
    matches!(done, Err(ObjectError::Unavailable(_)))
}

#[tokio::test]
async fn a_full_store_writes_nothing_and_has_room_again_later() {
    let (objects, faults, inner) = faulty();
    faults.next_put_is_full();
    assert_eq!(objects.put(KEY, bytes(1, 10)).await, Err(ObjectError::Full));
    assert_eq!(inner.get(KEY, 0..10).await, Err(missing(KEY)));
    objects.put(KEY, bytes(1, 10)).await.unwrap();
    assert_eq!(objects.get(KEY, 0..10).await, Ok(bytes(1, 10)));
    faults.next_put_is_full();
    assert_eq!(objects.check().await, Err(ObjectError::Full));
}

#[tokio::test]
async fn an_answer_is_lost_after_the_object_was_written() {
    let (objects, faults, inner) = faulty();
    faults.next_put_fails_after_writing();
    assert!(unavailable(objects.put(KEY, bytes(1, 10)).await));
    assert_eq!(inner.get(KEY, 0..10).await, Ok(bytes(1, 10)));
}

#[tokio::test]
async fn a_put_waits_until_it_is_released() {
    let (objects, faults, inner) = faulty();
    let held = faults.next_put_waits();
    let put = tokio::spawn(async move { objects.put(KEY, bytes(1, 10)).await });
    held.came().await;
    assert_eq!(inner.get(KEY, 0..10).await, Err(missing(KEY)));
    held.release();
    put.await.unwrap().unwrap();
    assert_eq!(inner.get(KEY, 0..10).await, Ok(bytes(1, 10)));
}

#[tokio::test]
async fn gets_and_deletions_fail_as_long_as_a_test_wants() {
    let (objects, faults, _inner) = faulty();
    objects.put(KEY, bytes(1, 10)).await.unwrap();
    faults.gets_fail(true);
    assert!(unavailable(objects.get(KEY, 0..10).await) && unavailable(objects.get(KEY, 0..0).await));
    faults.gets_fail(false);
    faults.deletes_fail(true);
    assert!(unavailable(objects.delete(KEY).await));
    assert_eq!(objects.get(KEY, 0..10).await, Ok(bytes(1, 10)));
    faults.deletes_fail(false);
    objects.delete(KEY).await.unwrap();
}

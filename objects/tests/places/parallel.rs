//! Many at a time, in the same folder.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use keepwell_objects::Objects;

use crate::world::*;

in_every_place! {
    async fn parallel_puts_and_deletions_do_not_disturb_each_other(objects: Objects) {
        // Each task puts and deletes its own object, so that the folder is empty again and again.
        let tasks: Vec<_> = (0..8_usize)
            .map(|task| {
                let objects = objects.clone();
                tokio::spawn(async move {
                    for round in 0..25 {
                        let key = format!("ab/one/{task}-{round}");
                        objects.put(&key, bytes(task, 100)).await.unwrap();
                        assert_eq!(objects.get(&key, 0..100).await, Ok(bytes(task, 100)));
                        objects.delete(&key).await.unwrap();
                        assert_eq!(objects.get(&key, 0..100).await, Err(missing(&key)));
                    }
                    objects.put(&format!("ab/one/{task}"), bytes(task, 10)).await.unwrap();
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let left: Vec<_> = (0..8).map(|task| format!("ab/one/{task}")).collect();
        assert_eq!(objects.keys("").await.unwrap(), left);
    }

    async fn who_reads_sees_a_whole_object_or_none(objects: Objects) {
        const SIZE: usize = 300_000;
        const KEY: &str = "ab/one/0-1";
        let whole: Vec<_> = (0..10).map(|round| bytes(round, SIZE)).collect();
        let enough = Arc::new(AtomicBool::new(false));
        let writer = {
            let (objects, whole, enough) = (objects.clone(), whole.clone(), Arc::clone(&enough));
            tokio::spawn(async move {
                for round in (0..10).cycle() {
                    objects.put(KEY, whole[round].clone()).await.unwrap();
                    if enough.load(Ordering::SeqCst) {
                        break;
                    }
                    if round % 3 == 0 {
                        objects.delete(KEY).await.unwrap();
                    }
                }
            })
        };
        let mut seen = 0;
        while seen < 50 {
            match objects.get(KEY, 0..SIZE as u64).await {
                Ok(got) => {
                    assert!(whole.contains(&got), "parts of two objects");
                    seen += 1;
                }
                Err(error) => assert_eq!(error, missing(KEY)),
            }
            assert!(objects.keys("").await.unwrap().iter().all(|key| key == KEY));
        }
        enough.store(true, Ordering::SeqCst);
        writer.await.unwrap();
        assert_eq!(objects.keys("").await.unwrap(), [KEY]);
    }
}

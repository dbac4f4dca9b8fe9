//! What holds wherever objects lie.

use bytes::Bytes;
use keepwell_objects::{ObjectError, Objects};

use crate::world::*;

const KEY: &str = "ab/7d0a2c1e-0000-4000-8000-000000000001/0-1f";

in_every_place! {
    async fn what_was_put_is_got_in_whole_and_in_part(objects: Objects) {
        let whole = bytes(1, 100_000);
        objects.put(KEY, whole.clone()).await.unwrap();
        for range in [0..100_000, 0..1, 99_999..100_000, 777..50_001] {
            let part = whole.slice(range.start as usize..range.end as usize);
            assert_eq!(objects.get(KEY, range.clone()).await, Ok(part), "{range:?}");
        }
    }

    async fn the_largest_object_fits(objects: Objects) {
        let whole = bytes(2, 8 << 20);
        objects.put(KEY, whole.clone()).await.unwrap();
        assert!(objects.get(KEY, 0..8 << 20).await.unwrap() == whole);
    }

    async fn an_object_that_is_not_there_is_missing(objects: Objects) {
        assert_eq!(objects.get(KEY, 0..1).await, Err(missing(KEY)));
        assert_eq!(objects.get(KEY, 0..0).await, Err(missing(KEY)));
        objects.put(KEY, bytes(1, 10)).await.unwrap();
        // What keys begin with is not an object.
        assert_eq!(objects.get("ab", 0..1).await, Err(missing("ab")));
    }

    async fn fewer_bytes_than_asked_for_are_none(objects: Objects) {
        objects.put(KEY, bytes(1, 10)).await.unwrap();
        for range in [0..11, 9..12, 10..11, 20..30, 11..11, 0..u64::MAX] {
            let error = objects.get(KEY, range.clone()).await.unwrap_err();
            assert!(matches!(&error, ObjectError::Unavailable(why) if why.contains(KEY)), "{range:?}: {error}");
        }
    }

    async fn an_empty_range_is_empty_and_a_turned_one_is_refused(objects: Objects) {
        objects.put(KEY, bytes(1, 10)).await.unwrap();
        assert_eq!(objects.get(KEY, 3..3).await, Ok(Bytes::new()));
        assert_eq!(objects.get(KEY, 10..10).await, Ok(Bytes::new()));
        #[expect(clippy::reversed_empty_ranges, reason = "that is what is refused")]
        let turned = objects.get(KEY, 5..3).await;
        assert!(matches!(turned, Err(ObjectError::Unavailable(_))));
    }

    async fn an_empty_object_is_an_object(objects: Objects) {
        objects.put(KEY, Bytes::new()).await.unwrap();
        assert_eq!(objects.get(KEY, 0..0).await, Ok(Bytes::new()));
        assert_eq!(objects.keys("ab").await, Ok(vec![KEY.to_owned()]));
    }

    async fn a_second_put_is_what_is_there_then(objects: Objects) {
        objects.put(KEY, bytes(1, 10)).await.unwrap();
        objects.put(KEY, bytes(2, 20)).await.unwrap();
        assert_eq!(objects.get(KEY, 0..20).await, Ok(bytes(2, 20)));
    }

    async fn a_deleted_object_is_gone_and_may_be_deleted_again(objects: Objects) {
        objects.delete(KEY).await.unwrap();
        objects.put(KEY, bytes(1, 10)).await.unwrap();
        objects.delete(KEY).await.unwrap();
        assert_eq!(objects.get(KEY, 0..1).await, Err(missing(KEY)));
        objects.delete(KEY).await.unwrap();
        objects.put(KEY, bytes(2, 10)).await.unwrap();
        assert_eq!(objects.get(KEY, 0..10).await, Ok(bytes(2, 10)));
    }

    async fn keys_are_those_below_a_prefix_in_order(objects: Objects) {
        for key in ["b/2", "ab/x/2", "ab/x/1", "ab/y/1", "abc/x", "ab-c"] {
            objects.put(key, bytes(1, 1)).await.unwrap();
        }
        let keys = async |prefix| objects.keys(prefix).await.unwrap();
        assert_eq!(keys("").await, ["ab-c", "ab/x/1", "ab/x/2", "ab/y/1", "abc/x", "b/2"]);
        assert_eq!(keys("ab").await, ["ab/x/1", "ab/x/2", "ab/y/1"]);
        assert_eq!(keys("ab/").await, keys("ab").await);
        assert_eq!(keys("ab/y").await, ["ab/y/1"]);
        assert!(keys("nowhere").await.is_empty());
    }

    async fn a_check_leaves_nothing(objects: Objects) {
        objects.check().await.unwrap();
        objects.check().await.unwrap();
        assert!(objects.keys("").await.unwrap().is_empty());
    }

    async fn clones_are_the_same_place(objects: Objects) {
        objects.clone().put(KEY, bytes(1, 10)).await.unwrap();
        assert_eq!(objects.get(KEY, 0..10).await, Ok(bytes(1, 10)));
    }
}

//! A bucket of an S3 store that is not as it should be.

use keepwell_objects::{ObjectError, Objects, S3Settings};
use secrecy::SecretString;

use crate::world::*;

async fn check(settings: &S3Settings) -> String {
    match Objects::s3(settings).unwrap().check().await.unwrap_err() {
        ObjectError::Unavailable(why) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_wrong_bucket_is_told_at_the_start_and_is_no_lost_object() {
    let Some(settings) = bucket(&fresh_name()) else { return };
    let settings = S3Settings { bucket: "keepwell-nowhere".to_owned(), ..settings };
    let why = check(&settings).await;
    assert!(why.contains("NoSuchBucket") && why.contains("cannot be written"), "{why}");
    let objects = Objects::s3(&settings).unwrap();
    assert!(matches!(objects.get("ab/one/0-1", 0..1).await, Err(ObjectError::Unavailable(_))));
    assert!(matches!(objects.keys("").await, Err(ObjectError::Unavailable(_))));
}

#[tokio::test]
async fn a_wrong_secret_is_told_at_the_start_and_not_repeated() {
    let Some(settings) = bucket(&fresh_name()) else { return };
    // Only the server that `tests/objects/run` starts is known to look at signatures.
    if std::env::var("KEEPWELL_TEST_S3_SECRET").is_err() {
        return say("SKIPPED a wrong secret on S3: KEEPWELL_TEST_S3_SECRET is not set");
    }
    let why = check(&S3Settings { secret: SecretString::from("hunter22"), ..settings.clone() }).await;
    assert!(why.contains("SignatureDoesNotMatch") && !why.contains("hunter22"), "{why}");
    let why = check(&S3Settings { access_key: "nobody".to_owned(), ..settings }).await;
    assert!(why.contains("InvalidAccessKeyId"), "{why}");
}

#[tokio::test]
async fn prefixes_are_apart_and_more_keys_than_one_answer_holds_are_listed() {
    let name = fresh_name();
    let (Some(settings), Some(longer)) = (bucket(&name), bucket(&format!("{name}-2/deep"))) else { return };
    let (one, other) = (Objects::s3(&settings).unwrap(), Objects::s3(&longer).unwrap());
    other.put("ab/x", bytes(1, 1)).await.unwrap();
    // An answer holds a thousand.
    for number in 0..1_005 {
        one.put(&format!("ab/{number:04}"), bytes(1, 1)).await.unwrap();
    }
    let keys = one.keys("ab").await.unwrap();
    assert_eq!((keys.len(), &*keys[0], &*keys[1_004]), (1_005, "ab/0000", "ab/1004"));
    assert_eq!(other.keys("").await.unwrap(), ["ab/x"]);
}

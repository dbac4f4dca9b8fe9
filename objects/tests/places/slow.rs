//! Stores that do not answer, or answer that they cannot. They are played by the test.

use std::time::Duration;

use keepwell_objects::{ObjectError, Objects, S3Settings};
use secrecy::SecretString;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::world::*;

/// A store that reads what comes and answers each connection with this, or never.
async fn store(answer: Option<String>) -> Objects {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut read = [0; 16_384];
                while stream.read(&mut read).await.is_ok_and(|read| read > 0) {
                    if let Some(answer) = &answer {
                        let _ = stream.write_all(answer.as_bytes()).await;
                        break;
                    }
                }
            });
        }
    });
    let settings = S3Settings {
        endpoint: Some(endpoint),
        bucket: "bucket".to_owned(),
        prefix: String::new(),
        region: "us-east-1".to_owned(),
        access_key: "us".to_owned(),
        secret: SecretString::from("secret"),
        allow_http: false,
        path_style: true,
    };
    Objects::s3(&settings).unwrap()
}

fn says(status: &str, body: &str) -> Option<String> {
    Some(format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
}

fn why<T: std::fmt::Debug>(done: Result<T, ObjectError>) -> String {
    match done {
        Err(ObjectError::Unavailable(why)) => why,
        other => panic!("{other:?}"),
    }
}

// The clock stands still and jumps when all wait for it, so minutes pass at once.
#[tokio::test(start_paused = true)]
async fn a_store_that_never_answers_is_given_up() {
    let objects = store(None).await;
    let before = tokio::time::Instant::now();
    let said = why(objects.put("ab/x", bytes(1, 100)).await);
    assert!(said.contains("timed out"), "{said}");
    why(objects.get("ab/x", 0..1).await);
    why(objects.keys("").await);
    why(objects.delete("ab/x").await);
    // By the test's clock, and the library bounds its repetitions by the real one: four tries of 30 s.
    assert!(before.elapsed() < Duration::from_secs(4 * 140));
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_no_object() {
    let cut = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-99/100\r\nContent-Length: 100\r\n\
               Last-Modified: Tue, 01 Jan 2030 00:00:00 GMT\r\nETag: \"x\"\r\n\r\nabc";
    let objects = store(Some(cut.to_owned())).await;
    why(objects.get("ab/x", 0..100).await);
}

#[tokio::test]
async fn a_store_without_room_is_full() {
    let objects =
        store(says("507 Insufficient Storage", "<Error><Code>XMinioStorageFull</Code></Error>")).await;
    assert_eq!(objects.put("ab/x", bytes(1, 100)).await, Err(ObjectError::Full));
    let objects = store(says("403 Forbidden", "<Error><Code>QuotaExceeded</Code></Error>")).await;
    assert_eq!(objects.put("ab/x", bytes(1, 100)).await, Err(ObjectError::Full));
}

#[tokio::test]
async fn a_store_that_fails_is_named_with_what_it_said() {
    let objects = store(says("503 Slow Down", "<Error>\n<Code>SlowDown</Code></Error>")).await;
    let said = why(objects.put("ab/x", bytes(1, 100)).await);
    assert_eq!(said, "503 Service Unavailable, SlowDown");
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_not_there_is_unavailable() {
    let settings = S3Settings {
        endpoint: Some("http://127.0.0.1:1".to_owned()),
        bucket: "bucket".to_owned(),
        prefix: String::new(),
        region: "us-east-1".to_owned(),
        access_key: "us".to_owned(),
        secret: SecretString::from("secret"),
        allow_http: false,
        path_style: true,
    };
    let said = why(Objects::s3(&settings).unwrap().check().await);
    assert!(said.contains("refused") && said.contains("cannot be written"), "{said}");
}

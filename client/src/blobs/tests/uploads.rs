//! Uploads: what goes over the channel, what is done when it breaks, and what is not.

use std::io::Cursor;
use std::num::NonZeroU64;

use super::super::{BlobError, BlobHash, Upload, Uploaded};
use super::{bytes, no_progress, record, server, slot, url};
use crate::Error;
use crate::test_blobs::{CHUNK, Fault};
use crate::test_server::TestServer;

const MIB: usize = 1 << 20;

fn hash(bytes: &[u8]) -> BlobHash {
    BlobHash::of(bytes, NonZeroU64::new(CHUNK as u64 / 4).unwrap())
}

async fn upload(server: &std::sync::Arc<TestServer>, bytes: &[u8]) -> Result<Uploaded, Error> {
    record(&server.client()).upload(&mut Cursor::new(bytes), no_progress).await
}

/// An upload that was given up in the middle: the server has some of the bytes.
async fn given_up(server: &std::sync::Arc<TestServer>, bytes: &[u8]) -> Upload {
    let client = server.client();
    let record = record(&client);
    let mut upload = record.begin_upload(bytes.len() as u64).await.unwrap();
    server.blobs.faults([Fault::None, Fault::CutAfter(2 * MIB), Fault::Answer(403, None)]);
    let sent = record.send_upload(&mut upload, &mut Cursor::new(bytes), no_progress).await;
    assert!(matches!(sent, Err(Error::Blob(BlobError::UrlRefused(_)))), "{sent:?}");
    server.blobs.asked();
    upload
}

#[tokio::test]
async fn bytes_go_up_in_long_requests_once_the_server_tells_what_it_has() {
    let (server, all) = (server(), bytes(20 * MIB + 5));
    let mut done = Vec::new();
    let client = server.client();
    let progress = |now: super::Progress| {
        assert_eq!(now.total, Some(20 * (1 << 20) + 5));
        done.push(now.done);
    };
    let uploaded = record(&client).upload(&mut Cursor::new(&all), progress).await.unwrap();
    assert_eq!(uploaded.url.expose(), url("T"));
    assert_eq!((&uploaded.hash, uploaded.length), (&hash(&all), all.len() as u64));
    assert_eq!(server.blobs.stored("T"), (all, true));
    assert_eq!(
        server.blobs.asked(),
        [
            "POST bytes 0-1048575/20971525",
            "POST bytes 1048576-17825791/20971525",
            "POST bytes 17825792-20971524/20971525 complete"
        ]
    );
    assert!(done.is_sorted() && done.last() == Some(&20_971_525), "{done:?}");
    assert!(server.pauses().is_empty());
}

#[tokio::test]
async fn the_last_request_says_so_also_where_pieces_come_out_even() {
    for (length, requests) in
        [(0, vec!["POST complete"]), (MIB, vec!["POST bytes 0-1048575/1048576 complete"])]
    {
        let (server, all) = (server(), bytes(length));
        let uploaded = upload(&server, &all).await.unwrap();
        assert_eq!(
            (uploaded.hash, server.blobs.asked()),
            (hash(&all), requests.iter().map(|r| r.to_string()).collect())
        );
        assert_eq!(server.blobs.stored("T"), (all, true));
    }
}

#[tokio::test]
async fn a_broken_connection_goes_on_from_what_the_server_has() {
    let (server, all) = (server(), bytes(6 * MIB));
    server.blobs.faults([Fault::None, Fault::CutAfter(2 * MIB + MIB / 2)]);
    let uploaded = upload(&server, &all).await.unwrap();
    assert_eq!(uploaded.hash, hash(&all));
    assert_eq!(server.blobs.stored("T"), (all, true));
    assert_eq!(
        server.blobs.asked(),
        [
            "POST bytes 0-1048575/6291456",
            "POST bytes 1048576-6291455/6291456 complete",
            "POST",
            "POST bytes 3145728-6291455/6291456 complete"
        ]
    );
    assert_eq!(server.pauses(), [1]);
}

#[tokio::test]
async fn after_a_failure_that_got_nothing_on_a_short_request_is_tried() {
    let (server, all) = (server(), bytes(6 * MIB));
    server.blobs.faults([Fault::None, Fault::CutAfter(5)]);
    upload(&server, &all).await.unwrap();
    assert_eq!(
        server.blobs.asked()[1..],
        [
            "POST bytes 1048576-6291455/6291456 complete",
            "POST",
            "POST bytes 1048576-2097151/6291456",
            "POST bytes 2097152-6291455/6291456 complete"
        ]
    );
}

#[tokio::test]
async fn a_lost_answer_to_the_last_request_is_made_up_for() {
    let (server, all) = (server(), bytes(3 * MIB));
    server.blobs.faults([Fault::None, Fault::LoseAnswer]);
    assert_eq!(upload(&server, &all).await.unwrap().hash, hash(&all));
    assert_eq!(server.blobs.asked()[2..], ["POST", "POST complete"]);
}

#[tokio::test]
async fn another_process_goes_on() {
    let (server, all) = (server(), bytes(5 * MIB));
    let kept = serde_json::to_string(&given_up(&server, &all).await).unwrap();
    let mut upload: Upload = serde_json::from_str(&kept).unwrap();
    assert_eq!((upload.received(), upload.length()), (MIB as u64, all.len() as u64));
    let client = server.client();
    let sent = record(&client).send_upload(&mut upload, &mut Cursor::new(&all), no_progress).await;
    assert_eq!(sent.unwrap().hash, hash(&all));
    assert_eq!(server.blobs.stored("T"), (all, true));
    // What the server got before the connection broke is not sent again, though nobody had noted it.
    assert_eq!(server.blobs.asked(), ["POST", "POST bytes 3145728-5242879/5242880 complete"]);
}

#[tokio::test]
async fn an_upload_that_was_kept_once_at_the_beginning_goes_on_too() {
    let (server, all) = (server(), bytes(5 * MIB));
    let client = server.client();
    let mut upload = record(&client).begin_upload(all.len() as u64).await.unwrap();
    server.blobs.open("T", &all[..4 * MIB]);
    let sent = record(&client).send_upload(&mut upload, &mut Cursor::new(&all), no_progress).await;
    assert_eq!(sent.unwrap().hash, hash(&all));
    assert_eq!(
        server.blobs.asked(),
        ["POST bytes 0-1048575/5242880", "POST bytes 4194304-5242879/5242880 complete"]
    );
}

#[tokio::test]
async fn a_future_that_was_dropped_in_the_middle_spoils_nothing() {
    let (server, all) = (server(), bytes(5 * MIB));
    let client = server.client();
    let record = record(&client);
    let mut upload = record.begin_upload(all.len() as u64).await.unwrap();
    let mut source = Cursor::new(&all);
    server.blobs.faults([Fault::None, Fault::Stall]);
    let stalled = tokio::sync::Notify::new();
    let progress = |now: super::Progress| {
        if now.done > MIB as u64 {
            stalled.notify_one();
        }
    };
    tokio::select! {
        _ = record.send_upload(&mut upload, &mut source, progress) => panic!("it stalls"),
        () = stalled.notified() => {}
    }
    let sent = record.send_upload(&mut upload, &mut source, no_progress).await;
    assert_eq!(sent.unwrap().hash, hash(&all));
    assert_eq!(server.blobs.stored("T"), (all, true));
}

#[tokio::test]
async fn a_source_that_has_changed_is_not_sent_on() {
    let (server, all) = (server(), bytes(5 * MIB));
    let upload = given_up(&server, &all).await;
    let client = server.client();
    let mut changed = all.clone();
    changed[7] ^= 1;
    for other in [&all[1..], &changed] {
        let sent =
            record(&client).send_upload(&mut upload.clone(), &mut Cursor::new(other), no_progress).await;
        assert!(matches!(sent, Err(Error::Blob(BlobError::SourceChanged(_)))), "{sent:?}");
    }
    assert!(server.blobs.asked().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn refusals_that_last_are_told_apart_and_not_tried_again() {
    for status in [403, 409, 413, 507, 400, 501] {
        let server = server();
        server.blobs.faults([Fault::Answer(status, None)]);
        let Err(Error::Blob(error)) = upload(&server, b"abc").await else { panic!("{status}") };
        let told = match &error {
            BlobError::UrlRefused(_) => 403,
            BlobError::Conflict(_) => 409,
            BlobError::TooLong(_) => 413,
            BlobError::NoRoom(_) => 507,
            BlobError::Http { status, .. } => *status,
            other => panic!("{other}"),
        };
        assert_eq!((told, server.blobs.asked().len()), (status, 1), "{error}");
        assert!(error.to_string().ends_with(": no"), "{error}");
    }
}

#[tokio::test]
async fn other_bytes_than_the_server_has_are_a_conflict() {
    let server = server();
    server.blobs.open("T", b"abd");
    let sent = upload(&server, b"abc").await;
    assert!(matches!(sent, Err(Error::Blob(BlobError::Conflict(_)))), "{sent:?}");
    server.blobs.asked();
    // And so are more bytes than there are.
    let client = TestServer::answering([slot(&url("T"))]);
    client.blobs.open("T", b"abcd");
    assert!(matches!(upload(&client, b"abc").await, Err(Error::Blob(BlobError::Conflict(_)))));
}

#[tokio::test]
async fn a_busy_server_is_waited_for_as_long_as_it_says() {
    let server = server();
    let faults = [Fault::Answer(503, Some(7)), Fault::Answer(429, Some(86_400)), Fault::Answer(500, None)];
    server.blobs.faults(faults);
    upload(&server, b"abc").await.unwrap();
    assert_eq!(server.pauses(), [7, 300, 4]);
}

#[tokio::test]
async fn a_server_that_stays_away_is_given_up_after_a_minute() {
    let server = server();
    server.blobs.faults(std::iter::repeat_n(Fault::Answer(503, None), 20));
    let sent = upload(&server, b"abc").await;
    assert!(matches!(sent, Err(Error::Blob(BlobError::Http { status: 503, .. }))), "{sent:?}");
    assert_eq!(server.pauses(), [1, 2, 4, 8, 16, 32]);
}

#[tokio::test]
async fn failures_do_not_count_any_more_once_something_gets_on() {
    let (server, all) = (server(), bytes(20 * MIB));
    server.blobs.faults([Fault::None]);
    // Each time a piece arrives before the connection breaks: request, question, request, …
    server.blobs.faults((0..12).flat_map(|_| [Fault::CutAfter(MIB), Fault::None]));
    upload(&server, &all).await.unwrap();
    assert_eq!(server.blobs.stored("T"), (all, true));
    assert_eq!(server.pauses(), [1; 12]);
}

#[tokio::test]
async fn a_server_that_lost_bytes_is_sent_them_again() {
    let (server, all) = (server(), bytes(20 * MIB));
    server.blobs.faults([Fault::None, Fault::None, Fault::Forget(3 * MIB)]);
    assert_eq!(upload(&server, &all).await.unwrap().hash, hash(&all));
    assert_eq!(server.blobs.stored("T"), (all, true));
}

#[tokio::test]
async fn a_server_that_keeps_nothing_is_given_up() {
    let (server, all) = (server(), bytes(3 * MIB));
    server.blobs.faults([Fault::None]);
    server.blobs.faults(std::iter::repeat_n(Fault::Forget(0), 30));
    let sent = upload(&server, &all).await;
    assert!(matches!(sent, Err(Error::Blob(BlobError::Conflict(_)))), "{sent:?}");
    assert_eq!(server.pauses(), [1, 2, 4, 8, 16, 32]);
}

#[tokio::test]
async fn a_server_that_tells_nothing_gets_the_pieces_that_it_wants_and_a_repetition() {
    let (server, all) = (server(), bytes(3 * MIB + 1));
    server.blobs.be_plain();
    server.blobs.faults([Fault::None, Fault::None, Fault::LoseAnswer]);
    assert_eq!(upload(&server, &all).await.unwrap().hash, hash(&all));
    assert_eq!(server.blobs.stored("T"), (all, true));
    assert_eq!(
        server.blobs.asked(),
        [
            "POST bytes 0-1048575/3145729",
            "POST bytes 1048576-2097151/3145729",
            "POST bytes 2097152-3145727/3145729",
            "POST bytes 2097152-3145727/3145729",
            "POST bytes 3145728-3145728/3145729 complete"
        ]
    );
}

#[tokio::test]
async fn what_is_too_long_is_not_begun() {
    let server = server();
    let begun = record(&server.client()).begin_upload(100 * CHUNK as u64 + 1).await;
    assert!(matches!(begun, Err(Error::Blob(BlobError::TooLong(_)))), "{begun:?}");
}

#[tokio::test]
async fn bytes_do_not_leave_a_protected_line_for_an_open_one() {
    let server = TestServer::answering([slot("http://platform.example/?blob-ref-token=T")]);
    server.blobs.open("T", &[]);
    assert!(matches!(upload(&server, b"abc").await, Err(Error::Malformed(_))));
    assert!(server.blobs.asked().is_empty());
}

#[tokio::test]
async fn an_upload_may_run_in_a_task_of_its_own() {
    let server = server();
    let client = server.client();
    let sent = tokio::spawn(async move {
        record(&client).upload(&mut Cursor::new(b"abc"), no_progress).await.map(|done| done.length)
    });
    assert_eq!(sent.await.unwrap().unwrap(), 3);
}

#[tokio::test]
async fn no_address_gets_into_a_log() {
    let server = server();
    let client = server.client();
    let mut upload = record(&client).begin_upload(3).await.unwrap();
    let before = format!("{upload:?}");
    let sent = record(&client).send_upload(&mut upload, &mut Cursor::new(b"abc"), no_progress).await;
    let shown = format!("{before} {:?}", sent.unwrap());
    assert!(!shown.contains("token"), "{shown}");
}

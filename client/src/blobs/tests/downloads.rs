//! Downloads: what is asked for, what is done when the channel breaks, and what is believed.

use std::sync::Arc;

use super::super::{BLOCK_SIZE, Blob, BlobData, BlobError, BlobHash, BlobUrl, Download};
use super::{bytes, no_progress, record, server, url};
use crate::Error;
use crate::test_blobs::Fault;
use crate::test_server::TestServer;

fn blob(bytes: &[u8], data: BlobData) -> Blob {
    Blob {
        name: "scan".into(),
        content_type: "image/png".into(),
        length: Some(bytes.len() as u64),
        hash: Some(BlobHash::of(bytes, BLOCK_SIZE)),
        data,
        legacy_content_encoding: None,
        current_content_encoding: None,
    }
}

fn streamed(bytes: &[u8]) -> Blob {
    blob(bytes, BlobData::Streamed(BlobUrl::new(url("T"))))
}

/// A server that has these bytes.
fn having(bytes: &[u8]) -> Arc<TestServer> {
    let server = server();
    server.blobs.open("T", bytes);
    server
}

async fn download(server: &Arc<TestServer>, blob: &Blob) -> Result<Vec<u8>, Error> {
    let mut arrived = Vec::new();
    record(&server.client()).download(blob, &mut arrived, no_progress).await.map(|()| arrived)
}

fn is_damaged(result: Result<Vec<u8>, Error>) -> bool {
    matches!(result, Err(Error::Blob(BlobError::Damaged(_))))
}

#[tokio::test]
async fn bytes_come_down_and_are_checked() {
    let all = bytes(3 << 20);
    let (server, mut arrived, mut done) = (having(&all), Vec::new(), Vec::new());
    let client = server.client();
    let progress = |now: super::Progress| {
        assert_eq!(now.total, Some(3 << 20));
        done.push(now.done);
    };
    record(&client).download(&streamed(&all), &mut arrived, progress).await.unwrap();
    assert!(arrived == all);
    assert!(done.is_sorted() && done.last() == Some(&(3 << 20)), "{done:?}");
    assert_eq!(server.blobs.asked(), ["GET"]);
}

#[tokio::test]
async fn a_broken_connection_goes_on_where_it_broke() {
    let all = bytes(3 << 20);
    let server = having(&all);
    server.blobs.faults([Fault::CutAfter(1_000_000), Fault::CutAfter(0), Fault::Answer(503, Some(9))]);
    assert!(download(&server, &streamed(&all)).await.unwrap() == all);
    let asked = server.blobs.asked();
    assert_eq!((asked.len(), &*asked[0], &*asked[3]), (4, "GET", "GET bytes=1000000- if the same"));
    assert_eq!(server.pauses(), [1, 2, 9]);
}

#[tokio::test]
async fn a_server_that_knows_no_parts_sends_all_again() {
    let all = bytes(1 << 20);
    let server = having(&all);
    server.blobs.be_plain();
    server.blobs.faults([Fault::CutAfter(700_000)]);
    assert!(download(&server, &streamed(&all)).await.unwrap() == all);
    assert_eq!(server.blobs.asked(), ["GET", "GET bytes=700000-"]);
}

#[tokio::test]
async fn what_is_not_what_was_stored_is_refused() {
    let all = bytes(1000);
    let mut other = all.clone();
    other[500] ^= 1;
    assert!(is_damaged(download(&having(&other), &streamed(&all)).await), "the hash");
    assert!(is_damaged(download(&having(&all[1..]), &streamed(&all)).await), "the length");
    let inline = blob(&all, BlobData::Inline(other));
    assert!(is_damaged(download(&server(), &inline).await), "inline too");
    let short = blob(&all, BlobData::Inline(all[1..].to_vec()));
    assert!(is_damaged(download(&server(), &short).await), "and its length");
}

#[tokio::test]
async fn bytes_that_are_replaced_in_the_middle_are_not_mixed() {
    let all = bytes(400_000);
    let mut unhashed = streamed(&all);
    unhashed.hash = None;
    let server = having(&all);
    server.blobs.faults([Fault::CutAfter(200_000), Fault::Answer(403, None)]);
    let (client, mut arrived) = (server.client(), Vec::new());
    let mut download = Download::of(&unhashed).unwrap();
    record(&client).receive_download(&mut download, &mut arrived, no_progress).await.unwrap_err();
    let mut other = all.clone();
    other[300_000] ^= 1;
    server.blobs.open("T", &other);
    let rest = record(&client).receive_download(&mut download, &mut arrived, no_progress).await;
    assert!(is_damaged(rest.map(|()| Vec::new())));
    assert!(download.renew(&streamed(&other)).is_err());
}

#[tokio::test]
async fn a_download_goes_on_with_a_new_url() {
    let all = bytes(400_000);
    let server = having(&all);
    server.blobs.faults([Fault::CutAfter(200_000), Fault::Answer(403, None)]);
    let (client, mut arrived) = (server.client(), Vec::new());
    let mut download = Download::of(&streamed(&all)).unwrap();
    assert!(download.is_hash_checked());
    let broken = record(&client).receive_download(&mut download, &mut arrived, no_progress).await;
    assert!(matches!(broken, Err(Error::Blob(BlobError::UrlRefused(_)))));
    assert_eq!(download.received(), 200_000);
    server.blobs.open("U", &all);
    download.renew(&blob(&all, BlobData::Streamed(BlobUrl::new(url("U"))))).unwrap();
    record(&client).receive_download(&mut download, &mut arrived, no_progress).await.unwrap();
    assert!(arrived == all);
    assert_eq!(server.blobs.asked().last().unwrap(), "GET bytes=200000- if the same");
}

#[tokio::test]
async fn a_download_may_run_in_a_task_of_its_own() {
    let server = having(b"abc");
    let client = server.client();
    let fetched = tokio::spawn(async move {
        let mut arrived = Vec::new();
        record(&client).download(&streamed(b"abc"), &mut arrived, no_progress).await.map(|()| arrived)
    });
    assert_eq!(fetched.await.unwrap().unwrap(), b"abc");
}

#[tokio::test]
async fn inline_bytes_need_no_request_and_information_has_none() {
    let server = server();
    assert_eq!(download(&server, &blob(b"abc", BlobData::Inline(b"abc".to_vec()))).await.unwrap(), b"abc");
    let told = download(&server, &blob(b"abc", BlobData::Information)).await;
    assert!(matches!(told, Err(Error::Blob(BlobError::NoBytes))));
    assert!(server.blobs.asked().is_empty());
}

#[tokio::test]
async fn a_hash_of_another_kind_is_not_checked_and_that_is_told() {
    let all = bytes(1000);
    let mut strange = streamed(&all);
    strange.hash.as_mut().unwrap().algorithm = "MD5".into();
    assert!(!Download::of(&strange).unwrap().is_hash_checked());
    strange.length = None;
    assert!(download(&having(&all), &strange).await.unwrap() == all);
}

#[tokio::test]
async fn an_empty_attachment_arrives() {
    for length in [Some(0), None] {
        let empty = Blob { length, ..streamed(&[]) };
        assert!(download(&having(&[]), &empty).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_server_that_stays_away_is_given_up_after_a_minute() {
    let all = bytes(1000);
    let server = having(&all);
    server.blobs.faults(std::iter::repeat_n(Fault::CutAfter(0), 20));
    assert!(matches!(download(&server, &streamed(&all)).await, Err(Error::Transport(_))));
    assert_eq!(server.pauses(), [1, 2, 4, 8, 16, 32]);
}

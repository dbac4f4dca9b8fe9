//! Attachments over real connections, from a file into a file.

use std::sync::Arc;

use keepwell_wire::methods::{get_things, put_things};
use keepwell_wire::shapes::{BlobOut, BlobOutData, ThingKey, ThingOut, TypeRef};
use keepwell_wire::things::BlobHash as HashOut;
use tokio::fs::File;
use uuid::{Uuid, uuid};

use super::loopback::serve;
use super::{bytes, no_progress, record, slot};
use crate::blobs::{BlobHash, Uploaded};
use crate::test_blobs::Fault;
use crate::test_server::TestServer;
use crate::transport::Http;
use crate::{BlobFormat, NewBlob, NewThing, Query};

const FILE: Uuid = uuid!("bd0403c5-4ae2-4b0e-a8db-1888678e4528");

/// A thing with one blob, which the server has at the URL.
fn with_blob(key: ThingKey, url: &str, uploaded: &Uploaded) -> String {
    let BlobHash { algorithm, block_size, base64 } = uploaded.hash.clone();
    let mut thing = ThingOut::new(key, TypeRef { id: FILE, name: "File".into() });
    thing.blobs = vec![BlobOut {
        name: String::new(),
        content_type: "application/pdf".into(),
        hash: Some(HashOut { algorithm, block_size, hash: base64 }),
        content_length: Some(uploaded.length),
        data: BlobOutData::Streamed(url.into()),
        legacy_content_encoding: None,
        current_content_encoding: None,
    }];
    get_things::answer(3, &[get_things::GroupOut { things: vec![thing], ..Default::default() }])
}

#[tokio::test]
async fn a_file_goes_to_a_record_and_comes_back_though_connections_break() {
    let server = TestServer::answering([]);
    let address = serve(Arc::clone(&server)).await;
    let url = format!("{address}/streaming/wildcatblob.ashx?blob-ref-token=T");
    let transport = Arc::new(Http::new().unwrap());
    let client = server.client_at(transport, &format!("{address}/platform/wildcat.ashx"));
    let record = record(&client);
    let (folder, all) = (tempfile::tempdir().unwrap(), bytes((20 << 20) + 1));
    let (here, back) = (folder.path().join("here"), folder.path().join("back"));
    std::fs::write(&here, &all).unwrap();

    server.expect(slot(&url));
    server.blobs.open("T", &[]);
    server.blobs.faults([
        Fault::CutAfter(0),
        Fault::None,
        Fault::None,
        Fault::CutAfter(5 << 20),
        Fault::LoseAnswer,
    ]);
    let mut source = File::open(&here).await.unwrap();
    let uploaded = record.upload(&mut source, no_progress).await.unwrap();
    assert!(server.blobs.stored("T") == (all.clone(), true));

    let key = ThingKey { id: Uuid::from_u128(1), version_stamp: Uuid::from_u128(2) };
    server.expect(put_things::answer(&[key]));
    let thing = NewThing::of(FILE, "<file><name>a.pdf</name><size>1</size></file>");
    let blob = NewBlob::uploaded("", "application/pdf", uploaded.clone());
    record.put_things(&[thing.with_blob(blob)]).await.unwrap();

    server.expect(with_blob(key, &url, &uploaded));
    let query = Query::of_keys([key]).with_blobs(BlobFormat::Streamed);
    let found = record.get_things(&query).await.unwrap();
    server.blobs.faults([Fault::CutAfter(7 << 20), Fault::CutAfter(0)]);
    let mut sink = File::create(&back).await.unwrap();
    record.download(found.things[0].blob("").unwrap(), &mut sink, no_progress).await.unwrap();
    assert!(std::fs::read(&back).unwrap() == all);
}

#[tokio::test]
async fn a_refusal_is_heard_over_http() {
    let server = TestServer::answering([]);
    let address = serve(Arc::clone(&server)).await;
    let transport = Arc::new(Http::new().unwrap());
    let client = server.client_at(transport, &format!("{address}/platform/wildcat.ashx"));
    server.expect(slot(&format!("{address}/?blob-ref-token=unknown")));
    let mut source = std::io::Cursor::new(b"abc");
    let error = record(&client).upload(&mut source, no_progress).await.unwrap_err();
    assert_eq!(error.to_string(), "the server refuses the URL of the attachment: the token is unknown");
}

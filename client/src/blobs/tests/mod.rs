//! Attachments against a server that keeps its promises about them, and against one that fails.

mod downloads;
mod loopback;
mod over_http;
mod uploads;

use std::sync::Arc;

use keepwell_wire::methods::begin_put_blob::{self, BlobPut};
use uuid::Uuid;

use super::Progress;
use crate::test_blobs::CHUNK;
use crate::test_server::TestServer;
use crate::{Client, RecordCaller};

/// Where the test server has a token.
fn url(token: &str) -> String {
    format!("https://platform.example/streaming/wildcatblob.ashx?blob-ref-token={token}")
}

/// The answer of BeginPutBlob.
fn slot(url: &str) -> String {
    begin_put_blob::answer(&BlobPut {
        url: url.to_owned(),
        chunk_size: CHUNK as u32,
        max_size: 100 * CHUNK as u32,
        hash_algorithm: "SHA256Block",
        block_size: CHUNK as u32 / 4,
    })
}

/// A server with the token `T`, which it gives out at once.
fn server() -> Arc<TestServer> {
    let server = TestServer::answering([slot(&url("T"))]);
    server.blobs.open("T", &[]);
    server
}

fn record(client: &Client) -> RecordCaller<'_> {
    client.offline(Uuid::from_u128(9)).record(Uuid::from_u128(8))
}

/// Bytes of which no two pieces are alike.
fn bytes(count: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(count + 8);
    let mut state = 1_u64;
    while bytes.len() < count {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        bytes.extend_from_slice(&state.to_be_bytes());
    }
    bytes.truncate(count);
    bytes
}

fn no_progress(_: Progress) {}

//! Attachments: a gigabyte in and out, beside the same bytes over the same loopback to and from the same
//! disk, and what memory the server takes meanwhile.

mod server;
mod wire;

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;

pub use self::server::run as serve;
use self::wire::{get, post, post_in_chunks, text};
use crate::child::Server;
use crate::clock;
use crate::servers::Which;

/// Bytes that are sent and written at a time.
const BUFFER: usize = 1024 * 1024;
/// The chunk that clients of the original are told.
const CHUNK: u64 = 2 * 1024 * 1024;

/// Measures and prints the ratios; `mebibytes` of one attachment.
pub async fn run(mebibytes: u64) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let size = mebibytes * 1024 * 1024;
    let disk = write(&folder.path().join("plain"), size)?;
    println!("{mebibytes} MiB to the disk, synced once: {}", speed(size, disk));
    let server = Server::start(Which::Blobs, folder.path()).await?;
    let port = server.port;
    let begin = text(port, "/memory").await?;
    let sink = timed(post(port, "/bare/nowhere", size)).await?;
    let bare = timed(post(port, "/bare/disk", size)).await?;
    let whole = text(port, "/upload").await?;
    let upload = timed(post(port, &whole, size)).await?;
    let chunked = text(port, "/upload").await?;
    let chunks = timed(post_in_chunks(port, &chunked, size, CHUNK)).await?;
    let after_uploads = text(port, "/memory").await?;
    let attachment = text(port, &format!("/attach?{}", query(&whole)?)).await?;
    let bare_get = timed(get(port, "/bare/disk", size)).await?;
    let download = timed(get(port, &attachment, size)).await?;
    let after = text(port, "/memory").await?;
    println!("over the loopback to nowhere:             {}", speed(size, sink));
    println!("over the loopback to the disk:            {}", speed(size, bare));
    line("uploaded in one request", size, upload, bare);
    line("uploaded in chunks of 2 MiB", size, chunks, bare);
    println!("from the disk over the loopback:          {}", speed(size, bare_get));
    line("downloaded", size, download, bare_get);
    println!(
        "memory of the server at its highest, MiB: {begin} at the beginning, {after_uploads} after the uploads, {after} \
         in the end"
    );
    server.stop().await
}

fn line(what: &str, size: u64, time: Duration, beside: Duration) {
    let ratio = beside.as_secs_f64() / time.as_secs_f64().max(f64::MIN_POSITIVE);
    println!("{what:41} {}, {ratio:.2} of that", speed(size, time));
}

fn speed(size: u64, time: Duration) -> String {
    let mebibytes = u32::try_from(size / (1024 * 1024)).map_or(f64::INFINITY, f64::from);
    format!("{:.0} MiB/s", mebibytes / time.as_secs_f64().max(f64::MIN_POSITIVE))
}

fn query(address: &str) -> anyhow::Result<&str> {
    address.split_once('?').map(|(_, query)| query).context("an address without a token")
}

async fn timed(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<Duration> {
    let begin = clock::now();
    work.await?;
    Ok(begin.elapsed())
}

fn write(path: &Path, size: u64) -> anyhow::Result<Duration> {
    let buffer = noise();
    let begin = clock::now();
    let mut file = File::create(path)?;
    let mut left = size;
    while left > 0 {
        let now = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        file.write_all(&buffer[..now])?;
        left -= now as u64;
    }
    file.sync_all()?;
    let took = begin.elapsed();
    std::fs::remove_file(path)?;
    Ok(took)
}

/// Bytes that nothing on the way could make fewer.
fn noise() -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = Vec::with_capacity(BUFFER);
    while bytes.len() < BUFFER {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes
}

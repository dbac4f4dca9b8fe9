//! Requests with long bodies, and long answers, at as little cost as there can be.

use anyhow::{Context as _, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{BUFFER, noise};

/// Sends so many bytes to an address.
pub async fn post(port: u16, path: &str, size: u64) -> anyhow::Result<()> {
    let mut stream = connect(port).await?;
    chunk(&mut stream, path, 0..size, size, &noise()).await
}

/// Sends them in requests of `chunk` bytes, each after the answer to the one before.
pub async fn post_in_chunks(port: u16, path: &str, size: u64, length: u64) -> anyhow::Result<()> {
    let mut stream = connect(port).await?;
    let bytes = noise();
    let mut start = 0;
    while start < size {
        let end = (start + length).min(size);
        chunk(&mut stream, path, start..end, size, &bytes).await?;
        start = end;
    }
    Ok(())
}

/// Gets so many bytes from an address.
pub async fn get(port: u16, path: &str, size: u64) -> anyhow::Result<()> {
    let mut stream = connect(port).await?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n").as_bytes()).await?;
    let (length, first) = answer(&mut stream).await?;
    ensure!(length == size, "{length} bytes came");
    let mut buffer = vec![0; BUFFER];
    let mut seen = first.len() as u64;
    while seen < size {
        let read = stream.read(&mut buffer).await?;
        ensure!(read > 0, "the server closed a connection");
        seen += read as u64;
    }
    Ok(())
}

/// Gets a short text from an address.
pub async fn text(port: u16, path: &str) -> anyhow::Result<String> {
    let mut stream = connect(port).await?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n").as_bytes()).await?;
    let (length, mut text) = answer(&mut stream).await?;
    while (text.len() as u64) < length {
        ensure!(stream.read_buf(&mut text).await? > 0, "the server closed a connection");
    }
    Ok(String::from_utf8(text)?)
}

async fn connect(port: u16) -> anyhow::Result<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn chunk(
    stream: &mut TcpStream,
    path: &str,
    range: std::ops::Range<u64>,
    size: u64,
    bytes: &[u8],
) -> anyhow::Result<()> {
    let (start, end, length) = (range.start, range.end, range.end - range.start);
    let last = if end == size { "x-hv-blob-complete: 1\r\n" } else { "" };
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\
         content-range: bytes {start}-{}/{size}\r\n{last}\r\n",
        end - 1
    );
    stream.write_all(head.as_bytes()).await?;
    let mut left = length;
    while left > 0 {
        let now = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
        stream.write_all(&bytes[..now]).await?;
        left -= now as u64;
    }
    answer(stream).await.map(drop)
}

/// The length of an answer's body, and what of it came with the head.
async fn answer(stream: &mut TcpStream) -> anyhow::Result<(u64, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec())?;
            ensure!(head.starts_with("HTTP/1.1 200"), "{head}");
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length = length.with_context(|| format!("an answer without a length: {head}"))?.parse()?;
            return Ok((length, bytes.split_off(end + 4)));
        }
        ensure!(stream.read_buf(&mut bytes).await? > 0, "the server closed a connection");
    }
}

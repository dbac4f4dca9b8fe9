//! HTTP/1.1 as far as a benchmark of our own servers needs it.

use anyhow::{Context as _, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection that is kept.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Opens one to a server on this machine.
    pub async fn open(port: u16) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends a request and answers the body of its answer.
    pub async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<&[u8]> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let mut message: Option<(usize, usize)> = None;
        loop {
            if message.is_none() {
                message = head(&self.buffer)?;
            }
            if let Some((start, end)) = message
                && self.buffer.len() >= end
            {
                ensure!(self.buffer.len() == end, "more came than was asked for");
                return Ok(&self.buffer[start..end]);
            }
            let read = self.stream.read_buf(&mut self.buffer).await?;
            ensure!(read > 0, "the server closed a connection");
        }
    }
}

/// Where the body begins and ends, once the head is there.
fn head(bytes: &[u8]) -> anyhow::Result<Option<(usize, usize)>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let text = std::str::from_utf8(&bytes[..end])?;
    let length = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .with_context(|| format!("an answer without a length: {text}"))?;
    let length: usize = length.parse()?;
    Ok(Some((end + 4, end + 4 + length)))
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn a_head_is_read_once_it_is_whole() {
        let text = b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: 3\r\n\r\nabc";
        assert_eq!(head(&text[..40]).unwrap(), None);
        assert_eq!(head(text).unwrap(), Some((text.len() - 3, text.len())));
    }

    #[test]
    fn an_answer_without_a_length_is_not_ours() {
        assert!(head(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }
}

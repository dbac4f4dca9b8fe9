//! A zip that is written as it is sent: what waits for the network is bounded, however large it becomes. Only
//! the list of its files is kept, some hundred bytes each, because a zip ends with it.

use std::io::{self, Write};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, Stream};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// Pieces that wait on either side of the packing.
const WAITING: usize = 4;
/// Bytes of a piece that is sent.
const PIECE: usize = 64 * 1024;
/// Who takes nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    /// Its name in the archive.
    pub name: String,
    /// Its bytes.
    pub bytes: u64,
    /// Their SHA-256, hexadecimal.
    pub sha256: String,
}

enum Command {
    Start { name: String, packed: bool },
    Data(Bytes),
    End,
}

/// The archive that is being written. Dropped without [`Archive::end`], it breaks off, and who downloads it is
/// told.
pub struct Archive {
    commands: mpsc::Sender<Command>,
}

/// A new archive, and what is sent of it. It is packed on a thread for blocking work.
pub fn archive() -> (Archive, impl Stream<Item = io::Result<Bytes>> + Send + 'static) {
    let (commands, orders) = mpsc::channel(WAITING);
    let (pieces, sent) = mpsc::channel(WAITING);
    let handle = Handle::current();
    tokio::task::spawn_blocking(move || {
        let mut sink = Sink { pieces, handle, buffer: Vec::with_capacity(PIECE) };
        if let Err(error) = pack(orders, &mut sink) {
            let _ = sink.send(Err(error));
        }
    });
    let sent = stream::unfold(sent, async |mut sent: mpsc::Receiver<_>| Some((sent.recv().await?, sent)));
    (Archive { commands }, sent)
}

fn gone<T>(_: T) -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "the download ended")
}

impl Archive {
    /// Begins a file. Names are ours: they lead nowhere, and each stands once.
    ///
    /// # Errors
    /// When who downloads it has gone.
    pub async fn file(&mut self, name: String, packed: bool) -> io::Result<File<'_>> {
        self.commands.send(Command::Start { name: name.clone(), packed }).await.map_err(gone)?;
        Ok(File { archive: self, name, bytes: 0, hash: Sha256::new() })
    }

    /// Ends the archive.
    ///
    /// # Errors
    /// When who downloads it has gone.
    pub async fn end(self) -> io::Result<()> {
        self.commands.send(Command::End).await.map_err(gone)
    }
}

/// A file that is being written.
pub struct File<'a> {
    archive: &'a mut Archive,
    name: String,
    bytes: u64,
    hash: Sha256,
}

impl File<'_> {
    /// Adds bytes to it.
    ///
    /// # Errors
    /// When who downloads it has gone.
    pub async fn write(&mut self, bytes: impl Into<Bytes> + Send) -> io::Result<()> {
        let bytes = bytes.into();
        self.hash.update(&bytes);
        self.bytes += bytes.len() as u64;
        self.archive.commands.send(Command::Data(bytes)).await.map_err(gone)
    }

    /// What was written.
    pub fn end(self) -> Written {
        let sha256 = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Written { name: self.name, bytes: self.bytes, sha256 }
    }
}

/// What goes to the network.
struct Sink {
    pieces: mpsc::Sender<io::Result<Bytes>>,
    handle: Handle,
    buffer: Vec<u8>,
}

impl Sink {
    fn send(&mut self, piece: io::Result<Bytes>) -> io::Result<()> {
        let sending = tokio::time::timeout(PATIENCE, self.pieces.send(piece));
        self.handle.block_on(async { sending.await.map_err(gone)?.map_err(gone) })
    }

    fn send_rest(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.buffer, Vec::with_capacity(PIECE));
        self.send(Ok(piece.into()))
    }
}

impl Write for &mut Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.send_rest()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn pack(mut orders: mpsc::Receiver<Command>, sink: &mut Sink) -> io::Result<()> {
    let mut zip = zip::ZipWriter::new_stream(&mut *sink);
    loop {
        match orders.blocking_recv() {
            None => return Err(io::Error::other("the archive broke off")),
            Some(Command::Start { name, packed }) => {
                let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
                // Nobody knows before how large a file becomes.
                let options = SimpleFileOptions::default().compression_method(method).large_file(true);
                zip.start_file(name, options)?;
            }
            Some(Command::Data(bytes)) => zip.write_all(&bytes)?,
            Some(Command::End) => break,
        }
    }
    zip.finish()?;
    sink.send_rest()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use futures_util::{StreamExt, TryStreamExt};

    use super::*;

    #[tokio::test]
    async fn what_is_written_is_read_again_with_its_hash() {
        let (mut archive, sent) = archive();
        let writing = tokio::spawn(async move {
            let mut written = Vec::new();
            for (name, packed) in [("a.txt", true), ("folder/b.bin", false)] {
                let mut file = archive.file(name.to_owned(), packed).await.unwrap();
                for _ in 0..100 {
                    file.write(vec![b'x'; 10_000]).await.unwrap();
                }
                written.push(file.end());
            }
            archive.end().await.unwrap();
            written
        });
        let bytes: Vec<Bytes> = sent.try_collect().await.unwrap();
        let written = writing.await.unwrap();
        let mut zip = zip::ZipArchive::new(io::Cursor::new(bytes.concat())).unwrap();
        for known in written {
            let mut content = Vec::new();
            zip.by_name(&known.name).unwrap().read_to_end(&mut content).unwrap();
            let sha256: String = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!((known.bytes, known.sha256), (1_000_000, sha256));
        }
    }

    #[tokio::test]
    async fn an_archive_that_breaks_off_is_told_from_a_whole_one() {
        let (mut archive, sent) = archive();
        archive.file("a".to_owned(), true).await.unwrap().write("x").await.unwrap();
        drop(archive);
        let last = sent.collect::<Vec<_>>().await.pop().unwrap();
        assert!(last.is_err());
    }

    #[tokio::test]
    async fn who_goes_away_ends_the_writing_and_little_waits_until_then() {
        let (mut archive, sent) = archive();
        drop(sent);
        let mut file = archive.file("a".to_owned(), false).await.unwrap();
        let mut taken = 0;
        while file.write(vec![0_u8; PIECE]).await.is_ok() {
            taken += 1;
            assert!(taken < 100, "it is written to nobody");
        }
    }
}

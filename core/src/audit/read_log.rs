//! Entries of reads: queued, grouped by record, committed within a stated bound.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use keepwell_store::{Outage, ReadFlight, Refusal, Store, WriteFlight, params};
use tokio::sync::{mpsc, oneshot};

use super::Made;
use super::note::note;
use super::store::IS_THERE;
use crate::Env;
use crate::ids::RecordId;
use crate::keys::KeyRing;

/// An entry of a read is committed within this time of the answer, as long as the store works.
pub const READ_BOUND: Duration = Duration::from_secs(1);
/// A short gathering time makes one commit of many reads, and one statement of many of a record's.
const GATHER: Duration = Duration::from_millis(100);

/// Entries that may wait. When the store cannot keep up, a read waits for room here rather than
/// leave no trace.
const ROOM: usize = 16_384;
/// Entries taken from the queue in one go,
const GROUP: usize = 2048;
/// committed in one flight,
const PIECE: usize = 64;
/// and records whose entries are on their way to the store at once.
const RECORDS: usize = 64;
/// Entries handled before the thread looks after others: it is one of those that answer requests.
const AT_A_STRETCH: usize = 128;

enum Message {
    Entry { made: Made, done: Option<oneshot::Sender<()>> },
    Settle(oneshot::Sender<()>),
}

/// The queue of read entries; cheap to clone.
#[derive(Clone)]
pub struct ReadLog {
    sender: mpsc::Sender<Message>,
    /// Whoever reads waits until the entry is committed.
    before_answer: bool,
}

impl ReadLog {
    pub(crate) fn start(store: Store, keys: Arc<KeyRing>, env: Env) -> Self {
        let (sender, receiver) = mpsc::channel(ROOM);
        tokio::spawn(run(Log { store, keys, env }, receiver));
        Self { sender, before_answer: false }
    }

    pub(crate) fn before_answer(self, before_answer: bool) -> Self {
        Self { before_answer, ..self }
    }

    pub(super) async fn push(&self, made: Made) {
        let (done, wait) = if self.before_answer {
            let (done, wait) = oneshot::channel();
            (Some(done), Some(wait))
        } else {
            (None, None)
        };
        if self.sender.send(Message::Entry { made, done }).await.is_err() {
            tracing::error!("the audit of reads has ended; a read left no entry");
        } else if let Some(wait) = wait {
            let _ = wait.await;
        }
    }

    pub(crate) async fn settle(&self) {
        let (done, wait) = oneshot::channel();
        if self.sender.send(Message::Settle(done)).await.is_ok() {
            let _ = wait.await;
        }
    }
}

/// Where the entries go, and what seals them.
struct Log {
    store: Store,
    keys: Arc<KeyRing>,
    env: Env,
}

async fn run(log: Log, mut receiver: mpsc::Receiver<Message>) {
    let mut messages = Vec::with_capacity(GROUP);
    while receiver.recv_many(&mut messages, GROUP).await > 0 {
        let mut waiting = Vec::new();
        let mut by_record: BTreeMap<RecordId, Vec<Made>> = BTreeMap::new();
        for (number, message) in messages.drain(..).enumerate() {
            if number % AT_A_STRETCH == AT_A_STRETCH - 1 {
                tokio::task::yield_now().await;
            }
            match message {
                Message::Entry { made, done } => {
                    waiting.extend(done);
                    by_record.entry(made.entry.record).or_default().push(made);
                }
                Message::Settle(done) => waiting.push(done),
            }
        }
        let somebody_waits = !waiting.is_empty();
        let writes =
            by_record.into_iter().map(|(record, entries)| log.write(record, entries, somebody_waits));
        stream::iter(writes).buffer_unordered(RECORDS).for_each(async |()| ()).await;
        for done in waiting {
            let _ = done.send(());
        }
        // Whose answer waits is not kept for the sake of others; a commit takes long enough to gather some.
        if !somebody_waits && receiver.len() < GROUP {
            tokio::time::sleep(GATHER).await;
        }
    }
}

impl Log {
    /// Writes one record's entries, some at a time, for others may wait for the store.
    async fn write(&self, record: RecordId, entries: Vec<Made>, somebody_waits: bool) {
        for piece in entries.chunks(PIECE) {
            self.commit(record, piece, somebody_waits).await;
            tokio::task::yield_now().await;
        }
    }

    /// Commits entries, and tries again until it succeeds: a read that was answered must not be lost because the disk
    /// was full for a minute.
    async fn commit(&self, record: RecordId, entries: &[Made], somebody_waits: bool) {
        let mut pause = Duration::from_millis(20);
        while let Err(outage) = self.try_to_commit(record, entries, somebody_waits).await {
            tracing::warn!(%outage, "audit entries of reads wait");
            loop {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(Duration::from_secs(5));
                match self.is_there(record, entries).await {
                    Ok(true) => return,
                    Ok(false) => break,
                    Err(outage) => tracing::warn!(%outage, "audit entries of reads wait"),
                }
            }
        }
    }

    async fn try_to_commit(
        &self,
        record: RecordId,
        entries: &[Made],
        somebody_waits: bool,
    ) -> Result<(), Outage> {
        let mut flight = WriteFlight::<Outage>::new();
        if !somebody_waits {
            flight = flight.patient();
        }
        note(&mut flight, &self.keys, self.env.now(), record, entries.to_vec());
        self.store.write(flight).await.map(drop).map_err(Refusal::reason)
    }

    /// Whether they were committed by a try of which nobody knew how it ended.
    async fn is_there(&self, record: RecordId, entries: &[Made]) -> Result<bool, Outage> {
        let Some(first) = entries.first() else { return Ok(true) };
        let mut flight = ReadFlight::new();
        let slot = flight.ask(&IS_THERE, params![record, first.id]);
        Ok(self.store.read(flight).await?.first(slot)?.is_some())
    }
}

#[cfg(test)]
mod tests;

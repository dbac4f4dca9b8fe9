//! Entries of reads: queued, grouped by record, committed within a stated bound.

use std::collections::BTreeMap;
use std::time::Duration;

use keepwell_store::{Store, WriteFlight};
use tokio::sync::{mpsc, oneshot};

use super::Made;
use super::store::{INSERT, INSERT_TOGETHER, TOGETHER};
use crate::ids::RecordId;

/// An entry of a read is committed within this time of the answer, as long as the store works.
pub const READ_BOUND: Duration = Duration::from_secs(1);
/// A short gathering time makes one commit of many reads, and one statement of many of a record's.
const GATHER: Duration = Duration::from_millis(100);

/// Entries that may wait. When the store cannot keep up, a read waits for room here rather than
/// leave no trace.
const ROOM: usize = 16_384;
/// Entries written in one go.
const GROUP: usize = 2048;
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
    pub(crate) fn start(store: Store) -> Self {
        let (sender, receiver) = mpsc::channel(ROOM);
        tokio::spawn(run(store, receiver));
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

async fn run(store: Store, mut receiver: mpsc::Receiver<Message>) {
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
        let flights = by_record.into_values().map(|entries| commit(&store, entries, somebody_waits));
        futures_util::future::join_all(flights).await;
        for done in waiting {
            let _ = done.send(());
        }
        // Whose answer waits is not kept for the sake of others; a commit takes long enough to gather some.
        if !somebody_waits && receiver.len() < GROUP {
            tokio::time::sleep(GATHER).await;
        }
    }
}

/// Writes one record's entries, and tries again until it succeeds: a read that was answered must
/// not be lost because the disk was full for a minute.
async fn commit(store: &Store, entries: Vec<Made>, somebody_waits: bool) {
    let mut pause = Duration::from_millis(20);
    loop {
        let mut flight = WriteFlight::<()>::new();
        if !somebody_waits {
            flight = flight.patient();
        }
        let (groups, rest) = entries.as_chunks::<TOGETHER>();
        for (number, group) in groups.iter().enumerate() {
            flight.run(INSERT_TOGETHER, group.iter().cloned().flat_map(Made::row).collect());
            if number % (AT_A_STRETCH / TOGETHER) == 0 {
                tokio::task::yield_now().await;
            }
        }
        for made in rest {
            flight.run(INSERT, made.clone().row());
        }
        match store.write(flight).await {
            Ok(_) => return,
            Err(refusal) => {
                tracing::warn!(?refusal, "audit entries of reads wait");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(Duration::from_secs(5));
            }
        }
    }
}

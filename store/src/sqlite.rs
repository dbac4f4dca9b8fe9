//! SQLite: reader threads, each with its own connection, and one writer thread that commits the
//! waiting flights together. Short reads are done on the thread that asks.

mod connection;
mod faults;
mod indexes;
mod lock;
mod queue;
mod reader;
mod run;
mod schema;
mod spot;
mod writer;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::answers::Rows;
use crate::engine::Broken;
use crate::flight::{Step, Work};
use crate::{Migration, Outage};
use queue::Queue;
use spot::Spots;

type Reply<E> = oneshot::Sender<Result<Vec<Rows>, E>>;

/// A read flight on its way to a thread, with the way back.
struct Read {
    steps: Vec<Step>,
    reply: Reply<Outage>,
}

/// A write flight, likewise.
struct Write {
    work: Work,
    reply: Reply<Broken>,
}

/// An open SQLite file and its threads.
pub(crate) struct Sqlite {
    spots: Spots,
    reads: Arc<Queue<Read>>,
    writes: Arc<Queue<Write>>,
    readers: Vec<JoinHandle<()>>,
    writer: Option<JoinHandle<()>>,
    _lock: Option<File>,
}

impl Sqlite {
    /// Opens the file and brings its schema up to date; blocks.
    pub(crate) fn open(
        path: &Path,
        readers: usize,
        queue: usize,
        beside: bool,
        migrations: &[Migration],
    ) -> Result<Self, Outage> {
        let lock = if beside { None } else { Some(lock::take(path)?) };
        let mut connection = connection::open(path)?;
        schema::migrate(&mut connection, migrations)?;
        let indexes = indexes::Indexes::read(&connection)?;
        let readers = readers.max(1);
        let spots = (0..readers).map(|_| connection::open_reader(path)).collect::<Result<_, _>>()?;
        let mut store = Self {
            spots: Spots::on(spots),
            reads: Arc::new(Queue::new(queue)),
            writes: Arc::new(Queue::new(queue)),
            readers: Vec::new(),
            writer: None,
            _lock: lock,
        };
        let writes = store.writes.clone();
        let checkpoints = writer::Checkpoints::beside(connection::open(path)?)?;
        let write = move || writer::serve(&connection, indexes, checkpoints, &writes);
        store.writer = Some(thread("store writer".to_owned(), write)?);
        for number in 1..=readers {
            let connection = connection::open_reader(path)?;
            let reads = store.reads.clone();
            let name = format!("store reader {number}");
            store.readers.push(thread(name, move || reader::serve(&connection, &reads))?);
        }
        Ok(store)
    }

    pub(crate) async fn read(&self, steps: Vec<Step>, is_short: bool) -> Result<Vec<Rows>, Outage> {
        if is_short && let Some(answer) = self.spots.read(&steps) {
            return answer;
        }
        let (reply, answer) = oneshot::channel();
        self.reads.push(Read { steps, reply })?;
        answer.await.unwrap_or_else(|_| Err(lost()))
    }

    pub(crate) async fn write(&self, work: Work) -> Result<Vec<Rows>, Broken> {
        let (reply, answer) = oneshot::channel();
        let is_patient = work.is_patient;
        let write = Write { work, reply };
        let pushed = if is_patient { self.writes.push_patient(write) } else { self.writes.push(write) };
        pushed.map_err(Broken::Out)?;
        answer.await.unwrap_or_else(|_| Err(Broken::Out(lost())))
    }
}

impl Drop for Sqlite {
    /// The readers end first, so that the writer's last checkpoint finds the file to itself; and the
    /// lock is given up when it is done.
    fn drop(&mut self) {
        self.spots.close();
        self.reads.close();
        for thread in self.readers.drain(..) {
            let _ = thread.join();
        }
        self.writes.close();
        if let Some(thread) = self.writer.take() {
            let _ = thread.join();
        }
    }
}

fn thread(name: String, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Outage> {
    std::thread::Builder::new()
        .name(name)
        .spawn(work)
        .map_err(|error| Outage::Unavailable(format!("a thread does not start: {error}")))
}

fn lost() -> Outage {
    Outage::Unavailable("the store's thread dropped the flight".to_owned())
}

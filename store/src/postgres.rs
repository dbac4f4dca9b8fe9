//! PostgreSQL: a pool of connections; a flight is pipelined on one of them. Reads of one statement share some,
//! a flight in a transaction has one to itself.
//!
//! Connections are not encrypted: the server is on this machine, on a trusted network or behind a
//! tunnel. A URL with `sslmode=require` is refused rather than disregarded.

mod connect;
mod faults;
mod order;
mod run;
mod schema;
mod shared;
mod values;

use std::sync::Arc;

use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore, oneshot};

use crate::answers::Rows;
use crate::engine::Broken;
use crate::flight::{Step, Work};
use crate::sql::Texts;
use crate::{Migration, Outage};
use connect::Connections;
use faults::Fault;
use run::Unwritten;
use shared::Shared;

/// How often a flight is tried when the server asks for it (a deadlock, a serialization failure) or a
/// connection was lost with nothing done.
const TRIES: usize = 5;

/// Of so many connections one is for reads that share it.
const SHARED_ONE_IN: usize = 8;

/// A pool of connections to one database.
pub(crate) struct Postgres {
    tower: Arc<Tower>,
    /// A place for each connection and for each flight that may wait for one.
    room: Arc<Semaphore>,
}

/// What a flight needs, shared with the flights in the air.
struct Tower {
    connections: Connections,
    shared: Shared,
    texts: Texts,
    /// Writes that are tried again go one by one, lest they lock each other once more.
    again: Mutex<()>,
}

type Reply<E> = oneshot::Sender<Result<Vec<Rows>, E>>;

impl Postgres {
    /// Connects and brings the schema up to date.
    pub(crate) async fn open(
        url: &str,
        connections: usize,
        queue: usize,
        migrations: &[Migration],
    ) -> Result<Self, Outage> {
        // At least one for the reads and one for the rest.
        let wanted = connections.max(2);
        let connections = Connections::open(url, wanted).await?;
        schema::migrate(&connections, migrations).await?;
        let room = wanted.saturating_add(queue).min(Semaphore::MAX_PERMITS);
        let shared = Shared::new(wanted / SHARED_ONE_IN);
        let tower = Tower { connections, shared, texts: Texts::default(), again: Mutex::new(()) };
        Ok(Self { tower: Arc::new(tower), room: Arc::new(Semaphore::new(room)) })
    }

    // A flight in a transaction runs on a task of its own: a caller who gives up in the middle must not
    // leave a connection in the middle of it.

    pub(crate) async fn read(&self, steps: Vec<Step>) -> Result<Vec<Rows>, Outage> {
        let (place, tower) = (self.place()?, self.tower.clone());
        let text = match &steps[..] {
            [step] => Some(tower.texts.text(step)?),
            several => tower.texts.together(several)?,
        };
        if let Some(text) = text {
            return tower.read_at_once(&text, &steps).await;
        }
        let (reply, answer) = oneshot::channel();
        tokio::spawn(async move {
            let _place = place;
            let rows = tower.read(&steps, &reply).await;
            let _ = reply.send(rows);
        });
        answer.await.unwrap_or_else(|_| Err(lost()))
    }

    pub(crate) async fn write(&self, work: Work) -> Result<Vec<Rows>, Broken> {
        let (place, tower) = (self.place().map_err(Broken::Out)?, self.tower.clone());
        let (reply, answer) = oneshot::channel();
        tokio::spawn(async move {
            let _place = place;
            let rows = tower.write(&work, &reply).await;
            let _ = reply.send(rows);
        });
        answer.await.unwrap_or_else(|_| Err(Broken::Out(lost())))
    }

    fn place(&self) -> Result<OwnedSemaphorePermit, Outage> {
        self.room.clone().try_acquire_owned().map_err(|_| Outage::Busy)
    }
}

impl Tower {
    async fn read_at_once(&self, text: &str, steps: &[Step]) -> Result<Vec<Rows>, Outage> {
        let mut tries = 1;
        loop {
            match self.read_once(text, steps).await {
                Ok(rows) => return Ok(rows),
                Err(fault) if self.may_pass(&fault) && tries < TRIES => tries += 1,
                Err(fault) => return Err(fault.into()),
            }
        }
    }

    async fn read_once(&self, text: &str, steps: &[Step]) -> Result<Vec<Rows>, Fault> {
        let Some(part) = self.shared.part(&self.connections).await? else {
            let mut lease = self.connections.lease().await?;
            let answer = run::read_at_once(lease.client()?, text, steps).await;
            run::settle(&mut lease, &answer);
            return answer;
        };
        let answer = run::read_at_once(part.client(), text, steps).await;
        if answer.as_ref().is_err_and(|fault| !fault.spares_the_connection()) {
            part.lose();
        }
        answer
    }

    async fn read(&self, steps: &[Step], reply: &Reply<Outage>) -> Result<Vec<Rows>, Outage> {
        let mut tries = 1;
        loop {
            let mut lease = self.connections.lease().await?;
            // Nobody waits any more: under load that is work saved for those who do.
            if reply.is_closed() {
                lease.is_clean();
                return Err(lost());
            }
            match run::read(&mut lease, &self.texts, steps).await {
                Ok(rows) => return Ok(rows),
                Err(fault) if self.may_pass(&fault) && tries < TRIES => tries += 1,
                Err(fault) => return Err(fault.into()),
            }
        }
    }

    async fn write(&self, work: &Work, reply: &Reply<Broken>) -> Result<Vec<Rows>, Broken> {
        let mut tries = 1;
        loop {
            let _alone = if tries > 1 { Some(self.again.lock().await) } else { None };
            let mut lease = self.connections.lease().await.map_err(Broken::Out)?;
            if reply.is_closed() {
                lease.is_clean();
                return Err(Broken::Out(lost()));
            }
            match run::write(&mut lease, &self.texts, work).await {
                Ok(rows) => return Ok(rows),
                Err(Unwritten::Violated { step, expect }) => return Err(Broken::Violated { step, expect }),
                Err(Unwritten::Failed { step, fault: Fault::Conflict(index) }) => {
                    return Err(Broken::conflict(step, work.steps.get(step), &index));
                }
                Err(Unwritten::Failed { fault, .. }) if self.may_pass(&fault) && tries < TRIES => tries += 1,
                Err(Unwritten::Failed { fault, .. }) => return Err(Broken::Out(fault.into())),
            }
        }
    }

    /// Whether another try may pass, given that nothing was done at this one.
    fn may_pass(&self, fault: &Fault) -> bool {
        if matches!(fault, Fault::Stale(_)) {
            self.connections.forget_statements();
        }
        matches!(fault, Fault::Again | Fault::Lost(_) | Fault::Stale(_))
    }
}

fn lost() -> Outage {
    Outage::Unavailable("the flight was dropped".to_owned())
}

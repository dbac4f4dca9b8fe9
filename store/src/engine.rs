//! The store: one of the engines behind one face.

use std::sync::Arc;

use crate::answers::Rows;
use crate::flight::{Step, Work, admissible};
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::{Answers, Database, Migration, Outage, ReadFlight, Refusal, Settings, WriteFlight};

/// A handle on the database; cheap to clone. The last one to be dropped closes it, which waits for
/// what is being written.
#[derive(Clone)]
pub struct Store(Engine);

#[derive(Clone)]
enum Engine {
    Sqlite(Arc<Sqlite>),
    Postgres(Arc<Postgres>),
}

/// Why an engine did not carry out a write.
pub(crate) enum Broken {
    /// Expectation number `expect` of step number `step` did not hold.
    Violated {
        step: usize,
        expect: usize,
    },
    Out(Outage),
}

impl Broken {
    /// A conflict on a unique index: one that the step named, or a fault of ours.
    pub(crate) fn conflict(number: usize, step: Option<&Step>, index: &str) -> Self {
        match step.and_then(|step| step.guards(index)) {
            Some(expect) => Self::Violated { step: number, expect },
            None => Self::Out(Outage::Unavailable(format!("a conflict on {index}, which nobody expected"))),
        }
    }
}

impl Store {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// `Outage::Unavailable` when it cannot be opened, or was made by a newer version.
    pub async fn open(settings: &Settings, migrations: &[Migration]) -> Result<Self, Outage> {
        let Settings { database, connections, queue, beside } = settings.clone();
        let engine = match database {
            Database::Sqlite(path) => {
                let migrations = migrations.to_vec();
                let open = move || Sqlite::open(&path, connections, queue, beside, &migrations);
                let opened = tokio::task::spawn_blocking(open).await;
                let stopped = |error| Outage::Unavailable(format!("opening the store: {error}"));
                Engine::Sqlite(Arc::new(opened.map_err(stopped)??))
            }
            Database::Postgres(url) => {
                Engine::Postgres(Arc::new(Postgres::open(&url, connections, queue, migrations).await?))
            }
        };
        Ok(Self(engine))
    }

    /// Carries out a read flight.
    ///
    /// # Errors
    /// `Outage` when the store is busy or gone.
    pub async fn read(&self, flight: ReadFlight) -> Result<Answers, Outage> {
        Ok(Answers::new(self.read_steps(flight.steps, flight.is_short).await?))
    }

    /// Carries out a write flight: all of it or nothing. When this answers `Ok`, it is on the disk.
    ///
    /// A future that is dropped before it answers leaves either of both behind, never a part.
    ///
    /// # Errors
    /// The error of the first expectation that did not hold, or an outage.
    pub async fn write<E>(&self, flight: WriteFlight<E>) -> Result<Answers, Refusal<E>> {
        let WriteFlight { work, mut errors } = flight;
        match self.carry_out(work).await {
            Ok(rows) => Ok(Answers::new(rows)),
            Err(Broken::Out(outage)) => Err(outage.into()),
            Err(Broken::Violated { step, expect }) => {
                Err(Refusal::Because(errors.swap_remove(step).swap_remove(expect)))
            }
        }
    }

    async fn read_steps(&self, steps: Vec<Step>, is_short: bool) -> Result<Vec<Rows>, Outage> {
        admissible(&steps)?;
        match &self.0 {
            _ if steps.is_empty() => Ok(Vec::new()),
            Engine::Sqlite(engine) => engine.read(steps, is_short).await,
            Engine::Postgres(engine) => engine.read(steps).await,
        }
    }

    async fn carry_out(&self, work: Work) -> Result<Vec<Rows>, Broken> {
        admissible(&work.steps).map_err(Broken::Out)?;
        match &self.0 {
            _ if work.steps.is_empty() => Ok(Vec::new()),
            Engine::Sqlite(engine) => engine.write(work).await,
            Engine::Postgres(engine) => engine.write(work).await,
        }
    }
}

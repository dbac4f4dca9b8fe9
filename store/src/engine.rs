//! The store: one of the engines behind one face.

use crate::flight::Step;
use crate::{Answers, Migration, Outage, ReadFlight, Refusal, Row, Settings, WriteFlight};

/// A handle on the database; cheap to clone.
#[derive(Clone)]
pub struct Store {}

/// Why an engine did not carry out a write.
pub(crate) enum Broken {
    /// Expectation number `expect` of step number `step` did not hold.
    Violated {
        step: usize,
        expect: usize,
    },
    Out(Outage),
}

impl Store {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// `Outage::Unavailable` when it cannot be opened, or was made by a newer version.
    pub async fn open(_settings: &Settings, _migrations: &[Migration]) -> Result<Self, Outage> {
        Ok(Self {})
    }

    /// Carries out a read flight.
    ///
    /// # Errors
    /// `Outage` when the store is busy or gone.
    pub async fn read(&self, flight: ReadFlight) -> Result<Answers, Outage> {
        Ok(Answers::new(self.read_steps(flight.steps).await?))
    }

    /// Carries out a write flight: all of it or nothing. When this answers `Ok`, it is on the disk.
    ///
    /// # Errors
    /// The error of the first expectation that did not hold, or an outage.
    pub async fn write<E>(&self, flight: WriteFlight<E>) -> Result<Answers, Refusal<E>> {
        let WriteFlight { steps, mut errors } = flight;
        match self.write_steps(steps).await {
            Ok(rows) => Ok(Answers::new(rows)),
            Err(Broken::Out(outage)) => Err(outage.into()),
            Err(Broken::Violated { step, expect }) => {
                Err(Refusal::Because(errors.swap_remove(step).swap_remove(expect)))
            }
        }
    }

    async fn read_steps(&self, _steps: Vec<Step>) -> Result<Vec<Vec<Row>>, Outage> {
        Err(Outage::Busy)
    }

    async fn write_steps(&self, _steps: Vec<Step>) -> Result<Vec<Vec<Row>>, Broken> {
        Err(Broken::Out(Outage::Busy))
    }
}

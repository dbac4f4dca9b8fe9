//! The writer thread: takes all waiting flights, commits them together, and only then answers.

mod checkpoint;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::Job;
use super::faults::{Fault, outage};
use super::indexes::Indexes;
use super::queue::{Attendance, Found, Queue};
use super::run::{command, run};
use crate::engine::Broken;
use crate::flight::Step;
use crate::sql::Texts;
use crate::{Outage, Row};
use checkpoint::Checkpoints;

/// Flights that share a commit at most; more would make the first of them wait without making the
/// sync any cheaper.
const GROUP: usize = 128;
/// Without work for so long, the log is written back to the file.
const QUIET: Duration = Duration::from_secs(2);

type Answer = Result<Vec<Vec<Row>>, Broken>;
type Reply = oneshot::Sender<Answer>;

/// The one connection that writes.
pub(super) struct Writer {
    connection: Connection,
    texts: Arc<Texts>,
    indexes: Indexes,
    checkpoints: Checkpoints,
}

/// Carries out write flights until the queue is closed.
pub(super) fn serve(mut writer: Writer, queue: &Queue<Job<Broken>>) {
    let _attendance = Attendance(queue);
    loop {
        match queue.group(GROUP, QUIET) {
            Found::Work(jobs) => {
                // The jobs of a group that panics are dropped, and with them their replies: each
                // caller is told.
                if catch_unwind(AssertUnwindSafe(|| writer.group(jobs))).is_err() {
                    tracing::error!("the store's writer panicked; its group is rolled back");
                }
                if !writer.connection.is_autocommit()
                    && let Err(error) = command(&writer.connection, "ROLLBACK")
                {
                    tracing::error!(%error, "the store's writer cannot roll back and stops");
                    return;
                }
                writer.checkpoints.after_group(&writer.connection);
            }
            Found::Quiet => writer.checkpoints.in_quiet(&writer.connection),
            // Closing the last connection writes the log back and removes it.
            Found::Closed => return,
        }
    }
}

impl Writer {
    pub(super) fn new(connection: Connection, texts: Arc<Texts>, indexes: Indexes) -> Self {
        Self { connection, texts, indexes, checkpoints: Checkpoints::default() }
    }

    /// Runs each flight in a savepoint and commits them together. A refusal is answered after the
    /// commit as well, for it may rest on what an earlier flight of the group wrote.
    fn group(&mut self, jobs: Vec<Job<Broken>>) {
        let mut jobs = jobs.into_iter().filter(|job| !job.reply.is_closed());
        let mut answers: Vec<(Reply, Answer)> = Vec::new();
        let committed = self.transact(&mut jobs, &mut answers);
        if let Err(why) = committed {
            let waiting = jobs.map(|job| job.reply);
            for reply in answers.into_iter().map(|(reply, _)| reply).chain(waiting) {
                let _ = reply.send(Err(Broken::Out(why.clone())));
            }
            return;
        }
        for (reply, answer) in answers {
            let _ = reply.send(answer);
        }
    }

    /// Fails when nothing of the group was done.
    fn transact(
        &mut self,
        jobs: &mut impl Iterator<Item = Job<Broken>>,
        answers: &mut Vec<(Reply, Answer)>,
    ) -> Result<(), Outage> {
        let tell = |error: rusqlite::Error| outage(&error);
        command(&self.connection, "BEGIN IMMEDIATE").map_err(tell)?;
        for Job { steps, reply } in jobs {
            command(&self.connection, "SAVEPOINT flight").map_err(tell)?;
            let answer = self.flight(&steps);
            // A full disk may have rolled back more than the flight: then all of the group is gone.
            if self.connection.is_autocommit() {
                answers.push((reply, Err(Broken::Out(Outage::Busy))));
                return Err(match answer {
                    Err(Broken::Out(why)) => why,
                    _ => Outage::Unavailable("SQLite rolled a transaction back".to_owned()),
                });
            }
            answers.push((reply, answer));
            if answers.last().is_some_and(|(_, answer)| answer.is_err()) {
                command(&self.connection, "ROLLBACK TO flight").map_err(tell)?;
            }
            command(&self.connection, "RELEASE flight").map_err(tell)?;
        }
        command(&self.connection, "COMMIT").map_err(tell)
    }

    fn flight(&self, steps: &[Step]) -> Answer {
        let mut rows = Vec::with_capacity(steps.len());
        for (number, step) in steps.iter().enumerate() {
            let outcome =
                run(&self.connection, &self.texts, step).map_err(|fault| self.broken(number, step, fault))?;
            if let Some(expect) = step.unmet(&outcome) {
                return Err(Broken::Violated { step: number, expect });
            }
            rows.push(outcome.rows);
        }
        Ok(rows)
    }

    fn broken(&self, number: usize, step: &Step, fault: Fault) -> Broken {
        let Fault::Sql(error) = &fault else { return Broken::Out(fault.into()) };
        match self.indexes.violated(error) {
            Some(index) => Broken::conflict(number, step, &index),
            None => Broken::Out(fault.into()),
        }
    }
}

#[cfg(test)]
mod tests;

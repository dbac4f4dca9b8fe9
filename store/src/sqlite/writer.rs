//! The writer thread: takes all waiting flights, commits them together, and only then answers.

mod checkpoint;
mod gather;
mod patience;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use rusqlite::Connection;

use super::Write;
use super::faults::{Fault, outage};
use super::indexes::Indexes;
use super::queue::{Attendance, Found, Queue};
use super::run::Statements;
use crate::Outage;
use crate::answers::{Answers, Rows};
use crate::engine::Broken;
use crate::flight::{Step, Work};
pub(super) use checkpoint::Checkpoints;
use gather::Gathering;
use patience::Patience;

/// Without work for so long, the log is written back to the file.
const QUIET: Duration = Duration::from_secs(2);
/// So many groups after one that had to be run again have a savepoint for each flight.
const CAREFUL: u32 = 32;

type Answer = Result<Vec<Rows>, Broken>;

/// The one connection that writes.
pub(super) struct Writer<'c> {
    statements: Statements<'c>,
    indexes: Indexes,
    checkpoints: Checkpoints,
    gathering: Gathering,
    /// Groups for which flights still have savepoints.
    careful: u32,
}

/// How a group went.
enum Course {
    Committed(Vec<Answer>),
    /// A flight failed when it had done a part, and nothing could undo that part alone.
    Spoilt,
    /// Nothing of the group was done.
    Failed(Outage),
}

/// Carries out write flights until the queue is closed.
pub(super) fn serve(
    connection: &Connection,
    indexes: Indexes,
    checkpoints: Checkpoints,
    queue: &Queue<Write>,
) {
    let _attendance = Attendance(queue);
    let mut writer = Writer::new(connection, indexes, checkpoints);
    loop {
        match queue.group(writer.gathering.limit(), QUIET, writer.gathering.pauses()) {
            Found::Work(jobs) => {
                // The jobs of a group that panics are dropped, and with them their replies: each
                // caller is told.
                match catch_unwind(AssertUnwindSafe(|| writer.group(jobs, &|| queue.somebody_waits()))) {
                    Ok(left) => queue.give_back(left),
                    Err(_) => tracing::error!("the store's writer panicked; its group is rolled back"),
                }
                if !connection.is_autocommit()
                    && let Err(error) = writer.command("ROLLBACK")
                {
                    tracing::error!(%error, "the store's writer cannot roll back and stops");
                    return;
                }
                writer.checkpoints.after_group(connection);
            }
            Found::Quiet => writer.checkpoints.in_quiet(connection),
            // Closing the last connection writes the log back and removes it.
            Found::Closed => return,
        }
    }
}

impl<'c> Writer<'c> {
    pub(super) fn new(connection: &'c Connection, indexes: Indexes, checkpoints: Checkpoints) -> Self {
        Self {
            statements: Statements::on(connection),
            indexes,
            checkpoints,
            gathering: Gathering::default(),
            careful: 0,
        }
    }

    /// Runs the flights and commits them together. A refusal is answered after the commit as well, for it
    /// may rest on what an earlier flight of the group wrote. Answers the patient ones that were not begun, for others
    /// wait.
    fn group(&mut self, jobs: Vec<Write>, somebody_waits: &dyn Fn() -> bool) -> Vec<Write> {
        let mut jobs: Vec<_> = jobs.into_iter().filter(|job| !job.reply.is_closed()).collect();
        if jobs.is_empty() {
            return jobs;
        }
        let mut course = self.transact(&jobs, self.careful > 0, somebody_waits);
        self.careful = self.careful.saturating_sub(1);
        if let Course::Spoilt = course {
            self.careful = CAREFUL;
            course = self.transact(&jobs, true, somebody_waits);
        }
        match course {
            Course::Committed(answers) => {
                let left = jobs.split_off(answers.len().min(jobs.len()));
                let replies = jobs.into_iter().map(|job| job.reply);
                replies.zip(answers).for_each(|(reply, answer)| drop(reply.send(answer)));
                left
            }
            Course::Failed(why) => {
                jobs.into_iter().for_each(|job| drop(job.reply.send(Err(Broken::Out(why.clone())))));
                Vec::new()
            }
            // With savepoints nothing is spoilt.
            Course::Spoilt => Vec::new(),
        }
    }

    fn transact(&mut self, jobs: &[Write], careful: bool, somebody_waits: &dyn Fn() -> bool) -> Course {
        self.try_to_transact(jobs, careful, somebody_waits).unwrap_or_else(Course::Failed)
    }

    /// Most flights come to a good end, and most of the others fail before they have written anything: for
    /// them a savepoint, for which SQLite copies each page that a flight changes, would be work for nothing.
    fn try_to_transact(
        &mut self,
        jobs: &[Write],
        careful: bool,
        somebody_waits: &dyn Fn() -> bool,
    ) -> Result<Course, Outage> {
        let mut answers = Vec::with_capacity(jobs.len());
        let patience = Patience::of(jobs, somebody_waits);
        self.command("BEGIN IMMEDIATE")?;
        for job in jobs {
            if job.work.is_patient && patience.is_over() {
                break;
            }
            if careful {
                self.command("SAVEPOINT flight")?;
            }
            let before = self.connection().total_changes();
            let answer = self.flight(&job.work, &patience);
            // A full disk may have rolled back more than the flight: then all of the group is gone.
            if self.connection().is_autocommit() {
                return Err(match answer {
                    Err(Broken::Out(why)) => why,
                    _ => Outage::Unavailable("SQLite rolled a transaction back".to_owned()),
                });
            }
            if answer.is_err() && careful {
                self.command("ROLLBACK TO flight")?;
            } else if answer.is_err() && self.connection().total_changes() != before {
                self.command("ROLLBACK")?;
                return Ok(if jobs.len() == 1 { Course::Committed(vec![answer]) } else { Course::Spoilt });
            }
            if careful {
                self.command("RELEASE flight")?;
            }
            answers.push(answer);
        }
        let statements = &mut self.statements;
        self.gathering.commit(answers.len(), || statements.command("COMMIT"))?;
        Ok(Course::Committed(answers))
    }

    fn flight(&mut self, work: &Work, patience: &Patience<'_>) -> Answer {
        let mut rows = Vec::with_capacity(work.steps.len());
        for (number, step) in work.steps.iter().enumerate() {
            rows.push(self.step(number, step)?);
            if work.is_patient {
                patience.leave_the_core();
            }
        }
        if work.endings.is_empty() {
            return Ok(rows);
        }
        let mut answers = Answers::new(rows);
        let steps = work.last_steps(&mut answers).map_err(Broken::Out)?;
        for (number, step) in steps.iter().enumerate() {
            self.step(work.steps.len() + number, step)?;
            if work.is_patient {
                patience.leave_the_core();
            }
        }
        Ok(answers.left())
    }

    fn step(&mut self, number: usize, step: &Step) -> Result<Rows, Broken> {
        let outcome = self.statements.run(step).map_err(|fault| self.broken(number, step, fault))?;
        match step.unmet(&outcome) {
            Some(expect) => Err(Broken::Violated { step: number, expect }),
            None => Ok(outcome.rows),
        }
    }

    fn broken(&self, number: usize, step: &Step, fault: Fault) -> Broken {
        let Fault::Sql(error) = &fault else { return Broken::Out(fault.into()) };
        match self.indexes.violated(error) {
            Some(index) => Broken::conflict(number, Some(step), &index),
            None => Broken::Out(outage(error)),
        }
    }

    fn command(&mut self, sql: &'static str) -> Result<(), Outage> {
        Ok(self.statements.command(sql)?)
    }

    fn connection(&self) -> &'c Connection {
        self.statements.connection()
    }
}

#[cfg(test)]
mod tests;

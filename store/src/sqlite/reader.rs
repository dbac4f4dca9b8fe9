//! A reader thread.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Connection;

use super::Job;
use super::faults::{Fault, outage};
use super::queue::{Attendance, Queue};
use super::run::{command, run};
use crate::flight::Step;
use crate::sql::Texts;
use crate::{Outage, Row};

/// Answers read flights until the queue is closed.
pub(super) fn serve(connection: &Connection, texts: &Texts, queue: &Queue<Job<Outage>>) {
    let _attendance = Attendance(queue);
    while let Some(Job { steps, reply }) = queue.next() {
        // Nobody waits any more: under load that is work saved for those who do.
        if reply.is_closed() {
            continue;
        }
        let answer = catch_unwind(AssertUnwindSafe(|| flight(connection, texts, &steps)))
            .unwrap_or_else(|_| Err(Outage::Unavailable("a reader panicked".to_owned())));
        // The snapshot must not outlive the flight: it would hold up every checkpoint.
        if !connection.is_autocommit()
            && let Err(error) = command(connection, "ROLLBACK")
        {
            tracing::error!(%error, "a reader cannot end its transaction and stops");
            return;
        }
        let _ = reply.send(answer);
    }
}

/// Several statements share a transaction, so that they see one snapshot; one needs none.
fn flight(connection: &Connection, texts: &Texts, steps: &[Step]) -> Result<Vec<Vec<Row>>, Outage> {
    let all = || steps.iter().map(|step| Ok(run(connection, texts, step)?.rows)).collect();
    let answer: Result<_, Fault> = if steps.len() < 2 {
        all()
    } else {
        command(connection, "BEGIN").map_err(|error| outage(&error))?;
        all().and_then(|rows| Ok(command(connection, "COMMIT").map(|()| rows)?))
    };
    answer.map_err(Outage::from)
}

//! A reader thread.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Connection;

use super::Read;
use super::faults::Fault;
use super::queue::{Attendance, Queue};
use super::run::Statements;
use crate::Outage;
use crate::answers::Rows;
use crate::flight::Step;

/// Answers read flights until the queue is closed.
pub(super) fn serve(connection: &Connection, queue: &Queue<Read>) {
    let _attendance = Attendance(queue);
    let mut statements = Statements::on(connection);
    while let Some(Read { steps, reply }) = queue.next() {
        // Nobody waits any more: under load that is work saved for those who do.
        if reply.is_closed() {
            continue;
        }
        let answer = catch_unwind(AssertUnwindSafe(|| flight(&mut statements, &steps)))
            .unwrap_or_else(|_| Err(Outage::Unavailable("a reader panicked".to_owned())));
        // The snapshot must not outlive the flight: it would hold up every checkpoint.
        if !connection.is_autocommit()
            && let Err(fault) = statements.command("ROLLBACK")
        {
            let error = Outage::from(fault);
            tracing::error!(%error, "a reader cannot end its transaction and stops");
            return;
        }
        let _ = reply.send(answer);
    }
}

/// Several statements share a transaction, so that they see one snapshot; one needs none.
fn flight(statements: &mut Statements<'_>, steps: &[Step]) -> Result<Vec<Rows>, Outage> {
    Ok(if let [step] = steps { vec![statements.run(step)?.rows] } else { several(statements, steps)? })
}

fn several(statements: &mut Statements<'_>, steps: &[Step]) -> Result<Vec<Rows>, Fault> {
    statements.command("BEGIN")?;
    let rows = steps.iter().map(|step| Ok(statements.run(step)?.rows)).collect::<Result<_, Fault>>()?;
    statements.command("COMMIT")?;
    Ok(rows)
}

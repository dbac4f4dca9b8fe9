//! Runs a flight on a connection.

use std::pin::pin;

use deadpool_postgres::Object;
use futures_util::TryStreamExt;
use tokio_postgres::{Client, Statement};

use super::connect::Lease;
use super::faults::Fault;
use super::order::{Request, in_order};
use super::values::{Parameter, Record, RowColumns};
use crate::Outage;
use crate::answers::{Answers, RowReader, Rows};
use crate::flight::{Expect, Step, Work};
use crate::judge::Outcome;
use crate::sql::Texts;

/// Why a write was not carried out.
pub(super) enum Unwritten {
    Violated { step: usize, expect: usize },
    Failed { step: usize, fault: Fault },
}

impl Unwritten {
    fn failed(step: usize) -> impl Fn(Fault) -> Self {
        move |fault| Unwritten::Failed { step, fault }
    }
}

type Answer = Result<Outcome, Fault>;

/// A read flight of one statement (see `Texts`), which is a transaction and a snapshot in itself. Who gives
/// up in the middle leaves nothing open.
pub(super) async fn read_at_once(client: &Object, text: &str, steps: &[Step]) -> Result<Vec<Rows>, Fault> {
    let statement = client.prepare_cached(text).await?;
    if let [step] = steps {
        return Ok(vec![run(client, &statement, step).await?.rows]);
    }
    let mut all: Vec<Rows> = steps.iter().map(|step| step.rows.map(|rows| rows())).collect();
    let parameters: Vec<_> = steps.iter().flat_map(|step| &step.params).map(Parameter).collect();
    let mut answer = pin!(client.query_raw(&statement, &parameters).await?);
    while let Some(row) = answer.try_next().await? {
        let number: i32 = row.try_get(0)?;
        let mut record: Record<'_> = row.try_get(1)?;
        let rows = usize::try_from(number).ok().and_then(|number| all.get_mut(number)?.as_mut());
        let rows = rows.ok_or_else(|| Outage::Unavailable("a row of no query".to_owned()))?;
        rows.take(&mut RowReader::new(&mut record))?;
    }
    Ok(all)
}

/// Several statements share a snapshot, and go to the server in one hop.
pub(super) async fn read(lease: &mut Lease, texts: &Texts, steps: &[Step]) -> Result<Vec<Rows>, Fault> {
    let statements = prepare(lease, texts, steps).await?;
    let client = lease.client()?;
    let mut requests = vec![command(client, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")];
    requests.extend(each(client, &statements, steps));
    // Nothing hangs on this COMMIT, so it need not wait for the answers.
    requests.push(command(client, "COMMIT"));
    let mut answers = in_order(requests).await.into_iter();
    let begun = answers.next();
    let ended = answers.next_back();
    if let Some(Ok(_)) = ended {
        let rows = answers.map(|answer| answer.map(|outcome| outcome.rows)).collect::<Result<_, _>>();
        settle(lease, &rows);
        begun.transpose()?;
        return rows;
    }
    let failed = begun.into_iter().chain(answers).chain(ended).find_map(Result::err);
    Err(failed.unwrap_or_else(|| Fault::Lost("no answer to COMMIT".to_owned())))
}

/// BEGIN and all statements go in one hop; the endings with COMMIT only when those achieved what they must.
pub(super) async fn write(lease: &mut Lease, texts: &Texts, work: &Work) -> Result<Vec<Rows>, Unwritten> {
    let failed = Unwritten::failed;
    let steps = &*work.steps;
    let statements = prepare(lease, texts, steps).await.map_err(failed(0))?;
    let client = lease.client().map_err(failed(0))?;
    if let ([step], [statement], []) = (steps, &*statements, &*work.endings)
        && may_go_alone(step)
    {
        let answer = run(client, statement, step).await;
        settle(lease, &answer);
        let outcome = answer.map_err(unknown).map_err(failed(0))?;
        return match step.unmet(&outcome) {
            Some(expect) => Err(Unwritten::Violated { step: 0, expect }),
            None => Ok(vec![outcome.rows]),
        };
    }
    let mut requests = vec![command(client, "BEGIN ISOLATION LEVEL READ COMMITTED")];
    requests.extend(each(client, &statements, steps));
    let mut answers = in_order(requests).await.into_iter();
    if let Some(Err(fault)) = answers.next() {
        return Err(Unwritten::Failed { step: 0, fault });
    }
    match judge(steps, answers) {
        Ok(rows) => end(lease, texts, work, rows).await.map_err(failed(steps.len())),
        Err(why) => {
            let usable = match &why {
                Unwritten::Failed { fault, .. } => fault.spares_the_connection(),
                Unwritten::Violated { .. } => true,
            };
            if usable && command(client, "ROLLBACK").await.is_ok() {
                lease.is_clean();
            }
            Err(why)
        }
    }
}

/// The endings go with the COMMIT: of a transaction in which a statement failed it makes a ROLLBACK. What fails before
/// leaves the lease unclean, which ends the connection and its transaction.
async fn end(lease: &mut Lease, texts: &Texts, work: &Work, rows: Vec<Rows>) -> Result<Vec<Rows>, Fault> {
    let mut answers = Answers::new(rows);
    let steps = work.last_steps(&mut answers)?;
    let mut statements = Vec::with_capacity(steps.len());
    for step in &steps {
        statements.push(lease.client()?.prepare_cached(&texts.text(step)?).await?);
    }
    let client = lease.client()?;
    let mut requests: Vec<_> = each(client, &statements, &steps).collect();
    requests.push(command(client, "COMMIT"));
    let done: Result<Vec<Outcome>, Fault> = in_order(requests).await.into_iter().collect();
    settle(lease, &done);
    done.map_err(unknown)?;
    Ok(answers.left())
}

/// A statement by itself is a transaction. It may be one when whatever refuses the flight leaves
/// nothing done: a conflict, or no row.
fn may_go_alone(step: &Step) -> bool {
    !step.expects.iter().any(|expect| matches!(expect, Expect::Affected(_)))
}

/// The first step that failed or fell short decides: the later ones are its consequence.
fn judge(steps: &[Step], answers: impl Iterator<Item = Answer>) -> Result<Vec<Rows>, Unwritten> {
    let mut rows = Vec::with_capacity(steps.len());
    for (number, (step, answer)) in steps.iter().zip(answers).enumerate() {
        let outcome = answer.map_err(Unwritten::failed(number))?;
        if let Some(expect) = step.unmet(&outcome) {
            return Err(Unwritten::Violated { step: number, expect });
        }
        rows.push(outcome.rows);
    }
    Ok(rows)
}

/// A connection lost at a commit: nobody knows whether it was done, so it must not be done again.
fn unknown(fault: Fault) -> Fault {
    match fault {
        Fault::Lost(why) => Fault::Out(Outage::Unavailable(format!(
            "PostgreSQL: the connection was lost while committing, which may have happened: {why}"
        ))),
        other => other,
    }
}

/// No transaction is open any more, but the connection may be gone.
pub(super) fn settle<T>(lease: &mut Lease, answer: &Result<T, Fault>) {
    if answer.as_ref().map_or_else(Fault::spares_the_connection, |_| true) {
        lease.is_clean();
    }
}

async fn prepare(lease: &mut Lease, texts: &Texts, steps: &[Step]) -> Result<Vec<Statement>, Fault> {
    let mut statements = Vec::with_capacity(steps.len());
    for step in steps {
        let prepared = match texts.text(step) {
            Ok(text) => lease.client()?.prepare_cached(&text).await.map_err(Fault::from),
            Err(outage) => Err(Fault::Out(outage)),
        };
        if prepared.is_err() {
            settle(lease, &prepared);
        }
        statements.push(prepared?);
    }
    Ok(statements)
}

fn each<'r>(
    client: &'r Client,
    statements: &'r [Statement],
    steps: &'r [Step],
) -> impl Iterator<Item = Request<'r, Answer>> {
    let pairs = statements.iter().zip(steps);
    pairs.map(|(statement, step)| -> Request<'r, Answer> { Box::pin(run(client, statement, step)) })
}

fn command<'r>(client: &'r Client, text: &'static str) -> Request<'r, Answer> {
    Box::pin(async move {
        client.batch_execute(text).await?;
        Ok(Outcome { rows: None, affected: 0 })
    })
}

async fn run(client: &Client, statement: &Statement, step: &Step) -> Answer {
    let parameters: Vec<_> = step.params.iter().map(Parameter).collect();
    let Some(rows) = step.rows else {
        let affected = client.execute_raw(statement, &parameters).await?;
        return Ok(Outcome { rows: None, affected });
    };
    let (mut rows, mut affected) = (rows(), 0);
    let mut answer = pin!(client.query_raw(statement, &parameters).await?);
    while let Some(row) = answer.try_next().await? {
        rows.take(&mut RowReader::new(&mut RowColumns::of(&row)))?;
        affected += 1;
    }
    Ok(Outcome { rows: Some(rows), affected })
}

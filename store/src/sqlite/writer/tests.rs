//! The writer alone: groups, a full disk, a log that stays short.

use tokio::sync::oneshot::{self, Receiver};

use super::super::connection;
use super::*;
use crate::{Value, params};

const PUT: &str = "INSERT INTO a (b, c) VALUES ($1, $2)";

struct Bench {
    folder: tempfile::TempDir,
    connection: &'static Connection,
    writer: Writer<'static>,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // As long as the process, which is short, for the writer borrows it.
        let connection: &Connection =
            Box::leak(Box::new(connection::open(&folder.path().join("data")).unwrap()));
        connection.execute_batch("CREATE TABLE a (b bigint NOT NULL PRIMARY KEY, c bytea)").unwrap();
        let helper = connection::open(&folder.path().join("data")).unwrap();
        let checkpoints = Checkpoints::beside(helper).unwrap();
        let writer = Writer::new(connection, Indexes::read(connection).unwrap(), checkpoints);
        Self { folder, connection, writer }
    }

    /// Runs a group that nobody interrupts.
    fn group(&mut self, jobs: Vec<Write>) {
        assert!(self.writer.group(jobs, &|| false).is_empty());
    }

    fn log(&self) -> u64 {
        std::fs::metadata(self.folder.path().join("data-wal")).map_or(0, |file| file.len())
    }

    fn rows(&self) -> i64 {
        self.connection.query_row("SELECT count(*) FROM a", [], |row| row.get(0)).unwrap()
    }
}

fn step(sql: &'static str, params: Vec<Value>) -> Step {
    Step { sql, params, expects: Vec::new(), rows: None }
}

fn job(steps: Vec<Step>) -> (Write, Receiver<Answer>) {
    let (reply, answer) = oneshot::channel();
    (Write { work: Work { steps, ..Work::default() }, reply }, answer)
}

fn put(number: i64, size: usize) -> (Write, Receiver<Answer>) {
    job(vec![step(PUT, params![number, vec![7_u8; size]])])
}

#[test]
fn a_failure_within_a_group_is_its_own() {
    let mut bench = Bench::new();
    let (jobs, answers): (Vec<_>, Vec<_>) = [put(1, 1), put(2, 1), put(1, 1), put(3, 1)].into_iter().unzip();
    bench.group(jobs);
    let fine: Vec<_> = answers.into_iter().map(|answer| answer.blocking_recv().unwrap().is_ok()).collect();
    assert_eq!(fine, [true, true, false, true]);
    assert_eq!(bench.rows(), 3);
}

#[test]
fn a_flight_that_fails_in_the_middle_leaves_nothing_and_harms_nobody() {
    let mut bench = Bench::new();
    let steps = |numbers: &[i64]| numbers.iter().map(|n| step(PUT, params![*n, vec![7_u8]])).collect();
    // Alone; the first of its kind in a group; and one of a group that has savepoints.
    for group in [&[&[1, 2, 1][..]][..], &[&[1, 2], &[3, 4, 1], &[5]], &[&[6], &[7, 8, 6], &[8, 9]]] {
        let before = bench.rows();
        let (jobs, answers): (Vec<_>, Vec<_>) = group.iter().map(|numbers| job(steps(numbers))).unzip();
        bench.group(jobs);
        let mut written = 0;
        for (numbers, answer) in group.iter().zip(answers) {
            let fine = answer.blocking_recv().unwrap().is_ok();
            assert_eq!(fine, numbers.len() < 3, "{numbers:?}");
            written += if fine { numbers.len() as i64 } else { 0 };
        }
        assert_eq!(bench.rows() - before, written);
    }
}

#[test]
fn a_flight_that_nobody_awaits_is_not_begun() {
    let mut bench = Bench::new();
    let (jobs, mut answers): (Vec<_>, Vec<_>) = [put(1, 1), put(2, 1)].into_iter().unzip();
    drop(answers.remove(0));
    bench.group(jobs);
    assert_eq!(bench.rows(), 1);
}

#[test]
fn a_rollback_of_the_whole_transaction_fails_every_flight_of_the_group() {
    let mut bench = Bench::new();
    // As a full disk does, it takes more with it than its own savepoint.
    let gone = job(vec![step("ROLLBACK", params![])]);
    let (jobs, answers): (Vec<_>, Vec<_>) = [put(1, 1), gone, put(2, 1)].into_iter().unzip();
    bench.group(jobs);
    for answer in answers {
        let answer = answer.blocking_recv().unwrap();
        assert!(matches!(answer, Err(Broken::Out(Outage::Unavailable(_)))));
    }
    assert_eq!(bench.rows(), 0);
    let (after, answer) = put(3, 1);
    bench.group(vec![after]);
    assert!(answer.blocking_recv().unwrap().is_ok());
}

#[test]
fn a_full_database_refuses_and_goes_on_when_there_is_room() {
    let mut bench = Bench::new();
    bench.connection.pragma_update(None, "max_page_count", 20).unwrap();
    let (jobs, answers): (Vec<_>, Vec<_>) = [put(1, 10), put(2, 1_000_000), put(3, 10)].into_iter().unzip();
    bench.group(jobs);
    let fine = answers.into_iter().map(|answer| answer.blocking_recv().unwrap().is_ok());
    // Whoever was told that it is written is right, however much SQLite rolled back.
    assert_eq!(bench.rows(), fine.filter(|fine| *fine).count() as i64);
    bench.connection.pragma_update(None, "max_page_count", 1_000_000).unwrap();
    let (after, answer) = put(4, 1_000_000);
    bench.group(vec![after]);
    assert!(answer.blocking_recv().unwrap().is_ok());
}

#[test]
fn the_log_stays_short_and_is_emptied_in_a_quiet_moment() {
    let mut bench = Bench::new();
    for number in 0..1_200 {
        let (job, answer) = put(number, 100_000);
        bench.group(vec![job]);
        bench.writer.checkpoints.after_group(bench.connection);
        assert!(answer.blocking_recv().unwrap().is_ok());
    }
    let written = 1_200 * 100_000;
    assert!(bench.log() < written / 3, "the log has {} bytes", bench.log());
    bench.writer.checkpoints.in_quiet(bench.connection);
    assert_eq!(bench.log(), 0);
}

#[test]
fn a_reader_that_holds_a_snapshot_holds_up_neither_the_writer_nor_the_log_for_ever() {
    let mut bench = Bench::new();
    let reader = connection::open_reader(&bench.folder.path().join("data")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM a").unwrap();
    for number in 0..400 {
        let (job, answer) = put(number, 100_000);
        bench.group(vec![job]);
        bench.writer.checkpoints.after_group(bench.connection);
        assert!(answer.blocking_recv().unwrap().is_ok());
    }
    reader.execute_batch("COMMIT").unwrap();
    bench.writer.checkpoints.in_quiet(bench.connection);
    assert_eq!(bench.log(), 0);
}

fn patient(number: i64) -> (Write, Receiver<Answer>) {
    let (mut write, answer) = put(number, 1);
    write.work.is_patient = true;
    (write, answer)
}

#[test]
fn patient_flights_come_on_one_at_a_time_while_others_wait() {
    let mut bench = Bench::new();
    let (mut jobs, answers): (Vec<_>, Vec<_>) = (1..=3).map(patient).unzip();
    for (done, mut answer) in answers.into_iter().enumerate() {
        assert!(answer.try_recv().is_err());
        jobs = bench.writer.group(jobs, &|| true);
        assert_eq!((bench.rows(), jobs.len()), (done as i64 + 1, 2 - done));
        assert!(answer.try_recv().unwrap().is_ok());
    }
}

#[test]
fn patient_flights_go_on_together_while_nobody_waits() {
    let mut bench = Bench::new();
    let (jobs, answers): (Vec<_>, Vec<_>) = (1..=3).map(patient).unzip();
    bench.group(jobs);
    assert_eq!(bench.rows(), 3);
    assert!(answers.into_iter().all(|answer| answer.blocking_recv().unwrap().is_ok()));
}

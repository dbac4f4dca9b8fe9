//! What a GetThings of the ten newest costs as the database grows, and as the record grows. It should not
//! cost more.

mod fill;
mod plot;

use std::path::{Path, PathBuf};

use self::plot::{Curve, Panel, Point};
use crate::child::{Server, work_folder};
use crate::fixture::{Fixture, Kind};
use crate::load::{Measured, Traffic};
use crate::run::{load, prepare};
use crate::servers::{Which, floor, keepwell};

/// So many connections are at work: enough that no server waits for a request.
const CONNECTIONS: u16 = 16;
/// How often each point is measured; the middle one counts.
const TURNS: usize = 3;

/// How far it grows, and where the plot goes.
pub struct Plan {
    pub folder: Option<PathBuf>,
    /// Things in the database in the end.
    pub things: u64,
    /// Things in one record in the end.
    pub record: u64,
    pub seconds: u16,
    pub svg: Option<PathBuf>,
}

/// Measures both curves, prints them and draws them.
pub async fn run(plan: &Plan) -> anyhow::Result<()> {
    let folder = work_folder(plan.folder.as_deref())?;
    let folder = folder.path();
    prepare(folder).await?;
    // Both read the very same file, one after the other.
    std::os::unix::fs::symlink(keepwell::database(folder), floor::database(folder))?;
    println!(
        "{:<22}{:>10}  {:<9}{:>10}{:>10}{:>10}{:>13}",
        "things", "", "server", "req/s", "p50 µs", "p99 µs", "CPU µs/req"
    );
    let mut database = Curve::default();
    for things in decades(1_000, plan.things) {
        fill::database(folder, things)?;
        database.push(measure(folder, "in the database", things, plan.seconds).await?);
    }
    one_record(folder)?;
    let mut record = Curve::default();
    for things in decades(10, plan.record) {
        fill::record(folder, things)?;
        record.push(measure(folder, "in the record", things, plan.seconds).await?);
    }
    let panels = [
        Panel { title: "Things in the database", curve: database },
        Panel { title: "Things in the record", curve: record },
    ];
    panels.iter().for_each(plot::print);
    if let Some(path) = &plan.svg {
        std::fs::write(path, plot::svg(&panels))?;
        println!("drawn: {}", path.display());
    }
    Ok(())
}

/// From one number to another, each ten times the one before.
fn decades(from: u64, to: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(from), |n| n.checked_mul(10)).take_while(move |n| *n <= to)
}

/// The servers take turns, so that a change in the weather of the machine meets both.
async fn measure(folder: &Path, what: &str, things: u64, seconds: u16) -> anyhow::Result<Point> {
    let [floor, keepwell] = [Which::Floor, Which::Keepwell];
    let mut turns: [Vec<Measured>; 2] = Default::default();
    for _ in 0..TURNS {
        for (which, measured) in [floor, keepwell].into_iter().zip(&mut turns) {
            let server = Server::start(which, folder).await?;
            measured.push(load(folder, &server, Traffic::of(Kind::GetThings, CONNECTIONS), seconds).await?);
            server.stop().await?;
        }
    }
    let [floor_is, keepwell_is] = turns.map(middle);
    for (which, m) in [(floor, floor_is), (keepwell, keepwell_is)] {
        println!(
            "{what:<22}{things:>10}  {:<9}{:>10.0}{:>10}{:>10}{:>13.1}",
            which.name(),
            m.requests_per_second,
            m.p50,
            m.p99,
            m.server_cpu
        );
    }
    Ok(Point { things, floor: floor_is.server_cpu, keepwell: keepwell_is.server_cpu })
}

/// The one with the middle processor time.
fn middle(mut turns: Vec<Measured>) -> Measured {
    turns.sort_by(|a, b| a.server_cpu.total_cmp(&b.server_cpu));
    turns[turns.len() / 2]
}

/// From here on only one record is read.
fn one_record(folder: &Path) -> anyhow::Result<()> {
    let mut fixture = Fixture::read(folder)?;
    for exchange in &mut fixture.exchanges {
        exchange.requests.truncate(1);
    }
    fixture.records.truncate(1);
    fixture.write(folder)
}

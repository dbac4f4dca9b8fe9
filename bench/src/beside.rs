//! Readers, alone and beside writers: both as much as they can get, and both at a rate that leaves the machine room.
//!
//! In the first all of them want more cores than there are, the generators too; what the readers lose then is mostly their
//! part of the cores. In the second, what they lose they wait for: a lock, a queue, a commit.

use std::path::Path;

use crate::child::{Server, work_folder};
use crate::fixture::Kind;
use crate::load::{Measured, Traffic};
use crate::run::{copy_for_floor, load, prepare};
use crate::servers::Which;

const READERS: u16 = 16;
const WRITERS: u16 = 64;
/// Reads and writes a second, where they have a rate.
const RATES: (u32, u32) = (2_000, 1_000);
/// The writers begin with the readers' warm-up and go on until the readers are done.
const LONGER: u16 = 2;
const AIM: f64 = 2.0;

/// Measures and prints how much longer the slowest of a hundred reads takes while others write.
pub async fn run(place: Option<&Path>, seconds: u16) -> anyhow::Result<()> {
    let folder = work_folder(place)?;
    let folder = folder.path();
    prepare(folder).await?;
    copy_for_floor(folder)?;
    let (readers, writers) = (Traffic::of(Kind::GetThings, READERS), Traffic::of(Kind::PutThings, WRITERS));
    println!("As much as they can get");
    each(folder, readers, writers, seconds).await?;
    let (reads, writes) = RATES;
    println!("\nAt {reads} reads and {writes} writes a second");
    each(folder, readers.at(reads), writers.at(writes), seconds).await
}

async fn each(folder: &Path, readers: Traffic, writers: Traffic, seconds: u16) -> anyhow::Result<()> {
    for which in [Which::Floor, Which::Keepwell] {
        let server = Server::start(which, folder).await?;
        let alone = load(folder, &server, readers, seconds).await?;
        let (beside, writers) = tokio::try_join!(
            load(folder, &server, readers, seconds),
            load(folder, &server, writers, seconds + LONGER),
        )?;
        server.stop().await?;
        line(which, "readers alone", &alone);
        line(which, "readers beside writers", &beside);
        line(which, "the writers", &writers);
        let (ratio, half) = (over(beside.p99, alone.p99), over(beside.p50, alone.p50));
        println!(
            "{:<9} p99 beside writers over alone: {ratio:.2} (aim: at most {AIM}); p50: {half:.2}",
            which.name()
        );
    }
    Ok(())
}

fn line(which: Which, what: &str, m: &Measured) {
    println!(
        "{:<9} {what:<23} {:>8.0} a second, p50 {:>6} µs, p99 {:>6} µs",
        which.name(),
        m.requests_per_second,
        m.p50,
        m.p99
    );
}

fn over(a: u32, b: u32) -> f64 {
    f64::from(a) / f64::from(b.max(1))
}

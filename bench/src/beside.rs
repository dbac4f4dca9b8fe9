//! Readers, alone and beside writers.

use std::path::Path;

use crate::child::{Server, work_folder};
use crate::fixture::Kind;
use crate::load::Measured;
use crate::run::{copy_for_floor, load, prepare};
use crate::servers::Which;

const READERS: u16 = 16;
const WRITERS: u16 = 64;
/// The writers begin with the readers' warm-up and go on until the readers are done.
const LONGER: u16 = 2;
const AIM: f64 = 2.0;

/// Measures and prints how much longer the slowest of a hundred reads takes while others write.
pub async fn run(place: Option<&Path>, seconds: u16) -> anyhow::Result<()> {
    let folder = work_folder(place)?;
    let folder = folder.path();
    prepare(folder).await?;
    copy_for_floor(folder)?;
    for which in [Which::Floor, Which::Keepwell] {
        let server = Server::start(which, folder).await?;
        let alone = load(folder, &server, Kind::GetThings, READERS, seconds).await?;
        let (beside, writers) = tokio::try_join!(
            load(folder, &server, Kind::GetThings, READERS, seconds),
            load(folder, &server, Kind::PutThings, WRITERS, seconds + LONGER),
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

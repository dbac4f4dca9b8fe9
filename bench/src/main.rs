//! Keepwell's benchmark: the XML API under load, beside two floors and the disk, in one run on one machine.
//!
//! Absolute numbers say more about the machine than about the server, so what it prints in the end are
//! ratios. `docs/PERFORMANCE.md` says what is measured and what was reached.

mod beside;
mod blobs;
mod child;
mod cli;
mod clock;
mod disk;
mod fixture;
mod growth;
mod load;
mod pages;
mod parts;
mod postgres;
mod prepare;
mod report;
mod run;
mod serve;
mod servers;
mod slow_disk;

use clap::Parser as _;
use mimalloc::MiMalloc;

use crate::cli::{Cli, Options, Part};
use crate::growth::Plan;

/// As in the server; all that is measured has it alike.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    // One thread is enough for the generator and leaves the rest of the machine to the server.
    let mut runtime = match cli.part {
        Some(Part::Prepare { .. } | Part::Server { .. }) => tokio::runtime::Builder::new_multi_thread(),
        _ => tokio::runtime::Builder::new_current_thread(),
    };
    let Options { folder: place, seconds, .. } = &cli.options;
    let (place, seconds) = (place.as_deref(), *seconds);
    runtime.enable_all().build()?.block_on(async {
        match cli.part {
            Some(Part::Parts) => parts::run().await,
            Some(Part::Blobs { mebibytes }) => blobs::run(mebibytes).await,
            Some(Part::Growth { things, record, svg }) => {
                growth::run(&Plan { folder: cli.options.folder.clone(), things, record, seconds, svg }).await
            }
            Some(Part::Pages) => pages::run(place, seconds).await,
            Some(Part::Beside) => beside::run(place, seconds).await,
            Some(Part::SlowDisk) => slow_disk::run(place, seconds).await,
            Some(Part::Postgres { database }) => postgres::run(place, &database, seconds).await,
            None => run::run(&cli.options).await,
            Some(Part::Prepare { folder }) => prepare::run(&folder).await,
            Some(Part::Server { which, folder }) => servers::run(which, &folder).await,
            Some(Part::Load(order)) => load::run(&order).await,
        }
    })
}

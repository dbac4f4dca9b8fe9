//! Keepwell's benchmark: the XML API under load, beside two floors and the disk, in one run on one machine.
//!
//! Absolute numbers say more about the machine than about the server, so what it prints in the end are
//! ratios. `docs/PERFORMANCE.md` says what is measured and what was reached.

mod blobs;
mod child;
mod cli;
mod clock;
mod disk;
mod fixture;
mod load;
mod parts;
mod prepare;
mod report;
mod run;
mod serve;
mod servers;

use clap::Parser as _;

use crate::cli::{Cli, Part};

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    // One thread is enough for the generator and leaves the rest of the machine to the server.
    let mut runtime = match cli.part {
        None | Some(Part::Load(_) | Part::Parts | Part::Blobs { .. }) => {
            tokio::runtime::Builder::new_current_thread()
        }
        Some(Part::Prepare { .. } | Part::Server { .. }) => tokio::runtime::Builder::new_multi_thread(),
    };
    runtime.enable_all().build()?.block_on(async {
        match cli.part {
            Some(Part::Parts) => parts::run().await,
            Some(Part::Blobs { mebibytes }) => blobs::run(mebibytes).await,
            None => run::run(&cli.options).await,
            Some(Part::Prepare { folder }) => prepare::run(&folder).await,
            Some(Part::Server { which, folder }) => servers::run(which, &folder).await,
            Some(Part::Load(order)) => load::run(&order).await,
        }
    })
}

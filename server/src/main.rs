//! The `keepwell` binary.

mod apps;
mod attachments;
mod audits;
mod brand;
#[cfg(test)]
mod captures;
mod cli;
#[cfg(test)]
mod client_tests;
mod clinic;
mod config;
mod demo;
mod device;
mod files;
mod key_file;
mod link;
mod listen;
mod mail;
mod maintenance;
mod operators;
mod persons;
mod proxies;
mod records;
mod sealer;
mod serve;
mod sweeper;
mod telemetry;
mod templates;
mod tls;
mod types;
mod vocabularies;

use std::process::ExitCode;

use clap::Parser as _;
use mimalloc::MiMalloc;
use tracing_subscriber::EnvFilter;

use crate::cli::{Cli, Command};

/// A request allocates on one thread what another frees, at which the system's own allocator is slow.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// It could not do what it was told.
const FAILED: u8 = 1;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("KEEPWELL_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.into()),
    };
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    let Cli { command, options } = cli;
    match command {
        Command::Serve => serve::run(&options.resolve("keepwell-data")?).await,
        Command::Demo => demo::run(&options.resolve("keepwell-demo")?).await,
        Command::App { command } => apps::run(&options.resolve("keepwell-data")?, command).await,
        Command::Audit { command } => audits::run(&options.resolve("keepwell-data")?, command).await,
        Command::Mail { command } => mail::run(&options.resolve("keepwell-data")?, command).await,
        Command::Maintenance { command } => {
            maintenance::run(&options.resolve("keepwell-data")?, command).await
        }
        Command::Person { command } => persons::run(&options.resolve("keepwell-data")?, command).await,
        Command::Record { command } => records::run(&options.resolve("keepwell-data")?, command).await,
        Command::Connect { command } => clinic::connect::run(command).await,
        Command::Dropoff { command } => clinic::dropoff::run(command).await,
        Command::Device { command } => device::run(command).await,
        Command::File { command } => files::run(command).await,
        Command::Templates { command } => templates::run(&options.resolve("keepwell-data")?, command),
        Command::Type { command } => types::run(command),
        Command::Vocabulary { command } => {
            vocabularies::run(&options.resolve("keepwell-data")?, command).await
        }
        Command::Operator { command } => operators::run(&options.resolve("keepwell-data")?, command).await,
    }
}

fn fail(error: &anyhow::Error) -> ExitCode {
    eprintln!("keepwell: {error:#}");
    ExitCode::from(FAILED)
}

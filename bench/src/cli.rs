//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::fixture::Kind;
use crate::load::Order;
use crate::servers::Which;

/// Measures Keepwell beside a bare server, a floor and the disk, and prints ratios.
#[derive(Parser)]
pub struct Cli {
    #[command(flatten)]
    pub options: Options,
    #[command(subcommand)]
    pub part: Option<Part>,
}

/// What is measured, and how long.
#[derive(Args)]
pub struct Options {
    /// Print JSON instead of tables.
    #[arg(long)]
    pub json: bool,
    /// Where the databases are put, in a folder of their own that is removed in the end. It must be on a
    /// real disk, or the writes measure nothing.
    #[arg(long, global = true)]
    pub folder: Option<PathBuf>,
    /// Only these requests.
    #[arg(long = "kind", value_enum)]
    pub kinds: Vec<Kind>,
    /// Only these numbers of connections.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub connections: Vec<u16>,
    /// The measured time of each cell of the table.
    #[arg(long, global = true, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=60))]
    pub seconds: u16,
}

/// The processes of which a run is made, which it starts itself; and what is measured without a server.
#[derive(Subcommand)]
pub enum Part {
    /// Checking and carrying data, and searching vocabularies, each by itself.
    Parts,
    /// Attachments, up and down.
    Blobs {
        /// How large a single one is.
        #[arg(long, default_value_t = 1024, value_parser = clap::value_parser!(u64).range(1..=2047))]
        mebibytes: u64,
    },
    /// Reading as the database and the record grow.
    Growth {
        /// Things in the database in the end.
        #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1_000..=10_000_000))]
        things: u64,
        /// Things in one record in the end.
        #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(10..=1_000_000))]
        record: u64,
        /// Draw the curves into this file.
        #[arg(long)]
        svg: Option<PathBuf>,
    },
    /// Pages of the Shell, beside a bare answer.
    Pages,
    /// Readers, alone and beside writers.
    Beside,
    /// Writers on a disk whose syncs are slowed.
    SlowDisk,
    /// Reading on PostgreSQL, beside its driver.
    Postgres {
        /// The database, `postgres://user@host/name`; a schema is made in it and dropped in the end.
        #[arg(long)]
        database: String,
    },
    /// Makes the database and the signed requests.
    #[command(hide = true)]
    Prepare { folder: PathBuf },
    /// One of the servers.
    #[command(hide = true)]
    Server {
        #[arg(value_enum)]
        which: Which,
        folder: PathBuf,
    },
    /// The load generator.
    #[command(hide = true)]
    Load(Order),
}

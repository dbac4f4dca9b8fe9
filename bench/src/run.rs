//! A run: prepare, start the servers, load each in turn, report.

use std::ffi::OsStr;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;

use crate::child::{Server, finish, work_folder};
use crate::cli::Options;
use crate::disk::synced_appends;
use crate::fixture::Kind;
use crate::load::{GRACE, Measured, Traffic, WARM_UP};
use crate::report::{Cell, Report, Synced};
use crate::servers::{Which, floor, keepwell};

/// How long the disk alone is measured, before and again after Keepwell's writes: what it gives changes
/// from second to second when others use it.
const DISK: Duration = Duration::from_secs(1);
const CONNECTIONS: [u16; 3] = [1, 16, 64];

/// Measures what the options say and prints the report. Ctrl-C ends it, and its parts with it.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let folder = work_folder(options.folder.as_deref())?;
    let report = tokio::select! {
        report = measure(options, folder.path()) => report?,
        _ = tokio::signal::ctrl_c() => anyhow::bail!("interrupted"),
    };
    if options.json {
        println!("{}", serde_json::to_string_pretty(&report.with_ratios())?);
    } else {
        print!("{report}");
    }
    Ok(())
}

async fn measure(options: &Options, folder: &Path) -> anyhow::Result<Report> {
    prepare(folder).await?;
    copy_for_floor(folder)?;
    let mut servers = Vec::new();
    for which in Which::ALL {
        servers.push(Server::start(which, folder).await?);
    }
    let mut report = Report::default();
    for kind in or_all(&options.kinds, &Kind::ALL) {
        for connections in or_all(&options.connections, &CONNECTIONS) {
            // One after the other within a cell, so that a change in the weather of the machine meets all.
            for server in &servers {
                let beside_disk = kind == Kind::PutThings && server.which == Which::Keepwell;
                let before = if beside_disk { Some(disk(folder).await?) } else { None };
                let measured = load(folder, server, Traffic::of(kind, connections), options.seconds).await?;
                if let Some(before) = before {
                    let appends_per_second = f64::midpoint(before, disk(folder).await?);
                    report.disk.push(Synced { connections, appends_per_second });
                }
                eprintln!("{} x{connections} {}: done", kind.name(), server.which.name());
                report.cells.push(Cell { kind, connections, server: server.which, measured });
            }
        }
    }
    for server in servers {
        server.stop().await?;
    }
    Ok(report)
}

async fn disk(folder: &Path) -> anyhow::Result<f64> {
    let file = folder.join("appends");
    Ok(tokio::task::spawn_blocking(move || synced_appends(&file, DISK)).await??)
}

/// Makes the database and the requests.
pub async fn prepare(folder: &Path) -> anyhow::Result<()> {
    if cfg!(debug_assertions) {
        eprintln!("This is a debug build, whose numbers mean nothing: cargo run --release -p keepwell-bench");
    }
    finish(&["prepare".as_ref(), folder.as_os_str()], Duration::from_secs(120)).await?;
    Ok(())
}

/// Gives the floor a database of its own. The process that made it has ended, so that the file is whole
/// without its log.
pub fn copy_for_floor(folder: &Path) -> anyhow::Result<()> {
    std::fs::copy(keepwell::database(folder), floor::database(folder)).context("copying the database")?;
    Ok(())
}

/// Loads a server from a process of its own.
pub async fn load(
    folder: &Path,
    server: &Server,
    traffic: Traffic,
    seconds: u16,
) -> anyhow::Result<Measured> {
    let Traffic { kind, connections, rate } = traffic;
    let numbers = [server.port, connections, seconds].map(|number| number.to_string());
    let [port, connections, duration] = &numbers;
    let rate = rate.map(|rate| format!("--rate={rate}"));
    let mut arguments: Vec<&OsStr> = vec![
        "load".as_ref(),
        folder.as_os_str(),
        port.as_ref(),
        kind.name().as_ref(),
        connections.as_ref(),
        duration.as_ref(),
    ];
    arguments.extend(rate.as_ref().map(OsStr::new));
    let limit = WARM_UP + Duration::from_secs(seconds.into()) + 2 * GRACE;
    Ok(serde_json::from_str(&finish(&arguments, limit).await?)?)
}

fn or_all<T: Copy>(chosen: &[T], all: &[T]) -> Vec<T> {
    if chosen.is_empty() { all.to_vec() } else { chosen.to_vec() }
}

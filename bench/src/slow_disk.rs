//! Writes on a disk whose every sync takes two milliseconds more: what is gained when the writes that wait
//! share a commit.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child::{Server, work_folder};
use crate::fixture::Kind;
use crate::load::Traffic;
use crate::run::{copy_for_floor, load, prepare};
use crate::servers::Which;

const SHIM: &str = include_str!("../shim/slow_sync.c");
const CONNECTIONS: u16 = 64;
const AIM: f64 = 12.0;

/// Measures Keepwell beside the floor, which commits each insert by itself, and prints the ratio. Without a
/// C compiler it says so and measures nothing.
pub async fn run(place: Option<&Path>, seconds: u16) -> anyhow::Result<()> {
    let folder = work_folder(place)?;
    let folder = folder.path();
    let Some(shim) = compile(folder)? else {
        eprintln!("SKIPPED: there is no C compiler (cc), and what slows the disk must be compiled");
        return Ok(());
    };
    prepare(folder).await?;
    copy_for_floor(folder)?;
    let mut rates = Vec::new();
    for which in [Which::Floor, Which::Keepwell] {
        let server = Server::start_with(which, folder, &[("LD_PRELOAD", shim.as_os_str())]).await?;
        let measured = load(folder, &server, Traffic::of(Kind::PutThings, CONNECTIONS), seconds).await?;
        server.stop().await?;
        println!(
            "{:<9} put-things at {CONNECTIONS}: {:.0} a second, p50 {} µs, p99 {} µs, CPU {:.1} µs each",
            which.name(),
            measured.requests_per_second,
            measured.p50,
            measured.p99,
            measured.server_cpu
        );
        rates.push(measured.requests_per_second);
    }
    if let [single, grouped] = rates[..] {
        println!("grouped commits over single ones: {:.1} (aim: at least {AIM})", grouped / single);
    }
    Ok(())
}

fn compile(folder: &Path) -> anyhow::Result<Option<PathBuf>> {
    let (source, library) = (folder.join("slow_sync.c"), folder.join("slow_sync.so"));
    std::fs::write(&source, SHIM)?;
    let mut command = Command::new("cc");
    command.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(&source).arg("-ldl");
    match command.status() {
        Ok(status) if status.success() => Ok(Some(library)),
        Ok(status) => anyhow::bail!("cc does not compile what slows the disk: {status}"),
        Err(_) => Ok(None),
    }
}

//! Processes of a run: this program again, with a part to play. Each ends when the run does.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::servers::Which;

/// A server may take so long to begin.
const PATIENCE: Duration = Duration::from_secs(30);

fn command(arguments: &[&OsStr]) -> anyhow::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    Ok(command)
}

/// A folder for what a run makes, in this place or in that of the machine; it is removed in the end.
pub fn work_folder(place: Option<&Path>) -> anyhow::Result<TempDir> {
    let place = place.map_or_else(std::env::temp_dir, Path::to_owned);
    Ok(tempfile::Builder::new().prefix("keepwell-bench-").tempdir_in(place)?)
}

/// Runs a part to its end, for so long at most; answers what it printed.
pub async fn finish(arguments: &[&OsStr], limit: Duration) -> anyhow::Result<String> {
    let child = command(arguments)?.spawn()?;
    let output = timeout(limit, child.wait_with_output()).await.context("a part of the run hangs")??;
    ensure!(output.status.success(), "a part of the run failed: {arguments:?}");
    Ok(String::from_utf8(output.stdout)?)
}

/// A server that runs as long as this value lives: it ends when its standard input is closed.
pub struct Server {
    pub which: Which,
    pub port: u16,
    child: Child,
}

impl Server {
    /// Starts it.
    pub async fn start(which: Which, folder: &Path) -> anyhow::Result<Self> {
        Self::start_with(which, folder, &[]).await
    }

    /// Starts it with these in its environment.
    pub async fn start_with(
        which: Which,
        folder: &Path,
        environment: &[(&str, &OsStr)],
    ) -> anyhow::Result<Self> {
        let arguments = ["server".as_ref(), which.name().as_ref(), folder.as_os_str()];
        let mut command = command(&arguments)?;
        command.envs(environment.iter().copied());
        let mut child = command.stdin(Stdio::piped()).spawn()?;
        let stdout = child.stdout.take().context("a server without standard output")?;
        let mut line = String::new();
        timeout(PATIENCE, BufReader::new(stdout).read_line(&mut line)).await.context("a server hangs")??;
        let port = line.trim().parse().with_context(|| format!("{} did not begin", which.name()))?;
        Ok(Self { which, port, child })
    }

    /// Ends it.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        drop(self.child.stdin.take());
        timeout(PATIENCE, self.child.wait()).await.context("a server does not end")??;
        Ok(())
    }
}

//! What a device keeps: a file that nobody else can read.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use keepwell_client::{DeviceCredential, DeviceSetup};
use serde::{Deserialize, Serialize};

/// What is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// An identity that nobody has let in yet.
    Waiting(DeviceSetup),
    /// Let in.
    Ready(DeviceCredential),
}

impl Kept {
    /// Reads the file.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path).with_context(|| {
            format!("cannot read {}; a new device begins with: keepwell device new", path.display())
        })?;
        serde_json::from_str(&text).with_context(|| format!("{} is not what a device keeps", path.display()))
    }

    /// Writes a file that is not there yet.
    pub fn write_new(&self, path: &Path) -> anyhow::Result<()> {
        if path.exists() {
            bail!("{} is there already; it may be a device that still works", path.display());
        }
        self.write(path)
    }

    /// Writes the file, whole or not at all.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        let partly = beside(path);
        let _ = fs::remove_file(&partly);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&partly).with_context(|| format!("cannot write {}", partly.display()))?;
        file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        file.sync_all()?;
        fs::rename(&partly, path).with_context(|| format!("cannot write {}", path.display()))
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    PathBuf::from(name)
}

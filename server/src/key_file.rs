//! The server key file: made at first start, readable by its owner only.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use keepwell_core::Env;
use keepwell_core::keys::KeyRing;

/// Where it is.
pub fn path(data: &Path) -> PathBuf {
    data.join("server-key.json")
}

/// The key ring, and whether it was made just now. It is made only where there is no database yet: a
/// new key would make what an old one sealed unreadable.
pub fn open(data: &Path, env: &Env) -> anyhow::Result<(KeyRing, bool)> {
    make_private_folder(data)?;
    let path = path(data);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let ring = KeyRing::from_text(&text).with_context(|| format!("{} is damaged", path.display()))?;
            Ok((ring, false))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if data.join("keepwell.db").exists() {
                bail!(
                    "{} is missing, but there is a database that needs it; put it back from the backup",
                    path.display()
                );
            }
            Ok((make(&path, env)?, true))
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

fn make(path: &Path, env: &Env) -> anyhow::Result<KeyRing> {
    let ring = KeyRing::generate(env)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| format!("cannot make {}", path.display()))?;
    file.write_all(ring.to_text()?.as_bytes())?;
    file.sync_all()?;
    Ok(ring)
}

fn make_private_folder(data: &Path) -> anyhow::Result<()> {
    if data.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(data).with_context(|| format!("cannot make the folder {}", data.display()))?;
    #[cfg(unix)]
    fs::set_permissions(data, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_for_its_owner_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        assert!(open(&data, &Env::system()).expect("made").1);
        assert!(!open(&data, &Env::system()).expect("found").1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(path(&data)).expect("a file").permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
    }

    #[test]
    fn a_lost_key_is_not_replaced_where_a_database_needs_it() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("keepwell.db"), "").expect("a database");
        let error = open(folder.path(), &Env::system()).err().expect("refused").to_string();
        assert!(error.contains("backup"), "{error}");
    }
}

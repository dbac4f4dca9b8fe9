//! A folder that letters are put into, a file each: for a server that has no mail server yet.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use keepwell_core::Env;
use keepwell_core::letters::{MailError, Mailer, Outgoing};
use lettre::message::Mailbox;

use super::message::message;

/// The folder. File names sort by the time at which the letters were written.
pub struct MailboxFolder {
    folder: PathBuf,
    server: Mailbox,
    env: Env,
}

impl MailboxFolder {
    /// A folder, which is made if need be, and the server's own address.
    pub fn new(folder: PathBuf, server: Mailbox, env: Env) -> anyhow::Result<Self> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self { folder, server, env })
    }
}

impl Mailer for MailboxFolder {
    fn send<'a>(&'a self, outgoing: &'a Outgoing) -> BoxFuture<'a, Result<String, MailError>> {
        async move {
            let text = message(&self.server, self.env.now(), outgoing)?.formatted();
            let path = self.folder.join(format!("{}.eml", outgoing.id));
            let said = format!("it is in {}", path.display());
            let written = tokio::task::spawn_blocking(move || write(&path, &text)).await;
            let failed = |why: &dyn std::fmt::Display| {
                MailError::because(format!("it cannot be put into the folder: {why}"))
            };
            written.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
            Ok(said)
        }
        .boxed()
    }
}

/// Whole or not at all, and on the disk: the outbox forgets the letter then.
fn write(path: &Path, text: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("part");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    match path.parent() {
        Some(folder) if cfg!(unix) => fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

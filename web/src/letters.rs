//! Letters to people: what they say is decided by the Shell, how they travel by a [`Mailer`].

use std::path::PathBuf;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncFileTransport, AsyncTransport, Message, Tokio1Executor};
use thiserror::Error;

/// A letter in plain text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Letter {
    /// The address that it goes to.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// Why a letter was not sent.
#[derive(Debug, Error)]
pub enum MailError {
    /// An address cannot be written to.
    #[error("an address cannot be written to: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// The letter cannot be put together.
    #[error("the letter cannot be put together: {0}")]
    Content(#[from] lettre::error::Error),
    /// It could not be handed over.
    #[error("the letter could not be handed over: {0}")]
    Transport(String),
}

/// Sends letters.
pub trait Mailer: Send + Sync {
    /// Sends a letter. An answer says that it was handed over, not that it has arrived.
    fn send(&self, letter: Letter) -> BoxFuture<'_, Result<(), MailError>>;
}

/// Puts each letter into a folder as a file: the default, for a server that has no mail yet.
pub struct MailboxFolder {
    transport: AsyncFileTransport<Tokio1Executor>,
    from: Mailbox,
}

impl MailboxFolder {
    /// A folder that exists, and the sender's address, `Keepwell <keepwell@example.org>`.
    pub fn new(folder: impl Into<PathBuf>, from: &str) -> Result<Self, MailError> {
        let transport = AsyncFileTransport::<Tokio1Executor>::new(folder.into());
        Ok(Self { transport, from: from.parse()? })
    }
}

impl Mailer for MailboxFolder {
    fn send(&self, letter: Letter) -> BoxFuture<'_, Result<(), MailError>> {
        async move {
            let message = message(&self.from, letter)?;
            self.transport.send(message).await.map(drop).map_err(|e| MailError::Transport(e.to_string()))
        }
        .boxed()
    }
}

/// The letter as a message, for any transport of lettre's.
pub fn message(from: &Mailbox, letter: Letter) -> Result<Message, MailError> {
    let to = Mailbox::new(None, letter.to.parse()?);
    let builder = Message::builder().from(from.clone()).to(to).subject(letter.subject);
    Ok(builder.header(ContentType::TEXT_PLAIN).body(letter.text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_letter_becomes_a_file_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = MailboxFolder::new(folder.path(), "Keepwell <keepwell@example.org>").unwrap();
        let letter =
            Letter { to: "anna@example.org".into(), subject: "A link".into(), text: "Hello,\nhere.".into() };
        mailer.send(letter).await.unwrap();
        let files: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.len(), 1);
        let text = std::fs::read_to_string(&files[0]).unwrap();
        assert!(text.contains("To: anna@example.org") && text.contains("Subject: A link"));
    }

    #[tokio::test]
    async fn an_address_with_a_line_end_gets_no_letter() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = MailboxFolder::new(folder.path(), "keepwell@example.org").unwrap();
        let letter =
            Letter { to: "a@b.example\r\nBcc: c@d.example".into(), subject: "x".into(), text: "x".into() };
        assert!(mailer.send(letter).await.is_err());
    }
}

//! A package that is being made.

use keepwell_wire::status::Status;
use keepwell_wire::xml::XmlWriter;
use secrecy::SecretString;
use tokio::io::{AsyncRead, AsyncSeek};
use uuid::{Uuid, uuid};
use zeroize::Zeroizing;

use super::PackageError;
use super::sealing::Seal;
use super::sending::Sending;
use crate::blobs::{BlobError, Failure, Patience, Progress, Source, Uploaded, length};
use crate::line::Who;
use crate::methods::{connect_packages, put_things};
use crate::{Client, Error, NewBlob, NewThing};

/// The type of the thing that a package is.
pub(super) const PACKAGE: Uuid = uuid!("c9287326-bb43-4194-858c-8b60768f000f");

/// For whom a package is, and what they are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPackage {
    /// The code that [`Client::allocate_package_code`] gave; none makes a new one. With it, a package whose
    /// answer was lost on the way is not left twice.
    pub code: Option<String>,
    /// Whose record it is for, as the application knows it. It is seen after the right answer.
    pub friendly_name: String,
    /// What only the person can answer.
    pub question: String,
    /// The application's own id of the person. Several packages may have the same.
    pub external_id: String,
}

/// A package that is being made. Things go into it, and are sealed when it is
/// [sent](PackageDraft::send); attachments are sealed and sent as they are
/// [uploaded](PackageDraft::upload).
#[derive(Debug)]
pub struct PackageDraft<'c> {
    client: &'c Client,
    seal: Seal,
    things: Vec<NewThing>,
    uploaded: Vec<String>,
}

impl Client {
    /// Begins a package under the answer to the question. The answer stays here; upper and lower case
    /// are the same, white space is not. It fails with [`PackageError::ShortAnswer`] for fewer than six
    /// characters.
    pub async fn begin_package(&self, answer: &SecretString) -> Result<PackageDraft<'_>, Error> {
        let seal = Seal::new(answer).await?;
        Ok(PackageDraft { client: self, seal, things: Vec::new(), uploaded: Vec::new() })
    }
}

impl PackageDraft<'_> {
    /// Puts a thing in, behind the others. Its attachments are inline, or were uploaded for this package.
    pub fn add(&mut self, thing: NewThing) -> Result<(), Error> {
        if thing.replaces.is_some() {
            return Err(PackageError::Replaces.into());
        }
        let foreign = |url: &str| !self.uploaded.iter().any(|own| own == url);
        if thing.blobs.iter().filter_map(NewBlob::url).any(|url| foreign(url.expose())) {
            return Err(PackageError::ForeignBlob.into());
        }
        self.things.push(thing);
        Ok(())
    }

    /// Uploads everything that there is to read, sealed chunk by chunk; a thing of this package then
    /// names it with [`NewBlob::uploaded`]. What passes by itself is waited for as with every upload.
    pub async fn upload<R>(
        &mut self,
        source: &mut R,
        progress: impl FnMut(Progress),
    ) -> Result<Uploaded, Error>
    where
        R: AsyncRead + AsyncSeek + Unpin,
    {
        let length = length(source).await?;
        let slot = self.client.begin_put_package_blob(self.seal.algorithm()).await?;
        if length > slot.max_size {
            let message = format!("it has {length} bytes; the server takes {}", slot.max_size);
            return Err(BlobError::TooLong(message).into());
        }
        let source = Source::new(source, slot.block_size);
        let line = self.client.line();
        let hash = Sending::new(line, &self.seal, &slot, source, length, progress).send().await?;
        self.uploaded.push(slot.url.expose().to_owned());
        Ok(Uploaded { url: slot.url, hash, length })
    }

    /// Seals what is in the package and leaves it with the server; answers the code for the person, which
    /// is told this once. With a code of its own it goes on trying for about a minute while the server
    /// cannot be reached. It fails with `CONNECT_PACKAGE_EXISTS` if the code was filled before.
    pub async fn send(self, new: &NewPackage) -> Result<String, Error> {
        let package = self.sealed().await?;
        let call = connect_packages::create(new, &package, &self.uploaded);
        let mut patience = Patience::new(&self.client.line().clock);
        let mut lost = false;
        loop {
            let sent = self.client.ask(&Who::Application, &call, connect_packages::code).await;
            match (sent, &new.code) {
                // What filled the code is this package, and its answer was lost.
                (Err(error), Some(code))
                    if lost && error.status() == Some(Status::CONNECT_PACKAGE_EXISTS) =>
                {
                    return Ok(code.clone());
                }
                (Err(error @ Error::Transport(_)), Some(_)) => {
                    lost = true;
                    patience.bear(Failure::from(error)).await?;
                }
                (sent, _) => return sent,
            }
        }
    }

    /// The thing that is the package.
    async fn sealed(&self) -> Result<NewThing, Error> {
        if self.things.is_empty() {
            return Err(PackageError::Empty.into());
        }
        let mut out = XmlWriter::new();
        self.things.iter().for_each(|thing| put_things::write(&mut out, "thing", thing));
        let things = Zeroizing::new(out.finish());
        let sealed = self.seal.things(things, self.things.len()).await?;
        let blob = NewBlob::inline("", "application/octet-stream", sealed)?;
        Ok(NewThing::of(PACKAGE, self.seal.data_xml()).with_blob(blob))
    }
}

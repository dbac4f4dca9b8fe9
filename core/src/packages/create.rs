//! An application leaves a package (methods.md 8.5, 8.6).

use keepwell_store::{Refusal, WriteFlight, params};

use super::store::INSERT;
use super::{PackageError, Parameters, sealed};
use crate::Domain;
use crate::applications::Application;
use crate::blobs::{self, BlobToken, PackagedError};
use crate::connections::ConnectionError;
use crate::connections::package::{self, Label};

/// What an application leaves. The answer to the question is not in it.
#[derive(Clone, Debug)]
pub struct NewPackage {
    /// The code of [`allocate`] that is filled; none makes a new one.
    pub code: Option<String>,
    /// What the person sees of the package after the right answer.
    pub friendly_name: String,
    /// What only the person can answer.
    pub question: String,
    /// The application's own id of the person. Several packages may have the same.
    pub external_id: String,
    /// How it is encrypted.
    pub parameters: Parameters,
    /// Its sender's encryption is not described well enough to say which lengths there can be.
    pub any_length: bool,
    /// Things, encrypted.
    pub cipher_text: Vec<u8>,
    /// The uploads of its blobs; `None` for what is no token of ours.
    pub uploads: Vec<Option<BlobToken>>,
}

/// Reserves a code that can be told at once; what belongs to it follows with [`create`].
///
/// # Errors
/// `ConnectionError::Changed` if the code exists, which it does not.
pub async fn allocate(domain: &Domain, app: &Application) -> Result<String, ConnectionError> {
    let mut flight = WriteFlight::new();
    let (_, code) = package::add(domain, &mut flight, app, None)?;
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(code)
}

/// Leaves a package; answers its code.
///
/// # Errors
/// `PackageError` saying what is wrong with it; nothing is left then.
pub async fn create(domain: &Domain, app: &Application, new: &NewPackage) -> Result<String, PackageError> {
    check(new)?;
    let uploads = blobs::of_package(domain, app.id, &new.uploads).await?.map_err(|error| match error {
        PackagedError::Url => PackageError::BlobUrl,
        PackagedError::Committed => PackageError::BlobCommitted,
        PackagedError::Incomplete => PackageError::BlobIncomplete,
    })?;
    let label =
        Label { friendly_name: &new.friendly_name, question: &new.question, external_id: &new.external_id };
    let mut flight = WriteFlight::new();
    let (id, code) = match &new.code {
        Some(code) => (package::fill(domain, &mut flight, app.id, code, &label).await?, code.clone()),
        None => package::add(domain, &mut flight, app, Some(&label))?,
    };
    let now = domain.env.now();
    let until = now + domain.limits.pickup;
    let sealed = sealed::seal(domain, id, &new.parameters, &new.cipher_text)?;
    let list = serde_json::to_string(&uploads).map_err(|_| ConnectionError::Changed)?;
    flight.run(INSERT, params![id, sealed, list, until]);
    for upload in uploads {
        blobs::keep_for_package(&mut flight, upload, now, until, ConnectionError::Changed);
    }
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    Ok(code)
}

fn check(new: &NewPackage) -> Result<(), PackageError> {
    let longer = |text: &str, most: usize| text.chars().count() > most;
    if new.question.trim().is_empty() {
        return Err(ConnectionError::Question.into());
    }
    let too_long = if longer(&new.friendly_name, 255) || longer(&new.external_id, 255) {
        Some("friendly-name and external-id may have 255 characters at most")
    } else {
        longer(&new.question, 1024).then_some("question may have 1024 characters at most")
    };
    if let Some(message) = too_long {
        return Err(ConnectionError::TooLong(message).into());
    }
    let length = new.cipher_text.len();
    let can_be = if new.any_length { length > 0 } else { new.parameters.algorithm().may_seal_to(length) };
    if !can_be {
        return Err(PackageError::CipherText(new.cipher_text.len()));
    }
    Ok(())
}

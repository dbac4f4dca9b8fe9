//! The key of a package, and the work that it does off the threads of a program that waits.

use std::sync::Arc;

use bytes::Bytes;
use keepwell_dopu::{Algorithm, Key, Parameters, USUAL_ITERATIONS, split_things};
use keepwell_wire::xml::XmlWriter;
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Builder;
use zeroize::Zeroizing;

use super::PackageError;

/// Characters of an answer that original clients insist on (connectivity.md 5.1).
const SHORTEST_ANSWER: usize = 6;

/// A key with the parameters that stand beside the package in the clear.
#[derive(Debug)]
pub(super) struct Seal {
    key: Arc<Key>,
    parameters: Parameters,
    filler: Filler,
}

/// The filler of the last block. It is drawn once: a chunk that is sent again must be the same bytes.
#[derive(Clone, Copy, Debug)]
struct Filler([u8; 32]);

impl Filler {
    fn fill(self, out: &mut [u8]) {
        out.iter_mut().zip(self.0).for_each(|(out, filler)| *out = filler);
    }
}

impl Seal {
    /// A new key under the answer. It takes a moment, on a thread where that disturbs nobody.
    pub(super) async fn new(answer: &SecretString) -> Result<Self, PackageError> {
        if answer.expose_secret().chars().count() < SHORTEST_ANSWER {
            return Err(PackageError::ShortAnswer);
        }
        let algorithm = Algorithm::HmacSha256Aes256;
        let salt = Builder::from_random_bytes(random()?).into_uuid().hyphenated().to_string();
        let parameters = Parameters::new(algorithm, salt, USUAL_ITERATIONS, Some(algorithm.key_length()));
        let parameters = parameters.map_err(|error| PackageError::Unsealed(error.to_string()))?;
        let filler = Filler(random()?);
        let (answer, of) = (answer.clone(), parameters.clone());
        let key = elsewhere(move || Key::derive(answer.expose_secret(), &of)).await?;
        Ok(Seal { key: Arc::new(key), parameters, filler })
    }

    pub(super) fn algorithm(&self) -> Algorithm {
        self.parameters.algorithm()
    }

    /// Seals so many things in a row. What cannot be told apart again is refused: nobody looks into a
    /// package before it is picked up.
    pub(super) async fn things(
        &self,
        things: Zeroizing<String>,
        count: usize,
    ) -> Result<Vec<u8>, PackageError> {
        let (key, filler) = (Arc::clone(&self.key), self.filler);
        elsewhere(move || match split_things(things.as_bytes()) {
            Ok(found) if found.len() == count => Ok(key.seal(things.as_bytes(), &|out| filler.fill(out))),
            _ => Err(PackageError::NotThings),
        })
        .await?
    }

    /// Seals a chunk of a streamed blob. The same comes out as the same.
    pub(super) async fn chunk(&self, plain: Zeroizing<Vec<u8>>) -> Result<Bytes, PackageError> {
        let (key, filler) = (Arc::clone(&self.key), self.filler);
        elsewhere(move || key.seal_chunk(&plain, &|out| filler.fill(out)).into()).await
    }

    /// The data of the thing that is the package (connectivity.md 5.1).
    pub(super) fn data_xml(&self) -> String {
        let mut out = XmlWriter::new();
        out.open("password-protected-package").open("encrypt-algorithm");
        out.element("algorithm-name", self.algorithm().name());
        out.open("parameters")
            .element("salt", self.parameters.salt())
            .element("iteration-count", self.parameters.iterations())
            .element_if("key-length", self.parameters.key_length());
        out.close().close().close();
        out.finish()
    }
}

fn random<const N: usize>() -> Result<[u8; N], PackageError> {
    let mut bytes = [0; N];
    match aws_lc_rs::rand::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(_) => Err(PackageError::Unsealed("the system gives no randomness".to_owned())),
    }
}

async fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PackageError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| PackageError::Unsealed(error.to_string()))
}

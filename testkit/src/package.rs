//! Packages as a clinic makes them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keepwell_dopu::{Algorithm, Key, Parameters};
use keepwell_store::{Query, ReadFlight, Store};

use crate::World;

/// Things, encrypted under an answer. It takes as many iterations as a test has time for.
pub struct SealedPackage {
    /// How.
    pub parameters: Parameters,
    /// Their cipher text.
    pub cipher_text: Vec<u8>,
    key: Key,
}

fn filler(bytes: &mut [u8]) {
    bytes.fill(0x5a);
}

impl SealedPackage {
    /// Encrypts things, each a whole `thing` element.
    #[must_use]
    pub fn new(answer: &str, things: &[&str]) -> Self {
        Self::with(Algorithm::HmacSha256Aes256, answer, things.concat().as_bytes())
    }

    /// Encrypts any bytes.
    #[must_use]
    pub fn with(algorithm: Algorithm, answer: &str, plaintext: &[u8]) -> Self {
        let salt = "9f1c2b34-5d6e-4f70-8a91-b2c3d4e5f607";
        let parameters = Parameters::new(algorithm, salt, 10, None).expect("parameters");
        let key = Key::derive(answer, &parameters);
        let cipher_text = key.seal(plaintext, &filler);
        Self { parameters, cipher_text, key }
    }

    /// Encrypts a chunk of a streamed blob.
    #[must_use]
    pub fn chunk(&self, plaintext: &[u8]) -> Vec<u8> {
        self.key.seal_chunk(plaintext, &filler)
    }

    /// The thing that holds it, for version 2 of CreateConnectPackage.
    #[must_use]
    pub fn thing(&self) -> String {
        let text = BASE64_STANDARD.encode(&self.cipher_text);
        let length = self.cipher_text.len();
        format!(
            "<package>{}<blob-payload><blob><blob-info><name/><content-type>application/octet-stream</content-type>\
             </blob-info><content-length>{length}</content-length><base64data>{text}</base64data></blob></blob-payload>\
             </package>",
            self.head()
        )
    }

    /// The same for version 1.
    #[must_use]
    pub fn older_thing(&self) -> String {
        let text = BASE64_STANDARD.encode(&self.cipher_text);
        format!(
            "<package>{}<data-other content-type=\"text/plain\">{text}</data-other></package>",
            self.head()
        )
    }

    fn head(&self) -> String {
        let (name, salt) = (self.parameters.algorithm().name(), self.parameters.salt());
        let (iterations, length) = (self.parameters.iterations(), self.parameters.algorithm().key_length());
        format!(
            "<type-id>c9287326-bb43-4194-858c-8b60768f000f</type-id><data-xml><password-protected-package>\
             <encrypt-algorithm><algorithm-name>{name}</algorithm-name><parameters><salt>{salt}</salt>\
             <iteration-count>{iterations}</iteration-count><key-length>{length}</key-length></parameters>\
             </encrypt-algorithm></password-protected-package></data-xml>"
        )
    }
}

const PACKAGES: Query<(Vec<u8>,)> = Query::new("SELECT sealed FROM package");
const UPLOADS: Query<(Option<Vec<u8>>,)> =
    Query::new("SELECT small FROM blob_upload WHERE sealed = TRUE AND committed_at IS NOT NULL");

impl World {
    /// What of packages lies in tables and objects, as it lies there.
    pub async fn packages_at_rest(&self) -> Vec<Vec<u8>> {
        let settings = keepwell_store::Settings { beside: true, ..self.settings.clone() };
        let store = Store::open(&settings, keepwell_core::MIGRATIONS).await.expect("a store");
        let mut flight = ReadFlight::new();
        let (packages, uploads) = (flight.ask(&PACKAGES, Vec::new()), flight.ask(&UPLOADS, Vec::new()));
        let mut answers = store.read(flight).await.expect("read");
        let mut kept: Vec<_> =
            answers.all(packages).expect("rows").into_iter().map(|(bytes,)| bytes).collect();
        if kept.is_empty() {
            return kept;
        }
        kept.extend(answers.all(uploads).expect("rows").into_iter().filter_map(|(bytes,)| bytes));
        for key in self.objects.keys("").await.expect("keys") {
            kept.push(self.objects.get(&key, 0..1024).await.expect("bytes").to_vec());
        }
        kept
    }
}

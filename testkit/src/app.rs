use std::sync::{Arc, LazyLock};

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature;
use keepwell_core::applications::{Application, Certificate};

/// A registered application with the key of its certificate.
pub struct ActingApp {
    /// What is registered.
    pub app: Arc<Application>,
    /// What it signs with.
    pub key: SigningKey,
}

/// An RSA key with a certificate.
#[derive(Clone)]
pub struct SigningKey {
    pair: Arc<KeyPair>,
    certificate: Certificate,
}

/// Making a key takes most of a second in a debug build, so that all applications share a few.
static KEYS: LazyLock<Vec<SigningKey>> = LazyLock::new(|| (0..2).map(|_| make()).collect());

fn make() -> SigningKey {
    let pair = KeyPair::generate(KeySize::Rsa2048).expect("a key");
    let der = pair.as_der().expect("PKCS#8").as_ref().to_vec();
    let key = rcgen::KeyPair::try_from(der).expect("a key for the certificate");
    let mut params = rcgen::CertificateParams::new(Vec::new()).expect("parameters");
    params.not_before = rcgen::date_time_ymd(2020, 1, 1);
    params.not_after = rcgen::date_time_ymd(2040, 1, 1);
    let certificate = params.self_signed(&key).expect("a certificate");
    let certificate = Certificate::read(certificate.der()).expect("our own certificate");
    SigningKey { pair: Arc::new(pair), certificate }
}

impl SigningKey {
    pub(crate) fn new() -> Self {
        KEYS[0].clone()
    }

    /// A key that is not the first's.
    #[must_use]
    pub fn another() -> Self {
        KEYS[1].clone()
    }

    /// The certificate.
    #[must_use]
    pub fn certificate(&self) -> Certificate {
        self.certificate.clone()
    }

    /// The private key, PKCS#8 in PEM.
    #[must_use]
    pub fn pem(&self) -> String {
        let der = self.pair.as_der().expect("PKCS#8").as_ref().to_vec();
        rcgen::KeyPair::try_from(der).expect("a key").serialize_pem()
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256 (wire.md 3.3).
    #[must_use]
    pub fn sign(&self, content: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&signature::RSA_PKCS1_SHA256, &SystemRandom::new(), content, &mut signature)
            .expect("a signature");
        signature
    }
}

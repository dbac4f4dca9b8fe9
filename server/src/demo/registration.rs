//! The samples as applications: their keys are made at the first start, and they are registered by the same
//! kind of file as any other.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use keepwell_core::Domain;
use keepwell_core::applications::{self, Application, Certificate};
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize};

/// What a client of ours needs to act as the application.
pub struct Registered {
    pub key_pem: String,
    pub thumbprint: String,
}

/// Registers an application with a key in this folder, unless a former start did.
pub async fn register(domain: &Domain, app: &Application, folder: &Path) -> anyhow::Result<Registered> {
    let (key_pem, certificate) = key(folder)?;
    match applications::find(domain, app.id).await? {
        None => applications::add(domain, app, std::slice::from_ref(&certificate)).await?,
        Some(_) => {
            applications::replace(domain, app).await?;
            applications::rotate(domain, app.id, std::slice::from_ref(&certificate), false).await?;
        }
    }
    Ok(Registered { key_pem, thumbprint: certificate.thumbprint })
}

fn key(folder: &Path) -> anyhow::Result<(String, Certificate)> {
    let (key_file, certificate_file) = (folder.join("key.pem"), folder.join("certificate.pem"));
    if let (Ok(key), Ok(certificate)) = (fs::read_to_string(&key_file), fs::read(&certificate_file)) {
        return Ok((key, Certificate::read(&certificate)?));
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?;
    let certificate = CertificateParams::new(Vec::new())?.self_signed(&key)?;
    fs::write(&certificate_file, certificate.pem())?;
    fs::write(&key_file, key.serialize_pem())?;
    Ok((key.serialize_pem(), Certificate::read(certificate.der())?))
}

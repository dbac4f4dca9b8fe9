//! The samples as applications: their keys are made at the first start, and they are registered by the same
//! kind of file as any other.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use keepwell_core::Domain;
use keepwell_core::applications::{self, Application, Certificate};
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize};

use crate::config::Config;

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

/// The file with which commands act as an application (`--client`).
pub struct ClientFile<'a> {
    pub app: &'a Application,
    /// Where people ask, if it writes letters.
    pub phone: Option<&'a str>,
}

impl ClientFile<'_> {
    /// Writes it beside the application's key.
    pub fn write(&self, config: &Config, folder: &Path) -> anyhow::Result<PathBuf> {
        let client = folder.join("client.toml");
        let name = self.app.name.best("en");
        let phone = self.phone.map_or_else(String::new, |phone| format!("phone = {phone:?}\n"));
        let text = format!(
            "# What commands need to act as {name}.\n\
             platform = \"{}{}\"\napp-id = \"{}\"\nkey = \"key.pem\"\ncertificate = \"certificate.pem\"\n\
             shell = \"{}\"\nname = {name:?}\n{phone}",
            config.platform_origin,
            keepwell_platform::PATH,
            self.app.id,
            config.origin
        );
        fs::write(&client, text).with_context(|| format!("cannot write {}", client.display()))?;
        Ok(client)
    }
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

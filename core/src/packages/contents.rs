//! What is inside a package, for who has answered.

use keepwell_dopu::split_things;
use zeroize::Zeroizing;

use super::{Unlocked, sealed};
use crate::connections::PickupError;
use crate::ids::AppId;
use crate::{Domain, Outage};

/// An open package.
pub struct Contents {
    /// Who left it.
    pub app: AppId,
    plaintext: Zeroizing<Vec<u8>>,
}

impl Contents {
    /// Its things, each as its sender wrote it.
    ///
    /// # Errors
    /// `PickupError::Damaged` when they are no things in well-formed XML (status 120), or none.
    pub fn things(&self) -> Result<Vec<&str>, PickupError> {
        let things = split_things(&self.plaintext).ok().filter(|things| !things.is_empty());
        things.ok_or(PickupError::Damaged(self.app))
    }
}

/// Opens a package, which stays where it is.
///
/// # Errors
/// `PickupError` when it is not to be had any more.
pub async fn contents(domain: &Domain, unlocked: &Unlocked) -> Result<Contents, PickupError> {
    let (app, package) = sealed::waiting(domain, unlocked.person, unlocked.id).await?;
    let unlocked = unlocked.clone();
    let open = move || unlocked.key(&package.parameters)?.open(&package.cipher_text).ok();
    let opened = tokio::task::spawn_blocking(open).await;
    let opened = opened.map_err(|error| Outage::Unavailable(format!("opening a package: {error}")))?;
    // It opened with this key before.
    opened.map(|plaintext| Contents { app, plaintext }).ok_or(PickupError::Damaged(app))
}

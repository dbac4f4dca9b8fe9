//! Argon2id on threads of its own, at most one a core: a wave of sign-ins must not starve reads.

use std::sync::{Arc, LazyLock};

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

/// Hashes and checks passwords; cheap to clone.
#[derive(Clone)]
pub struct Hasher {
    slots: Arc<Semaphore>,
}

/// What an unknown login name's password is checked against.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("a password that nobody has", &[7; 16]));

fn hash(password: &str, salt: &[u8; 16]) -> String {
    // Salt and parameters are fixed and valid; an error here would be one of ours.
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)
        .map(|h| h.to_string())
        .unwrap_or_default()
}

impl Hasher {
    pub(crate) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { slots: Arc::new(Semaphore::new(cores)) }
    }

    async fn on_a_thread<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _slot = self.slots.acquire().await.ok()?;
        tokio::task::spawn_blocking(work).await.ok()
    }

    /// The hash of a password, as a PHC string.
    pub(crate) async fn hash(&self, password: &str, salt: [u8; 16]) -> Option<String> {
        let password = password.to_owned();
        self.on_a_thread(move || hash(&password, &salt)).await.filter(|h| !h.is_empty())
    }

    pub(crate) async fn verify(&self, password: &str, hash: String) -> bool {
        let password = password.to_owned();
        self.on_a_thread(move || {
            argon2::PasswordHash::new(&hash)
                .is_ok_and(|h| Argon2::default().verify_password(password.as_bytes(), &h).is_ok())
        })
        .await
        .unwrap_or(false)
    }

    /// Takes as long as checking a password would.
    pub(crate) async fn waste(&self, password: &str) {
        self.verify(password, NOBODY.clone()).await;
    }
}

//! Argon2id on threads of its own, one a core: a wave of sign-ins must not starve reads. They are always the
//! same ones, for each keeps the memory that a hash takes.

use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError, mpsc};
use std::thread;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

/// The memory that a thread hashes in: some 19 MiB, kept, since allocators do not give back what comes and goes
/// in such pieces.
type Memory = Vec<Block>;
type Job = Box<dyn FnOnce(&mut Memory) + Send>;

/// Hashes and checks passwords; cheap to clone.
#[derive(Clone)]
pub struct Hasher {
    /// The way to the threads, which begin with the first hash and end with the last clone.
    jobs: Arc<OnceLock<mpsc::Sender<Job>>>,
}

/// What an unknown login name's password is checked against.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash("a password that nobody has", &[7; 16], &mut Memory::new()).unwrap_or_default());

/// The hash as a PHC string. Salt and parameters are fixed and valid; none would be an error of ours.
fn hash(password: &str, salt: &[u8; 16], memory: &mut Memory) -> Option<String> {
    let argon = Argon2::default();
    let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
    fill(&argon, password, salt, &mut out, memory)?;
    let whole = PasswordHash {
        algorithm: Algorithm::default().ident(),
        version: Some(Version::default().into()),
        params: ParamsString::try_from(argon.params()).ok()?,
        salt: Some(Salt::new(salt).ok()?),
        hash: Some(Output::new(&out).ok()?),
    };
    Some(whole.to_string())
}

/// Whether a PHC string is of this password, with whatever parameters it was made.
fn fits(password: &str, hash: &str, memory: &mut Memory) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let (salt, expected) = (hash.salt.as_ref()?, hash.hash.as_ref()?);
    let version = hash.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let argon = Argon2::new(algorithm, version, Params::try_from(&hash).ok()?);
    let mut out = vec![0; expected.as_bytes().len()];
    fill(&argon, password, salt.as_ref(), &mut out, memory)?;
    Some(aws_lc_rs::constant_time::verify_slices_are_equal(&out, expected.as_bytes()).is_ok())
}

fn fill(argon: &Argon2<'_>, password: &str, salt: &[u8], out: &mut [u8], memory: &mut Memory) -> Option<()> {
    memory.resize(argon.params().block_count(), Block::default());
    argon.hash_password_into_with_memory(password.as_bytes(), salt, out, memory).ok()
}

/// Starts the threads; where none can be, nothing is taken.
fn start() -> mpsc::Sender<Job> {
    let (jobs, next) = mpsc::channel::<Job>();
    let next = Arc::new(Mutex::new(next));
    for _ in 0..thread::available_parallelism().map_or(1, std::num::NonZero::get) {
        let next = Arc::clone(&next);
        let take = move || next.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let run = move || {
            let mut memory = Memory::new();
            while let Ok(job) = take() {
                job(&mut memory);
            }
        };
        if let Err(error) = thread::Builder::new().name("argon2".to_owned()).spawn(run) {
            tracing::error!(%error, "a thread for hashing cannot be started");
        }
    }
    jobs
}

impl Hasher {
    pub(crate) fn new() -> Self {
        Self { jobs: Arc::default() }
    }

    async fn on_a_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> Option<T> + Send + 'static,
    ) -> Option<T> {
        let (done, wait) = oneshot::channel();
        // Nobody waits any more when the request is gone.
        let job: Job = Box::new(move |memory| drop(done.send(work(memory))));
        self.jobs.get_or_init(start).send(job).ok()?;
        wait.await.ok().flatten()
    }

    /// The hash of a password, as a PHC string.
    pub(crate) async fn hash(&self, password: &str, salt: [u8; 16]) -> Option<String> {
        let password = Zeroizing::new(password.to_owned());
        self.on_a_thread(move |memory| hash(&password, &salt, memory)).await
    }

    pub(crate) async fn verify(&self, password: &str, hash: String) -> bool {
        let password = Zeroizing::new(password.to_owned());
        self.on_a_thread(move |memory| fits(&password, &hash, memory)).await.unwrap_or(false)
    }

    /// Takes as long as checking a password would.
    pub(crate) async fn waste(&self, password: &str) {
        self.verify(password, NOBODY.clone()).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_fits_its_password_only_and_is_one_that_others_can_read() {
        let mut memory = Memory::new();
        let made = hash("quiet garden", &[1; 16], &mut memory).unwrap();
        assert!(made.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{made}");
        assert_eq!(fits("quiet garden", &made, &mut memory), Some(true));
        assert_eq!(fits("quiet gardens", &made, &mut memory), Some(false));
        // One made by the reference implementation, with other parameters.
        let other = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        assert_eq!(fits("password", other, &mut memory), Some(true));
        assert_eq!(fits("passwort", other, &mut memory), Some(false));
        for wrong in ["", "$argon2id$", "plain", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ"] {
            assert_eq!(fits("password", wrong, &mut memory), None, "{wrong}");
        }
    }
}

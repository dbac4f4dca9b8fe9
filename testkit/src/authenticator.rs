use keepwell_core::env::SECOND;
use totp_rs::{Builder, Secret};

use crate::World;

impl World {
    /// The code that a person's app shows now, if it was set up with this secret.
    #[must_use]
    pub fn app_code(&self, secret: &str) -> String {
        let secret: String = secret.chars().filter(|c| !c.is_whitespace()).collect();
        let secret = Secret::try_from_base32(&secret).expect("letters and digits");
        let app = Builder::new().with_secret(secret).build().expect("an app");
        let second = u64::try_from(self.domain.env.now() / SECOND).expect("after 1970");
        app.generate(second).to_string()
    }
}

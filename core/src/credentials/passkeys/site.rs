//! What a passkey belongs to: this server, by the host and the origin at which browsers reach it.

use std::time::Duration;

use webauthn_rs::prelude::Url;
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::LIFE;
use crate::env::SECOND;

/// This server, as a passkey knows it. A passkey is of use at the same host only.
#[derive(Clone, Debug)]
pub struct Site {
    pub(super) webauthn: Webauthn,
}

impl Site {
    /// The server at this origin (`https://records.example.org`), with the name that it goes by. `None` where
    /// browsers know no passkeys: at an address that is a number.
    #[must_use]
    pub fn at(origin: &str, name: &str) -> Option<Self> {
        let origin = Url::parse(origin).ok()?;
        let host = origin.domain()?;
        let life = Duration::from_secs(u64::try_from(LIFE / SECOND).ok()?);
        let webauthn = WebauthnBuilder::new(host, &origin).ok()?.rp_name(name).timeout(life).build().ok()?;
        Some(Self { webauthn })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_has_passkeys_where_it_has_a_name() {
        for origin in ["https://records.example.org", "http://localhost:8470", "https://a.example:8443"] {
            assert!(Site::at(origin, "Keepwell").is_some(), "{origin}");
        }
        for origin in ["http://127.0.0.1:8470", "https://[::1]", "records.example.org", ""] {
            assert!(Site::at(origin, "Keepwell").is_none(), "{origin}");
        }
    }
}

//! Who brings passkeys that let nobody in waits, by network. A try counts before anybody looks at it, and a
//! right one is given back, so that a hundred at once are as many as one after the other.

use std::net::IpAddr;

use keepwell_store::{Refusal, WriteFlight, params};

use super::store::{CLAIM, GIVE_BACK};
use crate::credentials::{PAUSE, SignInError};
use crate::env::SECOND;
use crate::keys::Purpose;
use crate::network::network;
use crate::{Domain, Outage};

/// Sign-ins that fail before a pause. A passkey cannot be guessed, and many people may be behind an address.
pub const FREE: i64 = 50;

/// A try that was counted.
pub(super) struct Try([u8; 32]);

/// Counts a try from this address.
pub(super) async fn claim(domain: &Domain, address: Option<IpAddr>) -> Result<Try, SignInError> {
    let who = domain.keys.mac(Purpose::Passkey, &[b"try", &network(address)]);
    let now = domain.env.now();
    let mut flight = WriteFlight::<SignInError>::new();
    let slot = flight.ask(&CLAIM, params![&who, now, now - PAUSE, FREE]).slot();
    let (tries,) = domain.store.write(flight).await.map_err(Refusal::reason)?.one(slot)?;
    if tries > FREE { Err(SignInError::Paused { seconds: PAUSE / SECOND }) } else { Ok(Try(who)) }
}

impl Try {
    /// It was right: it does not count.
    pub(super) async fn give_back(self, domain: &Domain) -> Result<(), Outage> {
        let mut flight = WriteFlight::<Outage>::new();
        flight.run(GIVE_BACK, params![&self.0]);
        domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
    }
}

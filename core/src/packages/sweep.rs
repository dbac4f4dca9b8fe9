//! What nobody picked up in time goes; its code stays for a while, to say so.

use keepwell_store::{WriteFlight, params};

use super::store::SWEEP;

/// Forgets packages whose time is over, in a flight. Their blobs end by themselves at the same time.
pub(crate) fn sweep<E>(flight: &mut WriteFlight<E>, now: i64) {
    flight.run(SWEEP, params![now]);
}

//! From where somebody calls.

use std::net::IpAddr;

/// The network of an address, for counting and comparing: with IPv6 whoever has one changes the rest as they like.
/// Those without an address are one place.
pub(crate) fn network(address: Option<IpAddr>) -> Vec<u8> {
    match address.map(|address| address.to_canonical()) {
        None => Vec::new(),
        Some(IpAddr::V4(v4)) => v4.octets().to_vec(),
        Some(IpAddr::V6(v6)) => v6.octets()[..8].to_vec(),
    }
}

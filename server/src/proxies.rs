//! The address of the client, also behind a proxy that we trust.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;
use keepwell_platform::ClientAddress;

/// Who the client is: the peer, or what the last proxies that we trust say in X-Forwarded-For. What
/// stands left of the first address that is no trusted proxy may be made up.
pub fn client(peer: SocketAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> ClientAddress {
    let mut client = peer.ip();
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for entry in forwarded.iter().rev() {
        if !trusted.contains(&client) {
            break;
        }
        match entry.trim().parse() {
            Ok(address) => client = address,
            Err(_) => break,
        }
    }
    ClientAddress(client)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().expect("a value"));
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|t| t.parse().expect("an address")).collect();
        client(format!("{peer}:1").parse().expect("an address"), &headers, &trusted).0.to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(seen("9.9.9.9", &["1.1.1.1"], &[]), "9.9.9.9");
        assert_eq!(seen("127.0.0.1", &["1.1.1.1"], &["127.0.0.1"]), "1.1.1.1");
        assert_eq!(seen("127.0.0.1", &["6.6.6.6, 1.1.1.1"], &["127.0.0.1"]), "1.1.1.1");
        assert_eq!(seen("127.0.0.1", &["1.1.1.1", "10.0.0.1"], &["127.0.0.1", "10.0.0.1"]), "1.1.1.1");
        assert_eq!(seen("127.0.0.1", &["rubbish"], &["127.0.0.1"]), "127.0.0.1");
    }
}

//! The address a request comes from.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{Extensions, HeaderMap, request::Parts},
};

use crate::AppState;

/// The visitor's address, for limits and the journal: the peer of the connection, or what our own proxies say of it.
/// A visitor cannot choose it: `X-Forwarded-For` is read from the right, and only as far as trusted proxies wrote it (OWASP ASVS 4.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// The address, given the proxies that are believed.
    pub fn of(extensions: &Extensions, headers: &HeaderMap, trusted: &[IpAddr]) -> Self {
        // Without a connection (a test), the visitor is this machine.
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip()).to_canonical();
        let mut address = peer;
        for hop in headers.get_all("x-forwarded-for").iter().rev().flat_map(|value| value.to_str().unwrap_or("?").rsplit(',')) {
            if !trusted.iter().any(|proxy| proxy.to_canonical() == address) {
                break;
            }
            match parse(hop.trim()) {
                Some(before) => address = before,
                // The proxy wrote something else than an address: it is the last hop known.
                None => break,
            }
        }
        Self(address)
    }
}

/// An address as proxies write it, with or without a port.
fn parse(hop: &str) -> Option<IpAddr> {
    let bare = || hop.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
    hop.parse::<SocketAddr>().map(|socket| socket.ip()).ok().or_else(bare).map(|address| address.to_canonical())
}

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions, &parts.headers, &state.config.trusted_proxies))
    }
}

impl std::fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn address(peer: &str, forwarded: &[&'static str], trusted: &[&str]) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().expect("an address"), 4000)));
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_static(value));
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|proxy| proxy.parse().expect("an address")).collect();
        ClientAddress::of(&extensions, &headers, &trusted).to_string()
    }

    #[test]
    fn a_direct_visitor_cannot_choose_an_address() {
        assert_eq!(address("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
        assert_eq!(address("203.0.113.9", &["198.51.100.1"], &["10.0.0.1"]), "203.0.113.9");
    }

    #[test]
    fn the_rightmost_hop_that_is_not_ours_is_the_visitor() {
        let trusted = ["10.0.0.1", "10.0.0.2"];
        for (forwarded, expected) in [
            (vec!["198.51.100.1"], "198.51.100.1"),
            // What the visitor wrote stands on the left and is not believed.
            (vec!["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
            (vec!["1.1.1.1", "198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            (vec!["198.51.100.1:5555"], "198.51.100.1"),
            (vec!["[2001:db8::1]:5555"], "2001:db8::1"),
            (vec!["2001:db8::1"], "2001:db8::1"),
            (vec!["::ffff:198.51.100.1"], "198.51.100.1"),
            (vec!["1.1.1.1, unknown"], "10.0.0.1"),
            (vec!["10.0.0.2"], "10.0.0.2"),
            (vec![], "10.0.0.1"),
        ] {
            assert_eq!(address("10.0.0.1", &forwarded, &trusted), expected, "{forwarded:?}");
        }
        assert_eq!(address("::ffff:10.0.0.1", &["198.51.100.1"], &trusted), "198.51.100.1");
    }

    #[test]
    fn without_a_connection_the_visitor_is_this_machine() {
        assert_eq!(ClientAddress::of(&Extensions::new(), &HeaderMap::new(), &[]).to_string(), "127.0.0.1");
    }
}

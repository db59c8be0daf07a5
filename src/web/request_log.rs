//! One line per request, and the reference by which a visitor and the log speak of the same one.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue, Method, StatusCode},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Crockford's base 32: neither I, L, O nor U, so that nothing is misread over the telephone.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The reference of one request: « 7K4M-Q2XD ».
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Reference([u8; 9]);

impl Reference {
    /// A reference drawn at random: one in a million million.
    pub fn fresh() -> Self {
        Self::from_bits(rand::random())
    }

    fn from_bits(mut bits: u64) -> Self {
        let mut text = [b'-'; 9];
        for letter in text.iter_mut().enumerate().filter_map(|(at, letter)| (at != 4).then_some(letter)) {
            *letter = LETTERS[usize::from(bits.to_le_bytes()[0] & 31)];
            bits >>= 5;
        }
        Self(text)
    }

    /// As people read it.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Debug for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Gives each request its reference and writes its line: method, route with its `{parameters}` unfilled, status, milliseconds. Never the
/// path or the query: they hold numbers of people's files and seals of links.
pub async fn record(mut request: Request, next: Next) -> Response {
    let reference = Reference::fresh();
    request.extensions_mut().insert(reference);
    let span = tracing::info_span!("request", id = %reference);
    async move {
        let mut line = Line::start(&request);
        let mut response = next.run(request).await;
        line.status = Some(response.status());
        if let Ok(value) = HeaderValue::from_str(reference.as_str()) {
            response.headers_mut().insert(HEADER, value);
        }
        response
    }
    .instrument(span)
    .await
}

/// The line of a request, written when it ends, even if the visitor leaves before the answer.
struct Line {
    method: Method,
    route: Option<MatchedPath>,
    started: Instant,
    status: Option<StatusCode>,
}

/// What other servers' logs write for a visitor who left.
const LEFT: u16 = 499;

impl Line {
    fn start(request: &Request) -> Self {
        Self {
            method: request.method().clone(),
            route: request.extensions().get::<MatchedPath>().cloned(),
            started: Instant::now(),
            status: None,
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let route = self.route.as_ref().map_or("-", MatchedPath::as_str);
        let status = self.status.map_or(LEFT, |status| status.as_u16());
        let ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let method = self.method.as_str();
        if route.starts_with("/static/") || route.starts_with("/health/") {
            tracing::debug!(method, route, status, ms, "request");
        } else {
            tracing::info!(method, route, status, ms, "request");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_reference_is_short_enough_to_be_read_aloud() {
        assert_eq!(Reference::from_bits(0).as_str(), "0000-0000");
        assert_eq!(Reference::from_bits(u64::MAX).to_string(), "ZZZZ-ZZZZ");
        assert_eq!(Reference::from_bits(0b00001_00000).as_str(), "0100-0000");
        for letter in Reference::fresh().as_str().replace('-', "").bytes() {
            assert!(LETTERS.contains(&letter));
        }
    }

    #[test]
    fn references_differ() {
        let drawn: HashSet<String> = (0..1000).map(|_| Reference::fresh().to_string()).collect();
        assert_eq!(drawn.len(), 1000);
    }
}

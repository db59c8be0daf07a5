//! Headers of every answer, and requests refused before any page sees them.

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use time::{Duration, format_description::well_known::Rfc3339};
use tower_http::csrf::{CsrfLayer, ProtectionError};
use url::Url;

use crate::{AppState, config::Config};

/// Bytes a form may hold.
pub const MOST_BYTES: usize = 256 * 1024;

/// Nothing from elsewhere, nothing inline; `data:` pictures are the masks of the style sheet's icons.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
    object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), \
    gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()";

/// What every answer carries, pages and files, errors and redirections alike.
const HEADERS: [(HeaderName, HeaderValue); 7] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS)),
    // What may be kept says so itself; everything else may hold somebody's file.
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// One year, and every name below ours.
const ONLY_HTTPS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// Adds the headers to the answer, except those a page set for itself.
pub async fn headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let answer = response.headers_mut();
    for (name, value) in HEADERS {
        answer.entry(name).or_insert(value);
    }
    if state.config.is_production() {
        answer.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(ONLY_HTTPS);
    }
    response
}

/// Refuses what another site sends in a visitor's name (`Sec-Fetch-Site`, else `Origin` against `Host`): no token in forms is needed.
///
/// # Panics
/// Never.
pub fn csrf(config: &Config) -> CsrfLayer<fn(ProtectionError) -> Response> {
    let ours = Url::parse(&config.public_url).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
    // An address that is no origin is refused when the settings are read; here it only means that no origin is trusted by name.
    let layer = CsrfLayer::new();
    let layer = layer.clone().add_trusted_origin(ours).unwrap_or(layer);
    layer.with_rejection_response(refuse as fn(ProtectionError) -> Response)
}

#[expect(clippy::needless_pass_by_value, reason = "the signature tower-http asks for")]
fn refuse(error: ProtectionError) -> Response {
    tracing::warn!(kind = ?error.kind(), "cross-site request refused");
    StatusCode::FORBIDDEN.into_response()
}

/// Refuses methods no page has, TRACE among them.
pub async fn known_methods(request: Request, next: Next) -> Response {
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
    if known.contains(request.method()) {
        next.run(request).await
    } else {
        (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD, POST")]).into_response()
    }
}

/// Where to tell of a vulnerability (RFC 9116).
pub fn router() -> Router<AppState> {
    Router::new().route("/.well-known/security.txt", get(security_txt))
}

async fn security_txt(State(state): State<AppState>) -> Response {
    let config = &state.config;
    let end = (state.clock.now() + Duration::days(180)).replace_time(time::Time::MIDNIGHT);
    let text = format!(
        "Contact: mailto:{}\nExpires: {}\nPreferred-Languages: fr, en\nCanonical: {}/.well-known/security.txt\n",
        config.desk.desk_email,
        end.format(&Rfc3339).unwrap_or_default(),
        config.public_url
    );
    ([(header::CACHE_CONTROL, "public, max-age=86400")], text).into_response()
}

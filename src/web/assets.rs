//! Style sheets, scripts and pictures: embedded in the program, below one directory named by the hash of all of them, so that a browser
//! keeps each for ever and never shows a page with yesterday's style. Served without session or database.

use std::{
    collections::BTreeMap,
    io::Write,
    sync::{LazyLock, OnceLock},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{problem::Problem, secret::sha256};

// `FILES`: the name and content of every file of `static/`, written by build.rs.
include!(concat!(env!("OUT_DIR"), "/assets.rs"));

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FOR_A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// The directory of this build: 12 hexadecimal characters.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut all = Vec::new();
    for (name, content) in FILES {
        all.extend_from_slice(name.as_bytes());
        all.push(0);
        all.extend_from_slice(&sha256(content));
    }
    hex::encode(&sha256(&all)[..6])
});

static ASSETS: LazyLock<BTreeMap<&'static str, Asset>> =
    LazyLock::new(|| FILES.iter().map(|(name, content)| (*name, Asset::new(name, content))).collect());

static COMPRESSED: OnceLock<BTreeMap<&'static str, Compressed>> = OnceLock::new();

struct Asset {
    content: &'static [u8],
    kind: &'static str,
    hash: String,
}

/// The smaller forms of a text; absent where they would not be smaller.
struct Compressed {
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Asset {
    fn new(name: &str, content: &'static [u8]) -> Self {
        Self { content, kind: kind_of(name), hash: hex::encode(&sha256(content)[..8]) }
    }

    fn is_text(&self) -> bool {
        self.kind.starts_with("text/") || self.kind.contains("charset") || self.kind.contains("svg") || self.kind.contains("json")
    }
}

/// The address of a file of `static/`, which changes when any of them does.
pub fn url(name: &str) -> String {
    format!("/static/{}/{name}", *VERSION)
}

/// Every file that can be asked for.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// Makes the compressed forms, once; too long for a thread that answers. Until it is done, files go out whole.
pub fn prepare() {
    COMPRESSED.get_or_init(|| {
        ASSETS
            .iter()
            .filter(|(_, asset)| asset.is_text())
            .map(|(name, asset)| (*name, Compressed { brotli: brotli(asset.content), gzip: gzip(asset.content) }))
            .collect()
    });
}

/// The routes of the assets and of the few files browsers ask for by themselves.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/static/{version}/{*name}", get(serve)).route("/favicon.ico", get(favicon)).route("/robots.txt", get(robots))
}

async fn serve(Path((version, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some((name, asset)) = ASSETS.get_key_value(name.as_str()) else { return Problem::NotFound.into_response() };
    if version != *VERSION {
        // A page of another build, still open while this one started: it gets today's file, and keeps it for no longer than that.
        return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, url(name))]).into_response();
    }
    let (encoding, content) = choose(name, asset, &headers);
    let tag = format!("\"{}{}\"", asset.hash, encoding.map(|encoding| format!("-{encoding}")).unwrap_or_default());
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|known| known.trim().trim_start_matches("W/") == tag || known.trim() == "*"));
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(content).into_response() };
    let answer = response.headers_mut();
    answer.insert(header::CACHE_CONTROL, FOR_EVER);
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.insert(header::ETAG, tag);
    }
    if !known {
        answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
        if let Some(encoding) = encoding {
            answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
    }
    response
}

fn choose(name: &str, asset: &Asset, headers: &HeaderMap) -> (Option<&'static str>, Bytes) {
    let compressed = COMPRESSED.get().and_then(|all| all.get(name));
    let forms = compressed.map(|forms| [("br", &forms.brotli), ("gzip", &forms.gzip)]);
    forms
        .into_iter()
        .flatten()
        .find_map(|(encoding, form)| form.as_ref().filter(|_| accepts(headers, encoding)).map(|form| (Some(encoding), form.clone())))
        .unwrap_or((None, Bytes::from_static(asset.content)))
}

/// Whether the browser reads that encoding (RFC 9110 §12.5.3): named, or « * », and not with a weight of zero.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let mut any = false;
    for value in headers.get_all(header::ACCEPT_ENCODING) {
        for part in value.to_str().unwrap_or_default().split(',') {
            let mut pieces = part.split(';').map(str::trim);
            let name = pieces.next().unwrap_or_default();
            let weighs = pieces.filter_map(|piece| piece.strip_prefix("q=")).all(|q| q.parse::<f32>().is_ok_and(|q| q > 0.0));
            if name.eq_ignore_ascii_case(encoding) {
                return weighs;
            }
            any |= name == "*" && weighs;
        }
    }
    any
}

async fn favicon() -> Response {
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, url("icon.svg"))], [(header::CACHE_CONTROL, FOR_A_DAY)]).into_response()
}

async fn robots() -> Response {
    const RULES: &str = "User-agent: *\nDisallow: /compte\nDisallow: /connexion\nDisallow: /demandes\nDisallow: /lien/\n";
    ([(header::CACHE_CONTROL, FOR_A_DAY)], RULES).into_response()
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

fn brotli(content: &[u8]) -> Option<Bytes> {
    let mut smaller = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, size_hint: content.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &content[..], &mut smaller, &parameters).ok()?;
    (smaller.len() < content.len()).then(|| smaller.into())
}

fn gzip(content: &[u8]) -> Option<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).ok()?;
    let smaller = encoder.finish().ok()?;
    (smaller.len() < content.len()).then(|| smaller.into())
}

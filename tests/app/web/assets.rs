//! Style sheets, scripts and pictures as browsers receive them.

use std::{fs, path::Path};

use axum::http::{HeaderValue, StatusCode, header};
use habilitation::web::assets;

use super::{header_of, request, visitor};
use crate::support::TestSite;

#[tokio::test]
async fn assets_are_kept_for_ever_and_sent_in_the_smallest_form() {
    tokio::task::spawn_blocking(assets::prepare).await.unwrap();
    let site = TestSite::new().await;
    // No asset needs the database.
    site.state.db.close().await;
    let mut visitor = site.visitor();
    let ask = |method: &str, accepted: &'static str, tag: &str| {
        let mut sent = request(method, &assets::url("style.css"));
        sent.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted));
        sent.headers_mut().insert(header::IF_NONE_MATCH, HeaderValue::from_str(tag).unwrap());
        sent
    };
    let whole = visitor.send(ask("GET", "identity", "")).await;
    let mut tags = vec![header_of(&whole, "etag").to_owned()];
    for (accepted, encoding) in [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("*", "br"),
        ("br;q=0, gzip; q=0", ""),
        ("identity", ""),
        ("deflate", ""),
    ] {
        let answer = visitor.send(ask("GET", accepted, "")).await;
        assert_eq!((answer.status, header_of(&answer, "content-encoding")), (StatusCode::OK, encoding), "{accepted}");
        assert_eq!(header_of(&answer, "cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(header_of(&answer, "content-type"), "text/css; charset=utf-8");
        assert!(header_of(&answer, "vary").contains("accept-encoding"));
        let tag = header_of(&answer, "etag").to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"'), "a strong tag: {tag}");
        assert_eq!(visitor.send(ask("GET", accepted, &tag)).await.status, StatusCode::NOT_MODIFIED);
        let head = visitor.send(ask("HEAD", accepted, "")).await;
        assert_eq!((head.status, head.html.as_str(), header_of(&head, "etag")), (StatusCode::OK, "", tag.as_str()));
        if encoding.is_empty() {
            assert_eq!(tag, tags[0]);
            assert_eq!(answer.html, whole.html);
        } else {
            tags.push(tag);
        }
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 3, "each form has a tag of its own");
}

#[tokio::test]
async fn an_asset_of_another_build_leads_to_todays() {
    let mut visitor = TestSite::new().await.visitor();
    let answer = visitor.get("/static/0123456789ab/style.css").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::TEMPORARY_REDIRECT, assets::url("style.css").as_str()));
    assert_eq!(header_of(&answer, "cache-control"), "no-store");
    for path in
        ["/static/", "/static/style.css", "/static/x/../Cargo.toml", "/static/0123456789ab/%2e%2e/Cargo.toml", "/static/x//etc/passwd"]
    {
        assert_eq!(visitor.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let icon = visitor.get("/favicon.ico").await;
    assert_eq!(icon.location(), assets::url("icon.svg"));
    let location = icon.location().to_owned();
    assert_eq!(header_of(&visitor.get(&location).await, "content-type"), "image/svg+xml");
}

#[tokio::test]
async fn pages_are_compressed_as_they_leave() {
    let mut visitor = visitor().await;
    let mut sent = request("GET", "/nulle-part");
    sent.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, br"));
    let answer = visitor.send(sent).await;
    assert_eq!((answer.status, header_of(&answer, "content-encoding")), (StatusCode::NOT_FOUND, "br"));
    assert!(header_of(&answer, "vary").contains("accept-encoding"));
}

#[test]
fn every_asset_a_template_names_exists() {
    let mut named = Vec::new();
    read_names(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")), &mut named);
    assert!(named.contains(&"style.css".to_owned()), "the templates were read: {named:?}");
    let known: Vec<&str> = assets::names().collect();
    let missing: Vec<&String> = named.iter().filter(|name| !known.contains(&name.as_str())).collect();
    assert!(missing.is_empty(), "not in static/: {missing:?}");
}

/// The names below `assets::url("…")` in every template.
fn read_names(directory: &Path, named: &mut Vec<String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_names(&path, named);
        } else {
            let template = fs::read_to_string(&path).unwrap();
            named.extend(template.split("assets::url(\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
}

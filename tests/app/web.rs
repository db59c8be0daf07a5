//! What surrounds every page: headers, refusals, problem pages, assets, health.

mod assets;
mod problems;
mod watch;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    body::Body,
    http::{HeaderValue, Request, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use habilitation::{
    AppState,
    fields::{Field, Fields},
    ids::AccountId,
    problem::Problem,
    site::surround,
    web::{
        Audience::{Anyone, SignedIn},
        Routes, SessionExpired,
        assets::url,
    },
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::{Answer, TestSite, Visitor};

const NAME: Field = Field { name: "nom", label: "Nom" };

/// Pages that answer in every way a page can; `done` counts the acts that were carried out.
fn pages(done: &Arc<AtomicUsize>) -> Routes<AppState> {
    let done = done.clone();
    let act = async move |mut form: Fields| -> Result<Redirect, Response> {
        if form.line(NAME, 20).is_none() {
            return Err(StatusCode::UNPROCESSABLE_ENTITY.into_response());
        }
        done.fetch_add(1, Ordering::SeqCst);
        Ok(Redirect::to("/essai"))
    };
    Routes::new()
        .get(Anyone, "/essai", async || "une page")
        .post(Anyone, "/essai", act)
        .get(Anyone, "/essai/depart", async || Redirect::to("/essai"))
        .get(Anyone, "/essai/panique", panic_page)
        .get(Anyone, "/essai/panne", async || Problem::Internal(anyhow::anyhow!("mot de passe canari")))
        .post(Anyone, "/essai/panne", async || Problem::Internal(anyhow::anyhow!("mot de passe canari")))
        .get(Anyone, "/essai/occupe", async || Problem::Busy("canari".into()))
        .get(Anyone, "/essai/trop", async || Problem::TooManyTries { retry_after: 42 })
        .get(Anyone, "/essai/conflit", async || Problem::not_possible_but("Camille a déjà décidé.", "Voir la décision", "/instruction/12"))
        .get(Anyone, "/essai/expiree", async || with_mark(Problem::SignedOut, SessionExpired { account: AccountId(1) }))
        .get(SignedIn, "/essai/prive", async || "à moi")
        .post(SignedIn, "/essai/prive", async || "à moi")
        .get(Anyone, "/api/v1/demandes", async || Problem::SignedOut)
}

async fn panic_page() -> &'static str {
    panic!("canari : une panique voulue par un test");
}

fn with_mark<M: Clone + Send + Sync + 'static>(problem: Problem, mark: M) -> Response {
    let mut response = problem.into_response();
    response.extensions_mut().insert(mark);
    response
}

async fn visitor() -> Visitor {
    TestSite::new().await.visitor_before(pages(&Arc::default()))
}

fn request(method: &str, path: &str) -> Request<Body> {
    Request::builder().method(method).uri(path).body(Body::empty()).unwrap()
}

fn header_of<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

/// An answer of every kind, with the status it must have.
async fn every_kind_of_answer(visitor: &mut Visitor) -> Vec<(StatusCode, Answer)> {
    let mut answers = Vec::new();
    for (status, method, path) in [
        (200, "GET", "/essai"),
        (200, "HEAD", "/essai"),
        (303, "GET", "/essai/depart"),
        (303, "GET", "/essai/prive"),
        (403, "POST", "/essai"),
        (404, "GET", "/nulle-part"),
        (404, "GET", "/static/000000000000/rien.css"),
        (405, "DELETE", "/essai"),
        (405, "TRACE", "/essai"),
        (405, "BREW", "/essai"),
        (409, "GET", "/essai/conflit"),
        (429, "GET", "/essai/trop"),
        (500, "GET", "/essai/panne"),
        (500, "GET", "/essai/panique"),
        (503, "GET", "/essai/occupe"),
        (401, "GET", "/api/v1/demandes"),
        (200, "GET", &url("style.css")),
        (307, "GET", "/favicon.ico"),
        (200, "GET", "/robots.txt"),
        (200, "GET", "/.well-known/security.txt"),
        (200, "GET", "/health/live"),
        (200, "GET", "/health/ready"),
    ] {
        let mut sent = request(method, path);
        if status == 403 {
            sent.headers_mut().insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
        }
        answers.push((StatusCode::from_u16(status).unwrap(), visitor.send(sent).await));
    }
    answers.push((StatusCode::PAYLOAD_TOO_LARGE, visitor.post("/essai", &[("nom", &"a".repeat(1_000_000))]).await));
    answers
}

#[tokio::test]
async fn every_answer_carries_the_same_protections() {
    for (status, answer) in every_kind_of_answer(&mut visitor().await).await {
        assert_eq!(answer.status, status, "{answer:?}");
        let policy = header_of(&answer, "content-security-policy");
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        for rule in ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(rule), "{status}: {policy}");
        }
        assert_eq!(header_of(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(header_of(&answer, "referrer-policy"), "same-origin");
        assert_eq!(header_of(&answer, "cross-origin-opener-policy"), "same-origin");
        assert_eq!(header_of(&answer, "cross-origin-resource-policy"), "same-origin");
        assert!(header_of(&answer, "permissions-policy").contains("camera=()"));
        assert_eq!(header_of(&answer, "strict-transport-security"), "", "an address without https keeps no promise");
        assert_eq!(header_of(&answer, "x-request-id").len(), 9);
        let kept = header_of(&answer, "cache-control");
        assert!(kept == "no-store" || kept.starts_with("public"), "{status}: {kept}");
        assert!(kept == "no-store" || status == StatusCode::OK || status == StatusCode::TEMPORARY_REDIRECT);
        assert_eq!(answer.headers.get_all("content-type").iter().count(), usize::from(!status.is_redirection()), "{answer:?}");
    }
}

#[tokio::test]
async fn an_address_in_https_is_kept_to_https() {
    let site = TestSite::new().await;
    let mut state = site.state.clone();
    Arc::make_mut(&mut state.config).public_url = "https://guichet.example".into();
    let mut visitor = Visitor::new(surround(pages(&Arc::default()), state));
    for (_, answer) in every_kind_of_answer(&mut visitor).await {
        assert_eq!(header_of(&answer, "strict-transport-security"), "max-age=31536000; includeSubDomains");
    }
}

#[tokio::test]
async fn what_another_site_sends_is_refused_and_nothing_is_done() {
    let done = Arc::default();
    let mut visitor = TestSite::new().await.visitor_before(pages(&done));
    for (refused, headers) in [
        (true, vec![("sec-fetch-site", "cross-site")]),
        (true, vec![("sec-fetch-site", "same-site")]),
        (true, vec![("sec-fetch-site", "cross-site"), ("origin", "null")]),
        (true, vec![("origin", "https://ailleurs.example")]),
        (true, vec![("origin", "http://localhost:3001")]),
        (true, vec![("origin", "null")]),
        (false, vec![("sec-fetch-site", "same-origin")]),
        (false, vec![("origin", "http://localhost:3000")]),
        // A proxy that does not pass `Host` on: our public address is still ours.
        (false, vec![("origin", "http://localhost:3000"), ("host", "interne:8080")]),
        (false, vec![]),
    ] {
        let before = done.load(Ordering::SeqCst);
        let mut sent = request("POST", "/essai");
        *sent.body_mut() = Body::from("nom=Zoé");
        sent.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        for (name, value) in &headers {
            sent.headers_mut().insert(*name, HeaderValue::from_static(value));
        }
        let answer = visitor.send(sent).await;
        assert_eq!(answer.status, if refused { StatusCode::FORBIDDEN } else { StatusCode::SEE_OTHER }, "{headers:?}");
        assert_eq!(done.load(Ordering::SeqCst) - before, usize::from(!refused), "{headers:?}");
        assert!(!refused || answer.says("La demande ne venait pas d’une page de ce site. Rien n’a été fait."));
    }
}

#[tokio::test]
async fn no_body_makes_the_desk_fail() {
    let done = Arc::default();
    let mut visitor = TestSite::new().await.visitor_before(pages(&done));
    let form = "application/x-www-form-urlencoded";
    let long = format!("nom={}", "a".repeat(1_000_000));
    for (kind, body) in [
        (form, &b"nom=a%00b"[..]),
        (form, b"nom=a\0b"),
        (form, b"nom=Zo%c3%a9%0d%0aBcc:x"),
        (form, b"nom=%e2%80%ae"),
        (form, b""),
        (form, b"&&&===&=;%%%zz"),
        (form, b"nom=a&nom=b"),
        (form, b"nom[]=a"),
        (form, long.as_bytes()),
        (form, "a&".repeat(100_000).as_bytes()),
        ("application/json", b"{\"nom\":\"a\"}"),
        ("multipart/form-data; boundary=x", b"--x\r\n"),
        ("", b"nom=a"),
    ] {
        let mut sent = request("POST", "/essai");
        *sent.body_mut() = Body::from(body.to_vec());
        sent.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_str(kind).unwrap());
        let answer = visitor.send(sent).await;
        assert!(answer.status.is_client_error(), "{kind} {:?}: {}", &body[..body.len().min(20)], answer.status);
        assert_eq!(answer.count("h1"), 1, "a refusal is a page");
    }
    assert_eq!(done.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_browser_that_sends_too_much_reads_why_it_is_refused() {
    let site = TestSite::new().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(axum::serve(listener, surround(pages(&Arc::default()), site.state.clone())).into_future());
    let mut browser = tokio::net::TcpStream::connect(address).await.unwrap();
    let body = format!("nom={}", "a".repeat(1_000_000));
    let head = format!(
        "POST /essai HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    browser.write_all(head.as_bytes()).await.unwrap();
    // A browser writes everything before it reads.
    browser.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    browser.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("C’est trop long pour être reçu"));
    server.abort();
}

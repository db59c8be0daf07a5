//! What a visitor reads when something cannot be done.

use axum::http::{HeaderValue, StatusCode, header};
use habilitation::{
    ids::AccountId,
    problem::Problem,
    web::{
        Audience::{Anyone, SignedIn, Staff},
        Routes,
    },
};

use super::{header_of, request, visitor, with_mark};
use crate::support::TestSite;

#[tokio::test]
async fn a_failure_of_ours_says_so_and_gives_a_reference() {
    let mut visitor = visitor().await;
    for path in ["/essai/panne?page=2", "/essai/panique?page=2"] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(answer.says("Cette page n’a pas pu s’afficher"));
        assert!(answer.says("La panne vient de chez nous."));
        assert!(answer.says(header_of(&answer, "x-request-id")), "the reference of the log stands on the page");
        assert!(answer.says("3 décembre 2026, 10 h 00"));
        assert!(answer.says("support.partenaires@franceconnect.gouv.fr"));
        assert_eq!(answer.attribute(".fr-btns-group a.fr-btn[href^='/essai']", "href").as_deref(), Some(path), "Réessayer");
        assert!(!answer.html.contains("canari"), "the cause is for the log");
    }
    let mut again = request("POST", "/essai/panne");
    again.headers_mut().insert(header::REFERER, HeaderValue::from_static("http://localhost:3000/essai?etape=2"));
    let answer = visitor.send(again).await;
    assert!(answer.says("Revenir à la page précédente") && !answer.says("Réessayer"), "an act is not sent again by a link");
    assert_eq!(answer.attribute("a[href^='/essai']", "href").as_deref(), Some("/essai?etape=2"));
}

#[tokio::test]
async fn a_refusal_keeps_its_status_its_headers_and_a_way_on() {
    let mut visitor = visitor().await;
    let answer = visitor.get("/nulle-part").await;
    assert!(answer.says("Cette page n’existe pas") && answer.says("Aller à l’accueil"));
    assert!(answer.says(header_of(&answer, "x-request-id")));
    assert_eq!(answer.attribute("title", "lang"), None);
    assert!(answer.html.contains("<title>Cette page n’existe pas – "));
    let answer = visitor.get("/essai/trop").await;
    assert_eq!((answer.status, header_of(&answer, "retry-after")), (StatusCode::TOO_MANY_REQUESTS, "42"));
    let answer = visitor.get("/essai/conflit").await;
    assert!(answer.says("Camille a déjà décidé."));
    assert_eq!(answer.attribute("a.fr-btn[href='/instruction/12']", "class").as_deref(), Some("fr-btn"), "the primary way on");
    let answer = visitor.send(request("DELETE", "/essai")).await;
    assert_eq!((answer.status, header_of(&answer, "allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD,POST"));
    let answer = visitor.send(request("HEAD", "/nulle-part")).await;
    assert_eq!((answer.status, answer.html.as_str()), (StatusCode::NOT_FOUND, ""));
}

#[tokio::test]
async fn the_problem_page_knows_who_is_signed_in() {
    let site = TestSite::new().await;
    for (audiences, words, path) in
        [(vec![SignedIn], "Revenir à mes demandes", "/demandes"), (vec![SignedIn, Staff], "Revenir à l’instruction", "/instruction")]
    {
        let person = habilitation::web::SignedIn {
            account: AccountId(1),
            name: "Camille Rousseau".into(),
            audiences,
            has_clients: false,
            has_reports: false,
        };
        let pages = Routes::new().get(Anyone, "/essai", move || async move { with_mark(Problem::NotFound, person) });
        let answer = site.visitor_before(pages).get("/essai").await;
        assert!(answer.says("Camille Rousseau") && answer.says(words));
        assert_eq!(answer.attribute("main a.fr-btn", "href").as_deref(), Some(path));
    }
}

#[tokio::test]
async fn whoever_must_sign_in_comes_back_to_the_page() {
    let mut visitor = visitor().await;
    assert_eq!(visitor.get("/essai/prive?page=2&tri=a").await.location(), "/connexion?suite=%2Fessai%2Fprive%3Fpage%3D2%26tri%3Da");
    assert_eq!(visitor.get("/essai/expiree").await.location(), "/connexion?suite=%2Fessai%2Fexpiree&expiree=1");
    for (referer, location) in [
        ("http://localhost:3000/essai?etape=2", "/connexion?suite=%2Fessai%3Fetape%3D2"),
        ("http://ailleurs.example/essai", "/connexion?suite=%2F"),
        ("http://localhost:3000//ailleurs.example", "/connexion?suite=%2F"),
        ("javascript:alert(1)", "/connexion?suite=%2F"),
    ] {
        let mut sent = request("POST", "/essai/prive");
        sent.headers_mut().insert(header::REFERER, HeaderValue::from_static(referer));
        let answer = visitor.send(sent).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, location), "{referer}");
        assert!(answer.html.is_empty());
    }
}

#[tokio::test]
async fn a_machine_is_told_in_json() {
    let mut visitor = visitor().await;
    for (path, status) in [("/api/v1/demandes", StatusCode::UNAUTHORIZED), ("/api/v1/rien", StatusCode::NOT_FOUND)] {
        let answer = visitor.get(path).await;
        assert_eq!((answer.status, header_of(&answer, "content-type")), (status, "application/json"));
        let said: serde_json::Value = serde_json::from_str(&answer.html).unwrap();
        assert_eq!(said["reference"], header_of(&answer, "x-request-id"));
        assert!(said["title"].as_str().is_some_and(|title| !title.is_empty()) && said["detail"].is_string());
    }
}

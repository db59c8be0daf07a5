//! The mailbox of the demonstration.

use axum::http::{StatusCode, header};
use habilitation::{
    config::Switch,
    notifications::{self, Letter, Recipient},
};
use time::macros::datetime;
use uuid::Uuid;

use crate::support::TestSite;

async fn a_demonstration_with_letters(count: usize) -> TestSite {
    let site = TestSite::with(|config| config.demo = Switch::On).await;
    let mut connection = site.state.db.acquire().await.unwrap();
    for number in 0..count {
        let to = Recipient { address: "camille@example.fr".into(), name: "Camille <b>Rousseau</b>".into() };
        let letter = Letter::ConfirmAddress { link: Uuid::from_u128(7), expires_at: datetime!(2026-12-04 09:00 UTC), return_to: None };
        notifications::enqueue(&mut connection, &number.to_string(), &to, &letter, site.state.clock.now()).await.unwrap();
    }
    drop(connection);
    assert_eq!(site.letters_to("camille@example.fr").await.len(), count);
    site
}

#[tokio::test]
async fn outside_a_demonstration_there_is_no_mailbox() {
    let site = TestSite::new().await;
    let id = Uuid::nil();
    for path in ["/demo/courriels".to_owned(), format!("/demo/courriels/{id}"), format!("/demo/courriels/{id}/lettre")] {
        assert_eq!(site.visitor().get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn an_empty_mailbox_says_what_fills_it() {
    let site = a_demonstration_with_letters(0).await;
    let page = site.visitor().get("/demo/courriels").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.says("Aucune lettre"));
}

#[tokio::test]
async fn a_letter_is_read_and_its_link_followed_from_the_mailbox() {
    let site = a_demonstration_with_letters(1).await;
    let mut visitor = site.visitor();
    let list = visitor.get("/demo/courriels").await;
    assert!(list.says("Confirmez votre adresse") && list.says("En attente") && list.says("camille@example.fr"));
    let page = visitor.get(&list.attribute("tbody a", "href").unwrap()).await;
    assert!(page.says("Bonjour Camille <b>Rousseau</b>,"));
    let link = format!("http://localhost:3000{}", site.state.secret.link_path(Uuid::from_u128(7)));
    assert_eq!(page.attribute(".hab-mail a", "href"), Some(link.clone()));

    let html = visitor.get(&page.attribute("a[href$='/lettre']", "href").unwrap()).await;
    assert_eq!(html.attribute("a.button", "href"), Some(link));
    let policy = html.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
}

#[tokio::test]
async fn older_letters_are_a_page_further() {
    let site = a_demonstration_with_letters(51).await;
    let mut visitor = site.visitor();
    let first = visitor.get("/demo/courriels").await;
    assert_eq!(first.count("tbody tr"), 50);
    let second = visitor.get(&first.attribute(".fr-pagination a", "href").unwrap()).await;
    assert_eq!(second.count("tbody tr"), 1);
    assert_eq!(second.count(".fr-pagination"), 0);
}

#[tokio::test]
async fn a_letter_that_does_not_exist_is_not_found() {
    let site = a_demonstration_with_letters(0).await;
    for id in ["rien", "00000000-0000-0000-0000-000000000000", "%00"] {
        assert_eq!(site.visitor().get(&format!("/demo/courriels/{id}")).await.status, StatusCode::NOT_FOUND, "{id}");
    }
    assert!(site.visitor().get("/demo/courriels?avant=rien").await.status.is_client_error());
}

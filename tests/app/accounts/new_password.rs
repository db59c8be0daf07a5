//! A password forgotten, chosen, changed.

use axum::http::StatusCode;
use habilitation::notifications::Letter;
use time::Duration;

use super::{is_signed_in, journal, last_link_to, letters_to};
use crate::support::{TestSite, Visitor, given};

const EMAIL: &str = "camille@clamart.test";
const NEW: &str = "un vélo sous la pluie";

async fn ask(site: &TestSite) -> String {
    let answer = site.visitor().post("/mot-de-passe-oublie", &[("email", EMAIL)]).await;
    assert!(answer.says("Consultez votre messagerie"), "{}", answer.text());
    last_link_to(site, EMAIL).await
}

async fn signs_in_with(site: &TestSite, password: &str) -> bool {
    site.visitor().post("/connexion", &[("email", EMAIL), ("password", password)]).await.status == 303
}

#[tokio::test]
async fn an_unknown_address_gets_the_same_page_and_no_letter() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let mut visitor = site.visitor();
    let known = visitor.post("/mot-de-passe-oublie", &[("email", EMAIL)]).await;
    let unknown = visitor.post("/mot-de-passe-oublie", &[("email", "inconnue@clamart.test")]).await;
    assert_eq!(known.status, unknown.status);
    assert_eq!(known.html, unknown.html.replace("inconnue@", "camille@"));
    assert!(letters_to(&site, "inconnue@clamart.test").await.is_empty());
    assert!(matches!(letters_to(&site, EMAIL).await[..], [Letter::ChoosePassword { .. }]));
}

#[tokio::test]
async fn a_link_lets_a_new_password_be_chosen_once() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let mut elsewhere = site.visitor();
    elsewhere.sign_in(EMAIL).await;
    let path = ask(&site).await;
    let mut visitor = site.visitor();
    let page = visitor.get(&path).await;
    assert_eq!(page.attribute("#password", "autocomplete").as_deref(), Some("new-password"));
    assert!(is_signed_in(&mut elsewhere).await, "opening the link changes nothing");

    let refused = visitor.post(&path, &[("password", "motdepasse1234")]).await;
    assert_eq!(refused.status, 422);
    let answer = visitor.post(&path, &[("password", NEW)]).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/connexion?nouveau=1"));
    assert!(visitor.get(answer.location()).await.says("Votre nouveau mot de passe est enregistré"));
    assert!(!is_signed_in(&mut visitor).await, "the link does not sign in");
    assert!(!is_signed_in(&mut elsewhere).await, "every session ends");
    assert!(signs_in_with(&site, NEW).await);
    assert!(!signs_in_with(&site, given::PASSWORD).await);
    let again = visitor.post(&path, &[("password", "encore une autre phrase")]).await;
    assert_eq!(again.status, StatusCode::GONE);
    let now = site.state.clock.now();
    let letters = letters_to(&site, EMAIL).await;
    assert_eq!(letters[1..], [Letter::PasswordChanged { at: now }]);
    assert_eq!(journal(&site).await, ["signed_in", "password_changed", "signed_in"]);
}

#[tokio::test]
async fn used_twice_at_once_a_link_serves_once() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let path = ask(&site).await;
    let attempt = |mut visitor: Visitor, password: String| {
        let path = path.clone();
        tokio::spawn(async move { visitor.post(&path, &[("password", &password)]).await.status.as_u16() })
    };
    let attempts: Vec<_> = (0..6).map(|number| attempt(site.visitor(), format!("une phrase numéro {number}"))).collect();
    let mut statuses = Vec::new();
    for attempt in attempts {
        statuses.push(attempt.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410, 410, 410, 410, 410]);
    assert_eq!(journal(&site).await, ["password_changed"]);
    assert_eq!(letters_to(&site, EMAIL).await[1..], [Letter::PasswordChanged { at: site.state.clock.now() }], "told once");
}

#[tokio::test]
async fn a_link_dies_after_half_an_hour_a_newer_one_or_a_new_password() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let mut visitor = site.visitor();

    let expired = ask(&site).await;
    site.state.clock.advance(Duration::minutes(30));
    assert_eq!(visitor.post(&expired, &[("password", NEW)]).await.status, StatusCode::GONE);

    let older = ask(&site).await;
    let newer = ask(&site).await;
    assert_eq!(visitor.post(&older, &[("password", NEW)]).await.status, StatusCode::GONE);
    assert_eq!(visitor.get(&newer).await.status, 200);

    visitor.sign_in(EMAIL).await;
    let changed = visitor.post("/compte/mot-de-passe", &[("password", given::PASSWORD), ("password_new", NEW)]).await;
    assert_eq!(changed.status, 303);
    let dead = site.visitor().post(&newer, &[("password", "encore une autre phrase")]).await;
    assert_eq!(dead.status, StatusCode::GONE);
    assert!(signs_in_with(&site, NEW).await);
    let letters = letters_to(&site, EMAIL).await;
    assert!(letters[..3].iter().all(|letter| matches!(letter, Letter::ChoosePassword { .. })), "{letters:?}");
    assert_eq!(letters[3..], [Letter::PasswordChanged { at: site.state.clock.now() }]);
}

#[tokio::test]
async fn changing_a_password_needs_the_one_in_force_and_ends_other_sessions() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let (mut here, mut elsewhere) = (site.visitor(), site.visitor());
    here.sign_in(EMAIL).await;
    elsewhere.sign_in(EMAIL).await;
    let page = here.get("/compte/mot-de-passe").await;
    assert_eq!(page.attribute("#password", "autocomplete").as_deref(), Some("current-password"));
    assert_eq!(page.attribute("#password_new", "autocomplete").as_deref(), Some("new-password"));

    let wrong = here.post("/compte/mot-de-passe", &[("password", "pas celui-là"), ("password_new", NEW)]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("Ce n’est pas votre mot de passe actuel"));
    let weak = here.post("/compte/mot-de-passe", &[("password", ""), ("password_new", "motdepasse1234")]).await;
    assert_eq!(weak.count("#erreurs a"), 2);
    assert!(is_signed_in(&mut elsewhere).await);

    let before = here.cookie("session").unwrap().to_owned();
    let answer = here.post("/compte/mot-de-passe", &[("password", given::PASSWORD), ("password_new", NEW)]).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/compte"));
    assert!(here.get("/compte").await.says("Votre nouveau mot de passe est enregistré"));
    assert_ne!(here.cookie("session"), Some(before.as_str()), "a new number");
    assert!(!is_signed_in(&mut elsewhere).await);
    assert!(signs_in_with(&site, NEW).await);
    assert_eq!(letters_to(&site, EMAIL).await, [Letter::PasswordChanged { at: site.state.clock.now() }]);
}

#[tokio::test]
async fn an_old_password_is_never_declared_too_old() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    site.state.clock.advance(Duration::days(3650));
    assert!(signs_in_with(&site, given::PASSWORD).await);
}

#[tokio::test]
async fn a_suspended_person_receives_no_link_and_uses_none() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let path = ask(&site).await;
    sqlx::query_scalar::<_, i64>("update accounts set disabled_at = now()").fetch_optional(&site.state.db).await.unwrap();
    assert_eq!(site.visitor().post(&path, &[("password", NEW)]).await.status, StatusCode::GONE);
    site.visitor().post("/mot-de-passe-oublie", &[("email", EMAIL)]).await;
    assert_eq!(letters_to(&site, EMAIL).await.len(), 1);
}

//! How often one may try, and how long one waits.

use time::Duration;

use super::{is_signed_in, last_link_to, letters_to};
use crate::support::{Answer, TestSite, Visitor, given};

const EMAIL: &str = "camille@clamart.test";

async fn try_password(visitor: &mut Visitor, email: &str, password: &str) -> Answer {
    visitor.post("/connexion", &[("email", email), ("password", password)]).await
}

/// A stranger who is wrong until they must wait; how many times they were answered.
async fn exhaust(site: &TestSite, email: &str, address: &str) -> usize {
    let mut stranger = site.visitor().at(address);
    for tries in 0..100 {
        if try_password(&mut stranger, email, "pas celui-là").await.status == 429 {
            return tries;
        }
    }
    panic!("nobody stops a stranger");
}

#[tokio::test]
async fn after_ten_mistakes_even_the_right_password_waits() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    site.state.clock.advance(Duration::minutes(5));
    assert_eq!(exhaust(&site, EMAIL, "192.0.2.1").await, 10);
    let answer = try_password(&mut site.visitor().at("192.0.2.2"), EMAIL, given::PASSWORD).await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.headers["retry-after"], "600");
    assert!(answer.says("avant 10 h 15, même le bon"), "{}", answer.text());
    assert_eq!(answer.attribute(".fr-alert--error a", "href").as_deref(), Some("/mot-de-passe-oublie"));
    site.state.clock.advance(Duration::minutes(10));
    assert_eq!(try_password(&mut site.visitor().at("192.0.2.2"), EMAIL, given::PASSWORD).await.status, 303);
}

#[tokio::test]
async fn an_unknown_address_waits_like_a_known_one() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let known = exhaust(&site, EMAIL, "192.0.2.1").await;
    assert_eq!(exhaust(&site, "inconnue@clamart.test", "192.0.2.2").await, known);
}

#[tokio::test]
async fn tried_all_at_once_passwords_are_counted_one_by_one() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let tries: Vec<_> = (0..30)
        .map(|number| {
            let mut stranger = site.visitor().at(&format!("192.0.2.{number}"));
            tokio::spawn(async move { try_password(&mut stranger, EMAIL, "pas celui-là").await.status.as_u16() })
        })
        .collect();
    let mut compared = 0;
    for status in tries {
        match status.await.unwrap() {
            422 => compared += 1,
            429 => {}
            other => panic!("{other}"),
        }
    }
    assert_eq!(compared, 10);
}

#[tokio::test]
async fn one_password_on_five_hundred_accounts_stops_before_the_twenty_sixth() {
    let site = TestSite::new().await;
    let mut compared = 0;
    for number in 0..500 {
        // Every address of one home: 64 bits are its holder's.
        let mut stranger = site.visitor().at(&format!("2001:db8:1:2::{number:x}"));
        let status = try_password(&mut stranger, &format!("personne{number}@clamart.test"), "soleil de printemps").await.status;
        compared += usize::from(status == 422);
    }
    assert_eq!(compared, 20);
    given::a_person(&site, EMAIL).await;
    let neighbour = try_password(&mut site.visitor().at("2001:db8:1:3::1"), EMAIL, given::PASSWORD).await;
    assert_eq!(neighbour.status, 303, "the next home is not concerned");
}

#[tokio::test]
async fn signing_in_rightly_is_no_mistake() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    for _ in 0..25 {
        site.visitor().sign_in(EMAIL).await;
    }
}

#[tokio::test]
async fn a_stranger_does_not_shut_out_a_browser_its_owner_uses() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let mut owner = site.visitor().at("198.51.100.7");
    owner.sign_in(EMAIL).await;
    owner.post("/deconnexion", &[]).await;
    exhaust(&site, EMAIL, "192.0.2.1").await;
    owner.sign_in(EMAIL).await;
    owner.post("/deconnexion", &[]).await;
    // The mark is no way to try for ever.
    let mut tries = 0;
    while try_password(&mut owner, EMAIL, "pas celui-là").await.status != 429 {
        tries += 1;
        assert!(tries <= 10);
    }
    // Nor does it serve another account.
    given::a_person(&site, "malo@clamart.test").await;
    exhaust(&site, "malo@clamart.test", "192.0.2.9").await;
    assert_eq!(try_password(&mut owner, "malo@clamart.test", given::PASSWORD).await.status, 429);
}

#[tokio::test]
async fn the_forgotten_password_remains_a_way_in_while_strangers_try() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    for address in ["192.0.2.1", "192.0.2.2", "192.0.2.3"] {
        exhaust(&site, EMAIL, address).await;
    }
    let mut owner = site.visitor().at("198.51.100.7");
    owner.post("/mot-de-passe-oublie", &[("email", EMAIL)]).await;
    let path = last_link_to(&site, EMAIL).await;
    owner.post(&path, &[("password", "un vélo sous la pluie")]).await;
    let answer = try_password(&mut owner, EMAIL, "un vélo sous la pluie").await;
    assert_eq!(answer.status, 303);
    assert!(is_signed_in(&mut owner).await);
    assert_eq!(site.letters().await, ["choose_password to camille@clamart.test", "password_changed to camille@clamart.test"]);
}

#[tokio::test]
async fn a_stolen_session_does_not_let_its_thief_guess_the_password() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let mut visitor = site.visitor();
    visitor.sign_in(EMAIL).await;
    for _ in 0..10 {
        assert_eq!(visitor.post("/compte/fermer", &[("password", "pas celui-là")]).await.status, 422);
    }
    let answer = visitor.post("/compte/mot-de-passe", &[("password", given::PASSWORD), ("password_new", "un vélo sous la pluie")]).await;
    assert_eq!(answer.status, 429);
    assert!(answer.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn nobody_can_have_letters_sent_without_end() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    for number in 0..5 {
        let mut stranger = site.visitor().at(&format!("192.0.2.{number}"));
        let answer = stranger.post("/mot-de-passe-oublie", &[("email", EMAIL)]).await;
        assert_eq!(answer.status.as_u16(), if number < 3 { 200 } else { 429 });
        if number >= 3 {
            assert!(answer.says("Trop de lettres en peu de temps") && answer.says("recommencez après 11 h 00"), "{}", answer.text());
        }
    }
    assert_eq!(letters_to(&site, EMAIL).await.len(), 3);
    let mut refused = 0;
    for number in 0..25 {
        let mut stranger = site.visitor().at("203.0.113.5");
        let answer = stranger.post("/mot-de-passe-oublie", &[("email", &format!("personne{number}@clamart.test"))]).await;
        refused += usize::from(answer.status == 429);
    }
    assert_eq!(refused, 5);
}

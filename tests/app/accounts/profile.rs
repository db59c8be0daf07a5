//! `/compte` and `/compte/fermer`.

use super::{count, is_signed_in, journal};
use crate::support::{TestSite, given};

const EMAIL: &str = "camille@clamart.test";

#[tokio::test]
async fn a_profile_is_changed_and_says_so() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let mut visitor = site.visitor();
    visitor.sign_in(EMAIL).await;
    let page = visitor.get("/compte").await;
    assert_eq!(page.attribute("#phone", "value").as_deref(), Some("06\u{a0}12\u{a0}34\u{a0}56\u{a0}78"));
    assert_eq!(page.count("main a[href='/compte/organismes']"), 1);
    let profile = [("given_name", "Zoé"), ("family_name", "d’Arc"), ("job_title", "Cheffe de projet"), ("phone", "06 92 12 34 56")];
    assert_eq!(visitor.post("/compte", &profile).await.location(), "/compte");
    let page = visitor.get("/compte").await;
    assert!(page.says("Votre profil est enregistré") && page.says("Zoé d’Arc"));
    assert_eq!(page.attribute("#phone", "value").as_deref(), Some("+262692123456"));
    assert!(!visitor.get("/compte").await.says("Votre profil est enregistré"), "told once");
    visitor.post("/compte", &profile).await;
    assert!(visitor.get("/compte").await.says("Rien n’a changé"));
    visitor.post("/compte", &[("given_name", "Zoé"), ("family_name", "d’Arc"), ("job_title", ""), ("phone", "")]).await;
    assert_eq!(count(&site, "select count(*) from accounts where phone = '' and job_title = ''").await, 1);
    assert_eq!(journal(&site).await, ["signed_in", "profile_changed", "profile_changed"]);
}

#[tokio::test]
async fn a_mistake_in_a_profile_is_told_and_what_was_typed_stays() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let mut visitor = site.visitor();
    visitor.sign_in(EMAIL).await;
    let profile = [("given_name", "a\r\nb"), ("family_name", ""), ("job_title", &*"x".repeat(101)), ("phone", "12")];
    let answer = visitor.post("/compte", &profile).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.count("#erreurs a"), 4);
    assert_eq!(answer.attribute("#phone", "value").as_deref(), Some("12"));
    let smuggled =
        [("given_name", "Zoé"), ("family_name", "Arc"), ("email", "autre@clamart.test"), ("role", "admin"), ("confirmed_at", "now")];
    visitor.post("/compte", &smuggled).await;
    assert_eq!(count(&site, "select count(*) from accounts where email = 'camille@clamart.test'").await, 1);
    assert_eq!(count(&site, "select count(*) from account_roles").await, 0);
}

#[tokio::test]
async fn a_closed_account_is_erased_and_opens_no_more() {
    let site = TestSite::new().await;
    let person = given::a_person(&site, EMAIL).await;
    let (mut visitor, mut elsewhere) = (site.visitor(), site.visitor());
    visitor.sign_in(EMAIL).await;
    elsewhere.sign_in(EMAIL).await;
    assert_eq!(visitor.post("/compte/fermer", &[("password", "pas celui-là")]).await.status, 422);
    assert!(is_signed_in(&mut visitor).await);
    let answer = visitor.post("/compte/fermer", &[("password", given::PASSWORD)]).await;
    assert!(answer.says("Votre compte est fermé"), "{}", answer.text());
    assert!(answer.headers.contains_key("clear-site-data"));
    assert!(!is_signed_in(&mut visitor).await && !is_signed_in(&mut elsewhere).await);
    let row: String = sqlx::query_scalar("select accounts::text from accounts where id = $1")
        .bind(person.account)
        .fetch_one(&site.state.db)
        .await
        .unwrap();
    for erased in ["camille", "Camille", "ousseau", "33612345678", "argon2", "mission"] {
        assert!(!row.contains(erased), "{row}");
    }
    assert!(row.contains(&format!("closed-{}@closed.invalid", person.account)));
    assert_eq!(site.visitor().post("/connexion", &[("email", EMAIL), ("password", given::PASSWORD)]).await.status, 422);
    let closed = format!("closed-{}@closed.invalid", person.account);
    site.visitor().post("/mot-de-passe-oublie", &[("email", &closed)]).await;
    assert_eq!(count(&site, "select count(*) from outbox").await, 0);
    assert_eq!(journal(&site).await.last().unwrap(), "account_closed");
    // The address is free again.
    given::a_person(&site, EMAIL).await;
    site.visitor().sign_in(EMAIL).await;
}

#[tokio::test]
async fn pages_of_an_account_are_for_its_owner() {
    let site = TestSite::new().await;
    for path in ["/compte", "/compte/mot-de-passe", "/compte/sessions", "/compte/fermer"] {
        let mut stranger = site.visitor();
        assert_ne!(stranger.get(path).await.status, 200, "{path}");
        let answer = stranger.post(path, &[("password", given::PASSWORD), ("given_name", "Zoé")]).await;
        assert!(!answer.status.is_success(), "{path}");
        assert_ne!(answer.location(), path);
    }
}

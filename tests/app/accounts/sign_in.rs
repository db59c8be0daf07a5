//! `/connexion` and `/deconnexion`.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use axum::http::{StatusCode, header};
use habilitation::accounts::{DEMO_PASSWORD, DEMO_PEOPLE, Role};

use super::{is_signed_in, journal};
use crate::support::{TestSite, given};

#[tokio::test]
async fn whoever_signs_in_reaches_their_own_desk() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    given::staff(&site, Role::Reviewer).await;
    assert_eq!(site.visitor().sign_in("camille@clamart.test").await.location(), "/demandes");
    assert_eq!(site.visitor().sign_in(" CAMILLE@clamart.test ").await.location(), "/demandes");
    assert_eq!(site.visitor().sign_in("reviewer@equipe.test").await.location(), "/instruction");
    assert_eq!(journal(&site).await, ["signed_in"; 3]);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut visitor = site.visitor();
    let wrong = visitor.post("/connexion", &[("email", "camille@clamart.test"), ("password", "une tasse de nuages bleux")]).await;
    let unknown = visitor.post("/connexion", &[("email", "inconnue@clamart.test"), ("password", given::PASSWORD)]).await;
    assert_eq!((wrong.status, unknown.status), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(wrong.html, unknown.html.replace("inconnue@", "camille@"));
    assert!(wrong.says("Adresse ou mot de passe incorrect"));
    assert!(wrong.html.contains("<title>Erreur : Se connecter"));
    assert!(!wrong.html.contains("nuages"));
    assert_eq!(wrong.attribute("#email", "value").as_deref(), Some("camille@clamart.test"));
    assert!(wrong.attribute("#password", "autofocus").is_some());
    assert_eq!(wrong.attribute("#password", "autocomplete").as_deref(), Some("current-password"));
    assert_eq!(wrong.attribute("#password", "type").as_deref(), Some("password"));
    assert!(visitor.cookie("session").is_none());
    assert!(journal(&site).await.is_empty());
}

#[tokio::test]
async fn an_unknown_address_costs_a_comparison_too() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..7 {
        for (times, email) in times.iter_mut().zip(["camille@clamart.test", "inconnue@clamart.test"]) {
            let started = Instant::now();
            site.visitor().post("/connexion", &[("email", email), ("password", "pas celui-là du tout")]).await;
            times.push(started.elapsed());
        }
    }
    let [known, unknown] = times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    });
    assert!(unknown > known / 2 && known > unknown / 2, "known {known:?}, unknown {unknown:?}");
    assert!(unknown > Duration::from_millis(2), "no comparison was made: {unknown:?}");
}

#[tokio::test]
async fn the_password_counts_exactly_as_typed() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    for typed in [format!("{} ", given::PASSWORD), format!(" {}", given::PASSWORD), given::PASSWORD.to_uppercase()] {
        let answer = site.visitor().post("/connexion", &[("email", "camille@clamart.test"), ("password", &typed)]).await;
        assert_eq!(answer.status, 422, "{typed:?}");
    }
}

#[tokio::test]
async fn what_is_missing_is_told_field_by_field() {
    let site = TestSite::new().await;
    let answer = site.visitor().post("/connexion", &[("email", "camille"), ("password", "")]).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.count("#erreurs a"), 2);
    assert!(answer.says("Saisissez votre mot de passe."));
    assert_eq!(site.visitor().post("/connexion", &[]).await.status, 422);
    let twice = [("email", "a@b.test"), ("email", "c@d.test"), ("password", "x")];
    assert_eq!(site.visitor().post("/connexion", &twice).await.status, 422);
}

#[tokio::test]
async fn the_page_asked_for_is_reached_and_nothing_else() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut visitor = site.visitor();
    let page = visitor.get("/connexion?suite=%2Fdemandes%2F12%2Fservice%3Fvue%3D1&expiree=1").await;
    assert!(page.says("Votre session a expiré"));
    let asked = page.attribute("input[name=suite]", "value").unwrap();
    assert_eq!(asked, "/demandes/12/service?vue=1");
    for (suite, reached) in [
        (asked.as_str(), asked.as_str()),
        ("//ailleurs.test", "/demandes"),
        ("https://ailleurs.test/", "/demandes"),
        ("/\\ailleurs.test", "/demandes"),
        ("/x\r\nSet-Cookie: a=b", "/demandes"),
        ("javascript:alert(1)", "/demandes"),
    ] {
        let fields = [("email", "camille@clamart.test"), ("password", given::PASSWORD), ("suite", suite)];
        let answer = site.visitor().post("/connexion", &fields).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, reached), "{suite:?}");
    }
    assert_eq!(visitor.get("/connexion?suite=//ailleurs.test").await.count("input[name=suite]"), 0);
    visitor.sign_in("camille@clamart.test").await;
    assert_eq!(visitor.get("/connexion?suite=/demandes/7").await.location(), "/demandes/7");
}

#[tokio::test]
async fn the_password_given_to_an_unconfirmed_or_suspended_account_does_not_open_it() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    for (change, sentence) in [
        ("update accounts set confirmed_at = null", "Votre adresse n’est pas encore confirmée"),
        ("update accounts set disabled_at = now()", "Votre compte est suspendu"),
    ] {
        sqlx::query_scalar::<_, i64>(change).fetch_optional(&site.state.db).await.unwrap();
        let answer = site.visitor().post("/connexion", &[("email", "camille@clamart.test"), ("password", given::PASSWORD)]).await;
        assert_eq!(answer.status, 422);
        assert!(answer.says(sentence), "{}", answer.text());
        // Only the right password tells.
        let wrong = site.visitor().post("/connexion", &[("email", "camille@clamart.test"), ("password", "pas celui-là")]).await;
        assert!(wrong.says("Adresse ou mot de passe incorrect"));
    }
}

#[tokio::test]
async fn a_password_stored_with_less_work_is_renewed_at_sign_in() {
    let site = TestSite::new().await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8_192, 1, 1, None).unwrap());
    let old = weak.hash_password(given::PASSWORD.as_bytes()).unwrap().to_string();
    let stored = async || -> String {
        sqlx::query_scalar("select password_hash from accounts where id = $1").bind(person.account).fetch_one(&site.state.db).await.unwrap()
    };
    sqlx::query_scalar::<_, i64>("update accounts set password_hash = $1").bind(&old).fetch_optional(&site.state.db).await.unwrap();
    site.visitor().post("/connexion", &[("email", "camille@clamart.test"), ("password", "pas celui-là")]).await;
    assert_eq!(stored().await, old);
    site.visitor().sign_in("camille@clamart.test").await;
    assert!(stored().await.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    site.visitor().sign_in("camille@clamart.test").await;
}

#[tokio::test]
async fn the_cookie_belongs_to_this_site_alone() {
    for (public_url, name, secure) in [("http://localhost:3000", "session", false), ("https://habilitation.test", "__Host-session", true)] {
        let site = TestSite::with(|config| config.public_url = public_url.into()).await;
        given::a_person(&site, "camille@clamart.test").await;
        let mut visitor = site.visitor();
        let answer = visitor.sign_in("camille@clamart.test").await;
        let line = |lines: &axum::http::HeaderMap| {
            let mut lines = lines.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap().to_owned());
            lines.find(|line| line.starts_with(&format!("{name}="))).unwrap()
        };
        let cookie = line(&answer.headers);
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert_eq!(cookie.contains("; Secure"), secure, "{cookie}");
        assert!(!cookie.contains("Domain"));
        assert!(answer.headers.get_all(header::SET_COOKIE).iter().all(|line| line.len() < 4096));
        // A browser keeps a `__Host-` cookie whose removal is not `Secure`.
        let removal = line(&visitor.post("/deconnexion", &[]).await.headers);
        assert!(removal.contains("Max-Age=0"), "{removal}");
        assert_eq!(removal.contains("; Secure"), secure, "{removal}");
    }
}

#[tokio::test]
async fn signing_out_leaves_nothing_behind() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut visitor = site.visitor();
    visitor.sign_in("camille@clamart.test").await;
    let stolen = visitor.cookie("session").unwrap().to_owned();
    assert_eq!(visitor.get("/deconnexion").await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(is_signed_in(&mut visitor).await);
    let answer = visitor.post("/deconnexion", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/connexion?deconnecte=1"));
    assert!(answer.headers["clear-site-data"].to_str().unwrap().contains("cache"));
    assert!(visitor.cookie("session").is_none());
    assert!(visitor.get(answer.location()).await.says("Vous êtes déconnecté"));
    let mut thief = site.visitor();
    thief.plant_cookie("session", &stolen);
    assert!(!is_signed_in(&mut thief).await);
    assert_eq!(visitor.post("/deconnexion", &[]).await.status, 303);
    assert_eq!(journal(&site).await, ["signed_in", "signed_out"]);
}

#[tokio::test]
async fn only_a_demonstration_lists_its_accounts() {
    let site = TestSite::new().await;
    assert!(!site.visitor().get("/connexion").await.html.contains("demo.test"));
    let demo = TestSite::with(|config| config.demo = habilitation::config::Switch::On).await;
    let page = demo.visitor().get("/connexion").await;
    assert!(page.says(DEMO_PASSWORD));
    for person in DEMO_PEOPLE {
        assert!(page.says(person.email) && page.says(person.part()));
    }
}

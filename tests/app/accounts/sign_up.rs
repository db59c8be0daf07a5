//! `/inscription`, and the link that follows.

use axum::http::StatusCode;
use habilitation::notifications::Letter;
use time::Duration;

use super::{count, is_signed_in, journal, last_link_to, letters_to, link};
use crate::support::{Answer, TestSite, Visitor, given};

const EMAIL: &str = "camille@clamart.test";

async fn sign_up(visitor: &mut Visitor, email: &str, password: &str) -> Answer {
    let fields = [("given_name", "Camille"), ("family_name", "Rousseau"), ("email", email), ("password", password)];
    visitor.post("/inscription", &fields).await
}

#[tokio::test]
async fn somebody_signs_up_confirms_and_is_at_home() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let page = visitor.get("/inscription").await;
    for (field, token) in [("given_name", "given-name"), ("family_name", "family-name"), ("email", "email"), ("password", "new-password")] {
        assert_eq!(page.attribute(&format!("#{field}"), "autocomplete").as_deref(), Some(token));
    }
    let answer = sign_up(&mut visitor, "Camille@Clamart.test", given::PASSWORD).await;
    assert!(answer.says("Consultez votre messagerie") && answer.says(EMAIL), "{}", answer.text());
    let early = visitor.post("/connexion", &[("email", EMAIL), ("password", given::PASSWORD)]).await;
    assert!(early.says("Votre adresse n’est pas encore confirmée"));

    let path = last_link_to(&site, EMAIL).await;
    // Mail scanners open links, twice rather than once.
    for _ in 0..2 {
        let page = visitor.get(&path).await;
        assert!(page.says("Confirmer votre adresse") && page.says(EMAIL));
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
    }
    assert_eq!(count(&site, "select count(*) from accounts where confirmed_at is not null").await, 0);

    let answer = visitor.post(&path, &[("password", given::PASSWORD)]).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/demandes"));
    assert!(visitor.get("/compte").await.says("Votre adresse est confirmée"));
    assert!(is_signed_in(&mut visitor).await);
    assert_eq!(journal(&site).await, ["account_created", "address_confirmed", "signed_in"]);
    site.visitor().sign_in(EMAIL).await;

    let again = visitor.post(&path, &[("password", given::PASSWORD)]).await;
    assert_eq!(again.status, StatusCode::GONE);
    assert!(again.says("Il a déjà servi"));
}

#[tokio::test]
async fn whoever_was_on_their_way_arrives_there_through_the_letter() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let going = "/demandes/nouvelle?profil=collectivite&siret=21920023500014";
    let turned_back = visitor.get(going).await;
    let sign_up_page = visitor.get(turned_back.location()).await.attribute("a[href^='/inscription']", "href").unwrap();
    let page = visitor.get(&sign_up_page).await;
    assert_eq!(page.attribute("input[name=suite]", "value").as_deref(), Some(going));
    let fields =
        [("given_name", "Camille"), ("family_name", "Rousseau"), ("email", EMAIL), ("password", given::PASSWORD), ("suite", going)];
    visitor.post("/inscription", &[("suite", going)]).await.attribute("input[name=suite]", "value").expect("kept beside mistakes");
    visitor.post("/inscription", &fields).await;
    let letter = site.letters_to(EMAIL).await.pop().unwrap();
    let path = letter.link().unwrap().strip_prefix("http://localhost:3000").unwrap().to_owned();
    // Opened on another device.
    let answer = site.visitor().post(&path, &[("password", given::PASSWORD)]).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, going));
}

#[tokio::test]
async fn a_letter_never_leads_off_the_site() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let fields = [("given_name", "C"), ("family_name", "R"), ("email", EMAIL), ("password", given::PASSWORD), ("suite", "//e.test/")];
    visitor.post("/inscription", &fields).await;
    let path = last_link_to(&site, EMAIL).await;
    assert!(!site.letters_to(EMAIL).await[0].text.contains("suite="));
    let answer = visitor.post(&format!("{path}?suite=https%3A%2F%2Fe.test"), &[("password", given::PASSWORD)]).await;
    assert_eq!(answer.location(), "/demandes");
}

#[tokio::test]
async fn a_known_address_gets_the_same_page_and_its_owner_a_letter() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let known = sign_up(&mut site.visitor(), EMAIL, "quatre autres mots doux").await;
    let unknown = sign_up(&mut site.visitor(), "inconnue@clamart.test", "quatre autres mots doux").await;
    assert_eq!(known.status, unknown.status);
    assert_eq!(known.html.replace(EMAIL, "…"), unknown.html.replace("inconnue@clamart.test", "…"));
    assert_eq!(letters_to(&site, EMAIL).await, [Letter::AlreadyRegistered]);
    site.visitor().sign_in(EMAIL).await;
    sign_up(&mut site.visitor(), EMAIL, "quatre autres mots doux").await;
    let letters = ["already_registered to camille@clamart.test", "confirm_address to inconnue@clamart.test"];
    assert_eq!(site.letters().await, letters, "one such letter an hour");
}

#[tokio::test]
async fn asking_again_sends_a_fresh_link_and_ends_the_first() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    sign_up(&mut visitor, EMAIL, "premier essai de phrase").await;
    let first = last_link_to(&site, EMAIL).await;
    sign_up(&mut visitor, EMAIL, given::PASSWORD).await;
    let second = last_link_to(&site, EMAIL).await;
    assert_ne!(first, second);
    let answer = visitor.get(&first).await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert!(answer.says("Un lien plus récent l’a remplacé"));
    assert_eq!(visitor.post(&second, &[("password", given::PASSWORD)]).await.status, 303);
    assert_eq!(count(&site, "select count(*) from accounts").await, 1);
}

#[tokio::test]
async fn signing_up_with_somebody_elses_address_leads_nowhere() {
    let site = TestSite::new().await;
    sign_up(&mut site.visitor(), EMAIL, "la phrase du voleur malin").await;
    let path = last_link_to(&site, EMAIL).await;
    // The owner opens the letter, and does not know that password.
    let mut owner = site.visitor();
    let answer = owner.post(&path, &[("password", given::PASSWORD)]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.says("Ce n’est pas le mot de passe choisi à l’inscription"));
    assert!(!answer.html.contains("nuages"));
    assert_eq!(count(&site, "select count(*) from accounts where confirmed_at is not null").await, 0);
    // A forgotten password gives them the account, and shuts the other out.
    owner.post("/mot-de-passe-oublie", &[("email", EMAIL)]).await;
    let choose = last_link_to(&site, EMAIL).await;
    assert_eq!(owner.post(&choose, &[("password", given::PASSWORD)]).await.status, 303);
    owner.sign_in(EMAIL).await;
    let thief = site.visitor().post("/connexion", &[("email", EMAIL), ("password", "la phrase du voleur malin")]).await;
    assert_eq!(thief.status, 422);
    assert_eq!(site.visitor().get(&path).await.status, StatusCode::GONE, "the first link ended with the new password");
    let letters = ["choose_password", "confirm_address", "password_changed"].map(|kind| format!("{kind} to {EMAIL}"));
    assert_eq!(site.letters().await, letters);
}

#[tokio::test]
async fn a_link_expires_and_a_forged_one_opens_nothing() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    sign_up(&mut visitor, EMAIL, given::PASSWORD).await;
    let path = last_link_to(&site, EMAIL).await;
    let (start, seal) = path.rsplit_once('/').unwrap();
    for forged in [
        format!("{start}/{}", "0".repeat(64)),
        format!("{start}/{}", &seal[..62]),
        format!("{start}/x"),
        site.state.secret.link_path(uuid::Uuid::new_v4()),
        format!("/lien/pas-un-numero/{seal}"),
    ] {
        assert_eq!(visitor.get(&forged).await.status, 404, "{forged}");
        let answer = visitor.post(&forged, &[("password", given::PASSWORD)]).await;
        assert_eq!(answer.status, 404, "{forged}");
        assert!(answer.says("Ce lien ne fonctionne pas"));
    }
    site.state.clock.advance(Duration::hours(24));
    let answer = visitor.post(&path, &[("password", given::PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert!(answer.says("Il fonctionnait pendant 24 heures"));
    assert_eq!(answer.attribute("main a.fr-btn", "href").as_deref(), Some("/inscription"));
}

#[tokio::test]
async fn no_secret_waits_in_the_outbox() {
    let site = TestSite::new().await;
    sign_up(&mut site.visitor(), EMAIL, given::PASSWORD).await;
    let path = site.state.secret.link_path(link(&letters_to(&site, EMAIL).await[0]));
    let seal = path.rsplit('/').next().unwrap();
    for table in ["select outbox::text from outbox", "select account_links::text from account_links", "select journal::text from journal"] {
        let rows: Vec<String> = sqlx::query_scalar(table).fetch_all(&site.state.db).await.unwrap();
        assert!(!rows.is_empty());
        assert!(rows.iter().all(|row| !row.contains(seal) && !row.contains("nuages")), "{table}");
    }
}

#[tokio::test]
async fn every_mistake_is_told_at_once_and_nothing_typed_is_lost_but_the_password() {
    let site = TestSite::new().await;
    let fields = [("given_name", ""), ("family_name", "Rousseau"), ("email", "camille@clamart"), ("password", "trop court")];
    let answer = site.visitor().post("/inscription", &fields).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.count("#erreurs a"), 3);
    assert_eq!(answer.attribute("#family_name", "value").as_deref(), Some("Rousseau"));
    assert_eq!(answer.attribute("#email", "value").as_deref(), Some("camille@clamart"));
    assert_eq!(answer.attribute("#password", "value"), None);
    assert!(!answer.html.contains("trop court"));
    assert!(answer.says("Ce mot de passe a 10 caractères, il en faut au moins 12"));
}

#[tokio::test]
async fn a_password_somebody_would_try_first_is_refused() {
    let site = TestSite::new().await;
    for (password, sentence) in [
        ("motdepasse1234", "parmi les premiers qu’on essaie"),
        ("azertyuiopqsdf", "un motif trop simple"),
        ("mon franceconnect", "« franceconnect »"),
        ("je suis Rousseau !", "« rousseau »"),
        ("rue de Clamart 12", "« clamart »"),
    ] {
        let answer = sign_up(&mut site.visitor(), EMAIL, password).await;
        assert_eq!(answer.status, 422, "{password}");
        assert!(answer.says(sentence), "{}", answer.text());
    }
    assert_eq!(count(&site, "select count(*) from outbox").await, 0);
}

#[tokio::test]
async fn a_name_carries_neither_link_nor_order_to_the_mailer() {
    let site = TestSite::new().await;
    for name in
        ["https://gagnez.test", "www.gagnez.test", "a\r\nBcc: tous@clamart.test", "a\0b", "\u{202e}lru", &"x".repeat(61), "<b>", "a@b.test"]
    {
        let fields = [("given_name", name), ("family_name", "Rousseau"), ("email", EMAIL), ("password", given::PASSWORD)];
        assert_eq!(site.visitor().post("/inscription", &fields).await.status, 422, "{name:?}");
    }
    assert_eq!(count(&site, "select count(*) from outbox").await, 0);
}

#[tokio::test]
async fn asked_for_at_once_an_account_is_made_once() {
    let site = TestSite::new().await;
    let mut asking = Vec::new();
    for _ in 0..3 {
        let mut visitor = site.visitor();
        asking.push(tokio::spawn(async move { sign_up(&mut visitor, EMAIL, given::PASSWORD).await.status }));
    }
    for status in asking {
        assert_eq!(status.await.unwrap(), 200);
    }
    assert_eq!(count(&site, "select count(*) from accounts").await, 1);
    let open = "select count(*) from account_links where withdrawn_at is null";
    assert_eq!(count(&site, open).await, 1);
    assert_eq!(journal(&site).await, ["account_created"]);
    assert_eq!(letters_to(&site, EMAIL).await.len(), 3);
}

#[tokio::test]
async fn known_or_not_the_answer_takes_the_same_time() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    for path in ["/inscription", "/mot-de-passe-oublie"] {
        for email in [EMAIL, "inconnue@clamart.test"] {
            let started = std::time::Instant::now();
            let fields = [("given_name", "Zoé"), ("family_name", "Petit"), ("email", email), ("password", given::PASSWORD)];
            assert_eq!(site.visitor().post(path, &fields).await.status, 200);
            assert!(started.elapsed() >= std::time::Duration::from_millis(300), "{path} {email}");
        }
    }
    assert_eq!(letters_to(&site, EMAIL).await.len(), 2);
    assert_eq!(letters_to(&site, "inconnue@clamart.test").await.len(), 2, "signing up made an account, which may then be opened by a link");
}

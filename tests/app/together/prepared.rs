//! A demande the team prepares for somebody, and one it entrusts to somebody else of the organisation.

use habilitation::{ids::ApplicationId, problem::Problem, review::approve};
use time::Duration;
use uuid::Uuid;

use crate::support::{TestSite, Visitor, given};

const CAMILLE: &str = "camille@clamart.test";
const LIST: &str = "/instruction/preparees";

/// Nadia, a reviewer, before the site.
async fn nadia(site: &TestSite) -> Visitor {
    given::a_reviewer(site, "nadia@equipe.test").await;
    let mut browser = site.visitor();
    browser.sign_in("nadia@equipe.test").await;
    browser
}

async fn camille(site: &TestSite) -> Visitor {
    given::a_person(site, CAMILLE).await;
    let mut browser = site.visitor();
    browser.sign_in(CAMILLE).await;
    browser
}

/// Nadia prepares an administration's demande for Camille; the path of the link in the letter.
async fn prepared_for_camille(site: &TestSite, nadia: &mut Visitor) -> String {
    let key = Uuid::new_v4().to_string();
    let fields = [
        ("siret", given::CLAMART),
        ("start_key", key.as_str()),
        ("type", "administration"),
        ("email", CAMILLE),
        ("note", "Suite à notre échange du 2 décembre."),
        ("service_name", "Portail familles"),
    ];
    let answer = nadia.post("/instruction/nouvelle", &fields).await;
    assert_eq!(answer.location(), LIST, "{}", answer.text());
    last_link(site).await
}

async fn last_link(site: &TestSite) -> String {
    let letters = site.letters_to(CAMILLE).await;
    letters.last().unwrap().link().unwrap().trim_start_matches("http://localhost:3000").to_owned()
}

fn number(location: &str) -> ApplicationId {
    ApplicationId(location.split('/').nth(2).unwrap().parse().unwrap())
}

#[tokio::test]
async fn what_the_team_prepared_becomes_the_draft_of_the_owner_of_the_address() {
    let site = TestSite::new().await;
    let mut nadia = nadia(&site).await;
    let page = nadia.get(&format!("/instruction/nouvelle?siret={}", given::CLAMART)).await;
    assert!(page.says("Vous ne pourrez pas décider de cette demande") && page.says("Quelle demande ?"), "{}", page.text());
    let link = prepared_for_camille(&site, &mut nadia).await;
    let letter = site.letters_to(CAMILLE).await.remove(0);
    assert!(letter.text.contains("Suite à notre échange du 2 décembre."), "{}", letter.text);
    assert!(nadia.get(LIST).await.says("par Nadia Rousseau"));
    assert!(site.visitor().get(&link).await.location().starts_with("/connexion?suite="));
    let mut camille = camille(&site).await;
    let offer = camille.get(&link).await;
    assert!(offer.says("Nadia Rousseau, de l’équipe FranceConnect, a commencé pour vous"), "{}", offer.text());
    assert_eq!(camille.get("/demandes/1/service").await.status, 404, "nothing exists yet");
    let taken = camille.post(&format!("{link}/reprise"), &[]).await;
    assert_eq!(taken.location(), "/demandes/1/organisme", "{}", taken.text());
    let step = camille.get("/demandes/1/service").await;
    assert_eq!(step.attribute("#service_name", "value").as_deref(), Some("Portail familles"), "what was proposed");
    assert_eq!(step.attribute("#service_url", "value").as_deref(), Some(""), "and the gaps");
    assert!(nadia.get(LIST).await.says("Aucune demande n’attend d’être reprise"));
    let again = camille.post(&format!("{link}/reprise"), &[]).await;
    assert_eq!(again.status, 409);
    assert!(again.says("son lien ne sert qu’une fois"), "{}", again.text());
    assert_eq!(camille.get("/demandes/2/service").await.status, 404, "one draft, once");
}

#[tokio::test]
async fn nobody_but_the_owner_of_the_address_takes_it() {
    let site = TestSite::new().await;
    let mut nadia = nadia(&site).await;
    let link = prepared_for_camille(&site, &mut nadia).await;
    given::a_person(&site, "malo@rhone.test").await;
    let mut malo = site.visitor();
    malo.sign_in("malo@rhone.test").await;
    for browser in [&mut malo, &mut nadia] {
        let shown = browser.get(&link).await;
        assert_eq!(shown.status, 403);
        assert!(shown.says("préparée pour une autre adresse") && !shown.says("Commune de Clamart"), "{}", shown.text());
        assert_eq!(browser.post(&format!("{link}/reprise"), &[]).await.status, 403);
    }
    assert_eq!(malo.get("/demandes/preparees/00000000-0000-4000-8000-000000000000").await.status, 404);
    assert_eq!(site.letters_to(CAMILLE).await.len(), 1);
}

#[tokio::test]
async fn an_expired_one_is_renewed_and_a_cancelled_one_opens_nothing() {
    let site = TestSite::new().await;
    let mut nadia = nadia(&site).await;
    let link = prepared_for_camille(&site, &mut nadia).await;
    site.state.clock.advance(Duration::days(30));
    given::a_person(&site, CAMILLE).await;
    let (mut camille, mut reviewer) = (site.visitor(), site.visitor());
    camille.sign_in(CAMILLE).await;
    reviewer.sign_in("nadia@equipe.test").await;
    assert_eq!(camille.post(&format!("{link}/reprise"), &[]).await.status, 409);
    assert!(reviewer.get(LIST).await.says("expirée"));
    let id = link.rsplit('/').next().unwrap().to_owned();
    assert_eq!(reviewer.post(&format!("{LIST}/{id}/renouvellement"), &[]).await.location(), LIST);
    assert_eq!(last_link(&site).await, link, "the same link, in a new letter");
    assert_eq!(site.letters_to(CAMILLE).await.len(), 2);
    assert!(camille.get(&link).await.says("En faire mon brouillon"));
    assert_eq!(reviewer.post(&format!("{LIST}/{id}/annulation"), &[]).await.location(), LIST);
    let shown = camille.get(&link).await;
    assert!(shown.says("L’équipe FranceConnect a annulé cette demande préparée."), "{}", shown.text());
    assert_eq!(camille.post(&format!("{link}/reprise"), &[]).await.status, 409);
    assert_eq!(reviewer.post(&format!("{LIST}/{id}/renouvellement"), &[]).await.status, 409, "it is over");
}

#[tokio::test]
async fn a_mistake_in_the_page_loses_nothing_and_one_pressed_twice_sends_one_letter() {
    let site = TestSite::new().await;
    let mut nadia = nadia(&site).await;
    let key = Uuid::new_v4().to_string();
    let mistaken =
        [("siret", given::CLAMART), ("start_key", key.as_str()), ("type", ""), ("email", "camille"), ("service_name", "Portail familles")];
    let refused = nadia.post("/instruction/nouvelle", &mistaken).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("2 points à corriger"), "{}", refused.text());
    assert_eq!(refused.attribute("#service_name", "value").as_deref(), Some("Portail familles"));
    let fields = [("siret", given::CLAMART), ("start_key", key.as_str()), ("type", "sante"), ("email", CAMILLE)];
    assert_eq!(nadia.post("/instruction/nouvelle", &fields).await.status, 303);
    assert_eq!(nadia.post("/instruction/nouvelle", &fields).await.status, 303);
    let other = Uuid::new_v4().to_string();
    let same = [("siret", given::CLAMART), ("start_key", other.as_str()), ("type", "sante"), ("email", CAMILLE)];
    assert_eq!(nadia.post("/instruction/nouvelle", &same).await.status, 303);
    assert!(nadia.get(LIST).await.says("rien n’est parti de nouveau"));
    assert_eq!(site.letters_to(CAMILLE).await.len(), 1);
}

#[tokio::test]
async fn whoever_prepared_a_demande_does_not_decide_it() {
    let site = TestSite::new().await;
    let mut browser = nadia(&site).await;
    let link = prepared_for_camille(&site, &mut browser).await;
    let mut camille = camille(&site).await;
    let id = number(camille.post(&format!("{link}/reprise"), &[]).await.location());
    let person = given::a_person(&site, CAMILLE).await;
    given::fill(&site, &person, id).await;
    given::hand_in(&site, &person, id).await;
    let decide = async |email: &str| {
        let reviewer = given::a_reviewer(&site, email).await;
        let mut transaction = site.state.db.begin().await.unwrap();
        let decided = approve(&mut transaction, &reviewer, id, 1, String::new(), "DINUM", site.state.clock.now()).await;
        transaction.commit().await.unwrap();
        decided
    };
    assert!(matches!(decide("nadia@equipe.test").await, Err(Problem::Forbidden(_))));
    assert!(decide("sophie@equipe.test").await.is_ok());
    assert!(site.letters().await.len() > 3);
}

#[tokio::test]
async fn the_team_entrusts_a_demande_to_a_verified_member_and_both_are_told() {
    let site = TestSite::new().await;
    let mut nadia = nadia(&site).await;
    let author = given::a_person(&site, CAMILLE).await;
    let id = given::a_submitted_application(&site, &author).await;
    let leo = given::a_person(&site, "leo@clamart.test").await;
    let mut browser = site.visitor();
    browser.sign_in("leo@clamart.test").await;
    assert_eq!(browser.post("/compte/organismes", &[("siret", given::CLAMART)]).await.status, 303);
    let here = format!("/instruction/{}/transmission", id.0);
    assert!(nadia.get(&here).await.says("Personne ne peut la recevoir"), "he is not verified");
    let chosen = leo.account.to_string();
    let fields = [("membre", chosen.as_str()), ("because", "Camille a quitté la mairie")];
    assert_eq!(nadia.post(&here, &fields).await.status, 409);
    let organisation: i64 =
        sqlx::query_scalar("select organisation_id from applications where id = $1").bind(id.0).fetch_one(&site.state.db).await.unwrap();
    let confirm = format!("/instruction/organismes/{organisation}/membres/{}/confirmation", leo.account);
    assert_eq!(nadia.post(&confirm, &[("because", "Appel au standard de la mairie.")]).await.status, 303);
    let refused = nadia.post(&here, &[("membre", chosen.as_str()), ("because", "")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.attribute("input[name=membre][checked]", "value").is_some(), "what was chosen stays");
    assert_eq!(nadia.post(&here, &fields).await.location(), format!("/instruction/{}", id.0));
    assert_eq!(nadia.post(&here, &fields).await.status, 409, "he follows it already");
    let applicant: i64 =
        sqlx::query_scalar("select applicant_id from applications where id = $1").bind(id.0).fetch_one(&site.state.db).await.unwrap();
    assert_eq!(applicant, leo.account.0);
    let (to_camille, to_leo) = (site.letters_to(CAMILLE).await, site.letters_to("leo@clamart.test").await);
    for letter in [to_camille.last().unwrap(), to_leo.last().unwrap()] {
        assert!(letter.text.contains("Camille a quitté la mairie"), "{}", letter.text);
    }
    let to_leo = &to_leo.last().unwrap().text;
    assert!(to_leo.contains("L’équipe FranceConnect vous a confié la demande"), "{to_leo}");
    assert!(nadia.get(&format!("/instruction/{}", id.0)).await.says("a confié la demande de Camille Rousseau à Leo Rousseau"));
    assert_eq!(browser.get(&format!("/demandes/{}/retrait", id.0)).await.status, 200);
    site.letters().await;
}

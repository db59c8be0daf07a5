//! What is typed is never lost: saved by itself, compared when two texts meet, given back after a session that ended.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use habilitation::{applications::find_draft, ids::ApplicationId};
use serde_json::Value;
use time::Duration;

use crate::support::{Answer, TestSite, Visitor, given};

/// What the script sends, and what it is told.
async fn autosave(visitor: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> (Answer, Value) {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    let answer = visitor.send(request).await;
    let said = serde_json::from_str(&answer.html).unwrap_or_else(|_| panic!("no JSON: {} {}", answer.status, answer.html));
    (answer, said)
}

async fn saved_name(site: &TestSite, id: ApplicationId) -> String {
    let mut connection = site.state.db.acquire().await.unwrap();
    let draft = find_draft(&mut connection, id).await.unwrap();
    draft.fields(habilitation::applications::Step::Service).value("service_name").to_owned()
}

async fn told(site: &TestSite, id: ApplicationId, event: &str) -> i64 {
    sqlx::query_scalar("select count(*) from journal where application_id = $1 and event = $2")
        .bind(id.0)
        .bind(event)
        .fetch_one(&site.state.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_script_is_told_the_new_revision_and_the_time() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let path = format!("/demandes/{}/service", id.0);
    let (answer, said) = autosave(&mut camille, &path, &[("service_name", "Port"), ("revision", "0")]).await;
    assert_eq!((answer.status, &said["revision"]), (StatusCode::OK, &Value::from(1)));
    assert_eq!(said["line"], "Enregistré à 10\u{a0}h\u{a0}00");
    // the answer was lost on its way: the same text once more is no conflict and tells the same revision
    let (answer, said) = autosave(&mut camille, &path, &[("service_name", "Port"), ("revision", "0")]).await;
    assert_eq!((answer.status, &said["revision"]), (StatusCode::OK, &Value::from(1)));
    let (_, said) = autosave(&mut camille, &path, &[("service_name", "Portail"), ("revision", "1")]).await;
    assert_eq!(said["revision"], 2);
    assert_eq!(saved_name(&site, id).await, "Portail");
}

#[tokio::test]
async fn the_script_overwrites_nothing_and_hears_why_in_a_sentence() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let path = format!("/demandes/{}/service", id.0);
    autosave(&mut camille, &path, &[("service_name", "Portail A"), ("revision", "0")]).await;
    let (stale, said) = autosave(&mut camille, &path, &[("service_name", "Portail B"), ("revision", "0")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(said["detail"].as_str().unwrap().contains("Rien n’a été écrasé"));
    let (refused, said) = autosave(&mut camille, &path, &[("service_name", "a\0b"), ("revision", "1")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said["detail"].as_str().unwrap().starts_with("Ceci ne peut pas être enregistré. Nom"), "{said}");
    assert_eq!(saved_name(&site, id).await, "Portail A");
    site.state.clock.advance(Duration::minutes(31));
    let (ended, said) = autosave(&mut camille, &path, &[("service_name", "Portail C"), ("revision", "1")]).await;
    assert_eq!((ended.status, ended.location()), (StatusCode::UNAUTHORIZED, ""));
    assert!(said["detail"].as_str().is_some());
    let missing = autosave(&mut site.visitor(), &path, &[("service_name", "X"), ("revision", "1")]).await;
    assert_eq!(missing.0.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn saving_every_few_seconds_writes_one_line_of_journal_a_quarter_of_an_hour() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let path = format!("/demandes/{}/service", id.0);
    let mut revision = 0;
    for minute in 0..31 {
        let (name, shown) = (format!("Portail {minute}"), revision.to_string());
        let (answer, said) = autosave(&mut camille, &path, &[("service_name", &name), ("revision", &shown)]).await;
        assert_eq!(answer.status, StatusCode::OK);
        revision = said["revision"].as_i64().unwrap();
        site.state.clock.advance(Duration::minutes(1));
    }
    assert_eq!((revision, told(&site, id, "step_saved").await), (31, 3), "at minutes 0, 15 and 30");
    let other = format!("/demandes/{}/traitement", id.0);
    autosave(&mut camille, &other, &[("recipients", "Le service scolaire"), ("revision", "0")]).await;
    assert_eq!(told(&site, id, "step_saved").await, 4, "another step is another line");
}

#[tokio::test]
async fn two_tabs_compare_their_texts_field_by_field() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let path = format!("/demandes/{}/service", id.0);
    let first = [("service_name", "Portail A"), ("service_description", "Pour\r\nles familles"), ("yearly_volume", "12 000")];
    let sent = [first.as_slice(), &[("revision", "0"), ("suite", "enregistrer")]].concat();
    assert_eq!(camille.post(&path, &sent).await.status, StatusCode::SEE_OTHER);
    let second = [("service_name", "Portail B"), ("service_description", "Pour\nles familles"), ("service_url", "https://b.example")];
    let sent = [second.as_slice(), &[("revision", "0"), ("suite", "enregistrer")]].concat();
    let page = camille.post(&path, &sent).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.says("3 champs diffèrent") && page.says("Vous l’avez enregistrée vous-même à 10 h 00"), "{}", page.text());
    assert!(page.says("Portail A") && page.says("Portail B") && page.says("12 000") && page.says("(rien)"));
    assert_eq!(page.count("fieldset.hab-either"), 3, "the description is the same, however its lines end");
    assert_eq!(page.count("input[type=radio][checked]"), 0, "nothing is chosen for anybody");

    let revision = page.attribute("input[name=revision]", "value").unwrap();
    let again = [second.as_slice(), &[("revision", &revision), ("conflit", "oui"), ("suite", "enregistrer")]].concat();
    let half = [again.as_slice(), &[("garde-service_name", "enregistre")]].concat();
    let told = camille.post(&path, &half).await;
    assert_eq!((told.status, told.count("#erreurs li")), (StatusCode::UNPROCESSABLE_ENTITY, 2));
    assert!(told.attribute("#service_name-enregistre[checked]", "id").is_some(), "the choice made is given back");
    let choices = [("garde-service_name", "enregistre"), ("garde-service_url", "saisi"), ("garde-yearly_volume", "enregistre")];
    let settled = camille.post(&path, &[again.as_slice(), &choices].concat()).await;
    assert_eq!(settled.location(), path, "{}", settled.text());
    let step = camille.get(&path).await;
    for (field, value) in [("service_name", "Portail A"), ("service_url", "https://b.example"), ("yearly_volume", "12 000")] {
        assert_eq!(step.attribute(&format!("#{field}"), "value").as_deref(), Some(value));
    }
}

#[tokio::test]
async fn a_step_that_changes_while_people_choose_is_compared_once_more() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let path = format!("/demandes/{}/service", id.0);
    for (name, revision) in [("Portail A", "0"), ("Portail C", "1")] {
        camille.post(&path, &[("service_name", name), ("revision", revision), ("suite", "enregistrer")]).await;
    }
    // the page of the conflict showed revision 1
    let late = [("service_name", "Portail B"), ("revision", "1"), ("conflit", "oui"), ("garde-service_name", "saisi")];
    let page = camille.post(&path, &late).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.says("Portail C") && page.says("Portail B"));
    assert_eq!(saved_name(&site, id).await, "Portail C");
}

#[tokio::test]
async fn what_a_session_that_ended_left_behind_never_covers_what_was_saved_since() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let path = format!("/demandes/{}/service", id.0);
    let mut tab = camille.another_tab();
    site.state.clock.advance(Duration::minutes(31));
    camille.post(&path, &[("service_name", "Tapé avant"), ("revision", "0"), ("suite", "continuer")]).await;
    camille.sign_in("camille@clamart.test").await;
    // the page that stayed open goes on by itself: nothing older comes back afterwards
    autosave(&mut camille, &path, &[("service_name", "Tapé avant, puis après"), ("revision", "0")]).await;
    let page = camille.get(&path).await;
    assert_eq!(page.attribute("#service_name", "value").as_deref(), Some("Tapé avant, puis après"));
    assert!(!page.says("session avait expiré"));

    // somebody saved in between: both texts are shown
    tab.sign_in("camille@clamart.test").await;
    site.state.clock.advance(Duration::minutes(31));
    tab.post(&path, &[("service_name", "D’un onglet oublié"), ("revision", "0"), ("suite", "enregistrer")]).await;
    tab.sign_in("camille@clamart.test").await;
    let page = tab.get(&path).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.says("D’un onglet oublié") && page.says("Tapé avant, puis après"), "{}", page.text());
}

#[tokio::test]
async fn a_reviewer_s_refusal_survives_the_end_of_their_session() {
    let site = TestSite::new().await;
    let (_, id) = given::somebody_with_a_submitted_demande(&site).await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    let typed = [("outcome", "refused"), ("version", "1"), ("message", "Le service décrit n’est pas ouvert au public.")];
    site.state.clock.advance(Duration::minutes(16));
    let ended = nadia.decides(&format!("/instruction/{}/decision", id.0), &typed).await;
    assert!(ended.location().starts_with("/connexion"), "{}", ended.location());
    nadia.sign_in("nadia@dinum.test").await;
    let page = nadia.get(&format!("/instruction/{}/refus", id.0)).await;
    assert!(page.says("Le service décrit n’est pas ouvert au public.") && page.says("Rien n’a été décidé"), "{}", page.text());
    assert_eq!(site.letters_to("camille@clamart.test").await.len(), 1, "the acknowledgement alone");
}

#[tokio::test]
async fn the_words_before_the_deposit_survive_the_end_of_the_session() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    site.state.clock.advance(Duration::minutes(31));
    let typed = [("seen", "6"), ("explanation", "Le registre est en retard."), ("terms_accepted", "oui")];
    camille.post(&format!("/demandes/{}/depot", id.0), &typed).await;
    camille.sign_in("camille@clamart.test").await;
    let page = camille.get(&format!("/demandes/{}/recapitulatif", id.0)).await;
    assert!(page.says("Le registre est en retard."), "{}", page.text());
    assert!(page.attribute("#terms_accepted[checked]", "id").is_some());
}

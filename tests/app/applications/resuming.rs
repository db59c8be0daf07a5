//! A demande that ended without a right goes on as a new draft, with all its content.

use axum::http::StatusCode;
use habilitation::{applications, ids::ApplicationId};

use crate::support::{TestSite, Visitor, given};

async fn resume(visitor: &mut Visitor, from: ApplicationId) -> (String, String) {
    let page = visitor.get(&format!("/demandes/{}", from.0)).await;
    let key = page.attribute("form[action$='/reprise'] input[name=start_key]", "value").expect("a button to resume");
    let resumed = visitor.post(&format!("/demandes/{}/reprise", from.0), &[("start_key", &key)]).await;
    (resumed.location().to_owned(), key)
}

#[tokio::test]
async fn a_refused_demande_is_resumed_with_all_its_content_and_both_sides_see_the_link() {
    let site = TestSite::new().await;
    let (mut camille, old) = given::somebody_with_a_submitted_demande(&site).await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    let ground = nadia.get(&format!("/instruction/{}/refus", old.0)).await.attribute("input[name=ground]", "value").unwrap();
    let refusal = [("outcome", "refused"), ("version", "1"), ("ground", &ground), ("message", "Trop de données demandées.")];
    assert_eq!(nadia.decides(&format!("/instruction/{}/decision", old.0), &refusal).await.status, StatusCode::SEE_OTHER);

    let (location, key) = resume(&mut camille, old).await;
    let new = ApplicationId::parse(location.split('/').nth(2).unwrap()).unwrap();
    let twice = camille.post(&format!("/demandes/{}/reprise", old.0), &[("start_key", &key)]).await;
    assert_eq!(twice.location(), location, "a double click starts one");
    let mut connection = site.state.db.acquire().await.unwrap();
    let (before, after) =
        (applications::find_draft(&mut connection, old).await.unwrap(), applications::find_draft(&mut connection, new).await.unwrap());
    for step in before.form.steps() {
        assert_eq!(before.fields(*step).all_to_json(), after.fields(*step).all_to_json(), "{step:?}");
    }
    assert_eq!(applications::find(&mut connection, new).await.unwrap().title(), "Portail familles");
    let step = camille.get(&format!("/demandes/{}/service", new.0)).await;
    assert!(step.says(&format!("reprend la demande {old}")), "{}", step.text());
    assert!(camille.get(&format!("/demandes/{}", old.0)).await.says(&format!("reprise dans la demande {new}")));
    let dossier = nadia.get(&format!("/instruction/{}", old.0)).await;
    assert!(!dossier.says(&format!("la demande {new}")), "what is not handed in is nobody's business");

    let person = given::a_person(&site, "camille@clamart.test").await;
    given::hand_in(&site, &person, new).await;
    assert!(nadia.get(&format!("/instruction/{}", new.0)).await.says(&format!("reprend la demande {old}")));
    assert!(nadia.get(&format!("/instruction/{}", old.0)).await.says(&format!("reprise dans la demande {new}")));
    site.outbox().await;
}

#[tokio::test]
async fn what_was_typed_after_the_last_deposit_is_resumed_too() {
    let site = TestSite::new().await;
    let (mut camille, old) = given::somebody_with_a_submitted_demande(&site).await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    let asked = [("outcome", "changes_requested"), ("version", "1"), ("message", "Précisez l’hébergeur.")];
    assert_eq!(nadia.decides(&format!("/instruction/{}/decision", old.0), &asked).await.status, StatusCode::SEE_OTHER);
    let path = format!("/demandes/{}/traitement", old.0);
    let revision = camille.get(&path).await.attribute("input[name=revision]", "value").unwrap();
    let typed = [("recipients", "Le service scolaire et Hébergeur public SAS."), ("revision", revision.as_str()), ("suite", "enregistrer")];
    assert_eq!(camille.post(&path, &typed).await.status, StatusCode::SEE_OTHER);
    camille.post(&format!("/demandes/{}/retrait", old.0), &[]).await;
    let (location, _) = resume(&mut camille, old).await;
    let page = camille.get(&location.replace("recapitulatif", "traitement")).await;
    assert!(page.says("Hébergeur public SAS"), "{}", page.text());
    site.outbox().await;
}

#[tokio::test]
async fn a_demande_that_is_not_over_is_not_resumed() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_submitted_demande(&site).await;
    let key = [("start_key", "0189f7ea-ae2c-7809-8aeb-b819cf5e9e7f")];
    assert_eq!(camille.post(&format!("/demandes/{}/reprise", id.0), &key).await.status, StatusCode::CONFLICT);
    assert_eq!(camille.get(&format!("/demandes/{}", id.0)).await.count("form[action$='/reprise']"), 0);
    camille.post(&format!("/demandes/{}/retrait", id.0), &[]).await;
    assert_eq!(camille.post(&format!("/demandes/{}/reprise", id.0), &[]).await.status, StatusCode::BAD_REQUEST, "a page of ours has a key");
    assert_eq!(site.letters().await.len(), 1);
}

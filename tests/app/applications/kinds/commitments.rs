//! Commitments: on which day, on which version of which document.

use axum::http::StatusCode;
use habilitation::{
    applications::{self, Kind},
    experimentation::Document,
};

use crate::support::{
    TestSite, campaigns, given,
    private::{self, ASSOCIATION},
};

async fn change_terms(site: &TestSite, version: &str) {
    let terms = Document { version: version.into(), url: "https://partenaires.test/cgu".into() };
    campaigns::change(site, |campaign| campaign.terms = terms).await;
}

#[tokio::test]
async fn a_document_that_changes_between_tick_and_submission_is_read_and_ticked_again() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let person = given::a_person(&site, "camille@exemple.test").await;
    let id = private::a_complete_draft(&site, &person, ASSOCIATION, Kind::Experiment).await;
    let mut camille = site.visitor();
    camille.sign_in("camille@exemple.test").await;
    let base = format!("/demandes/{}", id.0);
    let seen = camille.get(&format!("{base}/recapitulatif")).await.attribute("input[name=seen]", "value").unwrap();

    change_terms(&site, "version 5.0").await;
    site.state.clock.advance(time::Duration::days(4));
    camille.sign_in("camille@exemple.test").await;
    let late = camille.post(&format!("{base}/depot"), &given::attested(&seen)).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says("Les engagements") && late.says("Rien n’a été déposé"), "{}", late.text());

    let page = camille.get(&format!("{base}/engagements?verifier=1")).await;
    assert!(page.says("Lisez la version d’aujourd’hui (CGU des fournisseurs de service, version 5.0)"), "{}", page.text());
    assert_eq!(page.count("input[type=checkbox][checked]"), 6, "the one whose document changed is no longer ticked");
    assert_eq!(page.count("#commitment_s3[checked]"), 0);
    let draft = applications::find_draft(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap();
    let ticked = private::commitments(&draft);
    let revision = page.attribute("input[name=revision]", "value").unwrap();
    let mut fields: Vec<(&str, &str)> = ticked.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.extend([("revision", revision.as_str()), ("suite", "continuer")]);
    assert_eq!(camille.post(&format!("{base}/engagements"), &fields).await.status, StatusCode::SEE_OTHER);

    let seen = camille.get(&format!("{base}/recapitulatif")).await.attribute("input[name=seen]", "value").unwrap();
    assert_eq!(camille.post(&format!("{base}/depot"), &given::attested(&seen)).await.status, StatusCode::SEE_OTHER);
    let version = applications::find_version(&mut site.state.db.acquire().await.unwrap(), id, 1).await.unwrap();
    let made = &version.content.case.candidature().unwrap().commitments;
    assert_eq!((made[0].on.as_str(), made[2].on.as_str()), ("2026-12-03", "2026-12-07"), "each keeps its own day");
    assert!(made[2].document.ends_with("version 5.0"));
    site.letters().await;
}

#[tokio::test]
async fn no_page_writes_the_day_of_a_tick() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let person = given::a_person(&site, "camille@exemple.test").await;
    let id = given::a_draft_for(&site, &person, ASSOCIATION, Kind::Experiment).await.unwrap();
    let mut camille = site.visitor();
    camille.sign_in("camille@exemple.test").await;
    let path = format!("/demandes/{}/engagements", id.0);
    let forged = [("commitment_s1", "oui"), ("commitment_s1_on", "2020-01-01"), ("revision", "0"), ("suite", "enregistrer")];
    assert_eq!(camille.post(&path, &forged).await.status, StatusCode::SEE_OTHER);
    let draft = applications::find_draft(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap();
    assert_eq!(draft.fields(habilitation::applications::Step::Commitments).value("commitment_s1_on"), "2026-12-03");
}

#[tokio::test]
async fn nobody_leaves_a_document_without_a_version() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let yasmine = campaigns::yasmine(&site).await;
    let proposal = campaigns::proposal(&site, |campaign| campaign.terms.version = " ".into()).await;
    assert!(campaigns::propose(&site, &yasmine, &proposal).await.is_err());
    let kept: String = sqlx::query_scalar("select terms_version from campaigns").fetch_one(&site.state.db).await.unwrap();
    assert_eq!(kept, "version 4.0 du 12 mai 2021");
}

//! What somebody reads: their own demandes and, where their membership is confirmed, those of their colleagues.

use habilitation::{
    accounts::{Applicant, Person, Reviewer, Role},
    applications::delete_draft,
    ids::{ApplicationId, OrganisationId},
    organisations::{Reason, verify_membership},
    review::approve,
};

use crate::support::{TestSite, Visitor, given};

/// Camille of Clamart and Léo, whom the team confirmed, and Léo's browser.
async fn two_colleagues(site: &TestSite) -> (Person, Person, Visitor) {
    let camille = given::a_person(site, "camille@clamart.test").await;
    let leo = given::a_person(site, "leo@clamart.test").await;
    let mut browser = site.visitor();
    browser.sign_in("leo@clamart.test").await;
    assert_eq!(browser.post("/compte/organismes", &[("siret", given::CLAMART)]).await.status, 303);
    let reviewer = Reviewer::new(given::staff(site, Role::Signatory).await).unwrap();
    let clamart: i64 = sqlx::query_scalar("select organisation_id from memberships").fetch_one(&site.state.db).await.unwrap();
    let because = Reason::parse("Appel au standard").unwrap();
    let now = site.state.clock.now();
    let mut transaction = site.state.db.begin().await.unwrap();
    verify_membership::by_reviewer(&mut transaction, &reviewer, leo.account, OrganisationId(clamart), &because, now).await.unwrap();
    transaction.commit().await.unwrap();
    (camille, leo, browser)
}

async fn throw_away(site: &TestSite, applicant: &Person, id: ApplicationId) {
    let mut transaction = site.state.db.begin().await.unwrap();
    delete_draft(&mut transaction, &Applicant::new(applicant.clone()), id, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn the_list_says_whose_each_demande_is_and_opens_what_was_handed_in() {
    let site = TestSite::new().await;
    let (camille, leo, mut browser) = two_colleagues(&site).await;
    let submitted = given::a_submitted_application(&site, &camille).await;
    let draft = given::a_draft(&site, &camille).await;
    let given_up = given::a_draft(&site, &camille).await;
    throw_away(&site, &camille, given_up).await;
    let own = given::a_draft(&site, &leo).await;

    let page = browser.get("/demandes").await;
    assert!(page.says("Commune de Clamart, par Camille Rousseau"), "{}", page.text());
    assert!(page.says("Pas encore déposée : vous la lirez quand elle le sera."));
    for (id, opens) in [(submitted, 1), (draft, 0), (own, 1), (given_up, 0)] {
        assert_eq!(page.count(&format!("main a[href='/demandes/{}']", id.0)), opens, "{id}");
    }
    assert!(!page.says(&format!("{given_up} Demande sans nom")), "a draft that was given up is its author's");
    assert!(page.says("Une demande attend votre action."), "only one's own wait: {}", page.text());

    let read = browser.get(&format!("/demandes/{}", submitted.0)).await;
    assert!(read.says("Cette demande de Camille Rousseau a été reçue le 3 décembre 2026"), "{}", read.text());
    assert!(!read.says("Retirer ma demande") && !read.says("votre demande"), "{}", read.text());
    let receipt = browser.get(&format!("/demandes/{}/recepisse", submitted.0)).await;
    assert!(receipt.says("déposée par Camille Rousseau") && !receipt.says("leo@clamart.test"), "{}", receipt.text());
    site.letters().await;
}

#[tokio::test]
async fn a_right_is_read_by_verified_colleagues_and_by_no_other() {
    let site = TestSite::new().await;
    let (camille, _, mut leo) = two_colleagues(&site).await;
    let demande = given::a_submitted_application(&site, &camille).await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let right = approve(&mut transaction, &nadia, demande, 1, String::new(), "DINUM", site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();

    given::a_person(&site, "zoe@clamart.test").await;
    let mut zoe = site.visitor();
    zoe.sign_in("zoe@clamart.test").await;
    assert_eq!(zoe.post("/compte/organismes", &[("siret", given::CLAMART)]).await.status, 303);
    let path = format!("/habilitations/{}", right.0);
    assert!(leo.get("/habilitations").await.says("Portail familles"));
    assert_eq!(leo.get(&path).await.status, 200);
    assert!(!zoe.get("/habilitations").await.says("Portail familles"), "nobody confirmed her");
    assert_eq!(zoe.get(&path).await.status, 404);
    assert!(!zoe.get("/demandes").await.says("Portail familles"));
    site.letters().await;
}

#[tokio::test]
async fn the_demandes_of_one_organisation_are_shown_alone() {
    let site = TestSite::new().await;
    let (camille, leo, mut browser) = two_colleagues(&site).await;
    given::a_submitted_application(&site, &camille).await;
    given::a_draft(&site, &leo).await;
    assert_eq!(browser.get("/demandes").await.count("select[name=organisme]"), 0, "nothing to choose from");
    assert_eq!(browser.post("/compte/organismes", &[("siret", "22690001700014")]).await.status, 303);

    let page = browser.get("/demandes").await;
    assert_eq!(page.count("select[name=organisme] option"), 3, "all of them, and each");
    let links: Vec<String> = ["2", "3"]
        .iter()
        .map(|nth| page.attribute(&format!("select[name=organisme] option:nth-child({nth})"), "value").unwrap())
        .map(|organisation| format!("/demandes?organisme={organisation}"))
        .collect();
    let clamart = browser.get(&links[0]).await;
    assert!(clamart.says("Portail familles") && clamart.says("Organisme : Commune de Clamart"), "{}", clamart.text());
    let rhone = browser.get(&links[1]).await;
    assert!(rhone.says("Aucune demande pour cet organisme") && !rhone.says("Portail familles"), "{}", rhone.text());
    assert_eq!(rhone.count("a[href='/demandes/nouvelle?siret=22690001700014']"), 1, "a demande starts for the one that is shown");
    assert_eq!(browser.get("/demandes?organisme=").await.status, 200);

    given::a_person(&site, "malo@rhone.test").await;
    let mut malo = site.visitor();
    malo.sign_in("malo@rhone.test").await;
    assert_eq!(malo.get(&links[0]).await.status, 404, "not one of theirs");
    for query in ["999999", "x", "-1", "99999999999999999999", "1%27"] {
        assert_eq!(browser.get(&format!("/demandes?organisme={query}")).await.status, 404, "{query}");
    }
    site.letters().await;
}

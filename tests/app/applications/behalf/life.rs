//! What befalls other demandes befalls those of a vendor too: taken over, resumed, thrown away, announced, printed.

use axum::http::StatusCode;
use habilitation::{
    applications::{self, tidy_drafts},
    authorizations,
    organisations::{Reason, verify_membership, withdraw_verification},
    review::approve,
};
use time::Duration;

use super::{CLAMART, VENDOR, a_complete_draft, a_vendor, count, filed_for_clamart};
use crate::support::{TestSite, Visitor, given};

/// Somebody whose membership of that organisation the team confirmed.
async fn a_verified_member(site: &TestSite, email: &str, siret: &'static str) -> Visitor {
    let person = given::a_person(site, email).await;
    let mut browser = site.visitor();
    browser.sign_in(email).await;
    assert_eq!(browser.post("/compte/organismes", &[("siret", siret)]).await.status, StatusCode::SEE_OTHER);
    let reviewer = given::a_reviewer(site, "ines@dinum.test").await;
    let organisation: i64 =
        sqlx::query_scalar("select id from organisations where siret = $1").bind(siret).fetch_one(&site.state.db).await.unwrap();
    let mut transaction = site.state.db.begin().await.unwrap();
    let because = Reason::parse("Appel au standard").unwrap();
    let organisation = habilitation::ids::OrganisationId(organisation);
    verify_membership::by_reviewer(&mut transaction, &reviewer, person.account, organisation, &because, site.state.clock.now())
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    browser
}

#[tokio::test]
async fn a_client_s_own_people_do_not_take_over_what_its_vendor_files_and_the_vendor_s_do() {
    let site = TestSite::new().await;
    let (_, id, _, _) = filed_for_clamart(&site).await;
    let mut mairie = a_verified_member(&site, "malo@clamart.test", CLAMART).await;
    let mut colleague = a_verified_member(&site, "lina@editeur.test", VENDOR).await;
    let take_over = format!("/demandes/{}/releve", id.0);
    assert!(!mairie.get("/demandes").await.says("Reprendre à mon nom"));
    for browser in [&mut mairie, &mut colleague] {
        assert_eq!(browser.get(&take_over).await.status, StatusCode::NOT_FOUND, "Karim is still there");
    }
    site.letters().await;
}

#[tokio::test]
async fn when_its_author_leaves_the_vendor_a_verified_colleague_takes_the_demande_over() {
    let site = TestSite::new().await;
    let (_, id, _, _) = filed_for_clamart(&site).await;
    let mut mairie = a_verified_member(&site, "malo@clamart.test", CLAMART).await;
    let mut colleague = a_verified_member(&site, "lina@editeur.test", VENDOR).await;
    let reviewer = given::a_reviewer(&site, "ines@dinum.test").await;
    let karim = given::a_person(&site, "karim@editeur.test").await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let vendor = applications::find(&mut transaction, id).await.unwrap().represented_by.unwrap();
    let because = Reason::parse("Il a changé d’employeur.").unwrap();
    withdraw_verification(&mut transaction, &reviewer, karim.account, vendor, &because, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    let take_over = format!("/demandes/{}/releve", id.0);
    assert_eq!(mairie.get(&take_over).await.status, StatusCode::NOT_FOUND);
    assert_eq!(colleague.get("/demandes").await.count(&format!("a[href='{take_over}']")), 1);
    let done = colleague.post(&take_over, &[("because", "Karim est parti.")]).await;
    assert_eq!(done.location(), format!("/demandes/{}", id.0));
    site.letters().await;
}

#[tokio::test]
async fn a_refused_demande_of_a_vendor_is_resumed_for_the_same_client() {
    let site = TestSite::new().await;
    let (mut karim, old, _, _) = filed_for_clamart(&site).await;
    karim.post(&format!("/demandes/{}/retrait", old.0), &[]).await;
    let page = karim.get(&format!("/demandes/{}", old.0)).await;
    let key = page.attribute("form[action$='/reprise'] input[name=start_key]", "value").unwrap();
    let resumed = karim.post(&format!("/demandes/{}/reprise", old.0), &[("start_key", &key)]).await;
    let new = resumed.location().split('/').nth(2).unwrap().parse().unwrap();
    let mut connection = site.state.db.acquire().await.unwrap();
    let (before, after) = (
        applications::find(&mut connection, old).await.unwrap(),
        applications::find(&mut connection, habilitation::ids::ApplicationId(new)).await.unwrap(),
    );
    assert!(after.represented_by.is_some());
    assert_eq!(after.represented_by, before.represented_by);
    let mandate = karim.get(&format!("/demandes/{new}/mandat")).await;
    assert_eq!(mandate.status, StatusCode::OK, "{}", mandate.text());
    site.letters().await;
}

#[tokio::test]
async fn an_idle_draft_of_a_vendor_is_announced_then_gone_with_the_copies_it_gave_left_alone() {
    let site = TestSite::new().await;
    let (person, vendor, mut karim) = a_vendor(&site).await;
    let id = a_complete_draft(&site, &person, vendor, CLAMART).await;
    let printed = karim.get(&format!("/demandes/{}/recapitulatif.pdf", id.0)).await;
    assert_eq!(printed.status, StatusCode::OK);
    assert!(karim.get("/clients").await.says("Portail familles"));
    let mut rounds = Vec::new();
    for days in [92, 15, 31] {
        site.state.clock.advance(Duration::days(days));
        let mut transaction = site.state.db.begin().await.unwrap();
        let tidied = tidy_drafts(&mut transaction, site.state.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();
        rounds.push((tidied.announced, tidied.binned, tidied.purged));
    }
    assert_eq!(rounds, [(1, 0, 0), (0, 1, 0), (0, 0, 1)]);
    assert_eq!(count(&site, "select count(*) from applications").await, 0);
    assert!(site.letters().await.iter().any(|letter| letter == "idle_draft to karim@editeur.test"));
}

#[tokio::test]
async fn a_draft_in_the_bin_is_not_among_a_vendor_s_demandes() {
    let site = TestSite::new().await;
    let (person, vendor, mut karim) = a_vendor(&site).await;
    let id = a_complete_draft(&site, &person, vendor, CLAMART).await;
    karim.post(&format!("/demandes/{}/suppression", id.0), &[]).await;
    let clients = karim.get("/clients").await;
    assert!(!clients.says("Portail familles") && !clients.says("Corbeille"), "{}", clients.text());
}

#[tokio::test]
async fn a_vendor_reads_what_became_of_the_right_of_its_client() {
    let site = TestSite::new().await;
    let (mut karim, id, _, _) = filed_for_clamart(&site).await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let right = approve(&mut transaction, &nadia, id, 1, String::new(), "DINUM", site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    assert!(karim.get("/clients").await.says("Terminée le 3 décembre 2026."));
    site.state.clock.advance(Duration::days(2));
    let mut transaction = site.state.db.begin().await.unwrap();
    authorizations::expire(&mut transaction, right, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    let mut karim = site.visitor();
    karim.sign_in("karim@editeur.test").await;
    for address in ["/clients", "/clients?etat=approved", "/demandes"] {
        let page = karim.get(address).await;
        assert!(page.says("L’habilitation a pris fin le 5 décembre 2026.") && page.says("Habilitation expirée"), "{}", page.text());
    }
    assert!(!karim.get("/clients?etat=refused").await.says("a pris fin"));
    site.letters().await;
}

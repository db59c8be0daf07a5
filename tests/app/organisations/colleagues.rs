//! A membership is said by one person and confirmed by another.

use std::sync::Arc;

use axum::http::StatusCode;
use habilitation::{accounts::Role, organisations::find_membership, problem::Problem};

use super::{CLAMART, RHONE, a_verified_member, at_once, facts, join, journalled, verify};
use crate::support::{TestSite, Visitor, given};

async fn signed_in(site: &TestSite, email: &str) -> Visitor {
    let mut visitor = site.visitor();
    assert_eq!(visitor.sign_in(email).await.status, StatusCode::SEE_OTHER);
    visitor
}

#[tokio::test]
async fn a_reviewer_confirms_with_a_reason() {
    let site = TestSite::new().await;
    let (camille, clamart) = a_verified_member(&site, "camille@clamart.test", CLAMART).await;
    let membership = find_membership(&mut site.state.db.acquire().await.unwrap(), camille.account, clamart).await.unwrap().unwrap();
    assert_eq!(membership.words(), "Confirmée par Sophie Lambert le 3\u{a0}décembre\u{a0}2026");
    assert_eq!(membership.because(), Some("Appel au standard de la mairie"));
    assert_eq!(journalled(&site, clamart, "membership_verified").await, 1);
}

#[tokio::test]
async fn nobody_confirms_themself() {
    let site = TestSite::new().await;
    let sophie = given::staff(&site, Role::Reviewer).await;
    let clamart = join(&site, &sophie, &facts(&site, CLAMART, "").await).await;
    let refusal = verify(&site, &sophie, &sophie, clamart).await.unwrap_err();
    assert!(matches!(refusal, Problem::NotPossible { ref sentence, .. } if sentence.contains("sa propre appartenance")), "{refusal}");

    let by_hand = sqlx::query_scalar::<_, i64>(
        "update memberships set verified_at = now(), verified_by = account_id, verified_because = 'moi' returning account_id",
    )
    .fetch_all(&site.state.db)
    .await
    .unwrap_err();
    let constraint = by_hand.as_database_error().and_then(|error| error.constraint());
    assert_eq!(constraint, Some("memberships_nobody_verifies_themself"));
}

#[tokio::test]
async fn whoever_is_no_member_cannot_be_confirmed() {
    let site = TestSite::new().await;
    let (_, clamart) = a_verified_member(&site, "camille@clamart.test", CLAMART).await;
    let reviewer = given::staff(&site, Role::Signatory).await;
    let stranger = given::a_person(&site, "jean@ailleurs.test").await;
    assert!(matches!(verify(&site, &reviewer, &stranger, clamart).await, Err(Problem::NotFound)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_confirmations_at_once_are_one() {
    let site = Arc::new(TestSite::new().await);
    let reviewer = given::staff(&site, Role::Reviewer).await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    let clamart = join(&site, &camille, &facts(&site, CLAMART, "").await).await;
    let outcomes = at_once((0..10).map(|_| {
        let (site, reviewer, camille) = (site.clone(), reviewer.clone(), camille.clone());
        async move { verify(&site, &reviewer, &camille, clamart).await.is_ok() }
    }));
    assert_eq!(outcomes.await, [true; 10]);
    assert_eq!(journalled(&site, clamart, "membership_verified").await, 1);
}

#[tokio::test]
async fn a_verified_colleague_confirms_from_the_page() {
    let site = TestSite::new().await;
    let (_, clamart) = a_verified_member(&site, "camille@clamart.test", CLAMART).await;
    let leo = given::a_person(&site, "leo@clamart.test").await;
    join(&site, &leo, &facts(&site, CLAMART, "").await).await;

    let mut camille = signed_in(&site, "camille@clamart.test").await;
    let page = camille.get("/compte/organismes").await;
    assert!(page.says("Confirmée par Sophie Lambert le 3 décembre 2026"));
    assert!(page.says("Confirmer l’appartenance de Leo Rousseau"));
    let act = page.attribute("table form", "action").unwrap();
    assert_eq!(act, format!("/compte/organismes/{}/collegues/{}/confirmation", clamart.0, leo.account.0));

    // twice, as a double click does
    for _ in 0..2 {
        let answer = camille.post(&act, &[]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/compte/organismes"));
    }
    let page = camille.get("/compte/organismes").await;
    assert!(page.says("L’appartenance de votre collègue est confirmée."));
    assert!(page.says("Confirmée par Camille Rousseau"));
    assert_eq!(page.count("table form"), 0);
    assert_eq!(journalled(&site, clamart, "membership_verified").await, 2, "Camille’s, then Leo’s");
    assert!(signed_in(&site, "leo@clamart.test").await.get("/compte/organismes").await.says("Camille Rousseau"));
    let letters = site.letters_to("leo@clamart.test").await;
    assert_eq!(letters.len(), 1, "confirmed once, told once");
    assert!(letters[0].text.contains("Camille Rousseau"), "{}", letters[0].text);
}

#[tokio::test]
async fn a_verified_colleague_reads_the_demandes_and_their_applicant_alone_changes_them() {
    let site = TestSite::new().await;
    let (camille, clamart) = a_verified_member(&site, "camille@clamart.test", CLAMART).await;
    let leo = given::a_person(&site, "leo@clamart.test").await;
    join(&site, &leo, &facts(&site, CLAMART, "").await).await;
    let demande = given::a_submitted_application(&site, &camille).await;
    let draft = given::a_draft(&site, &camille).await;
    let mut browser = signed_in(&site, "leo@clamart.test").await;
    let (read, receipt) = (format!("/demandes/{}", demande.0), format!("/demandes/{}/recepisse", demande.0));
    for path in [&read, &receipt] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "not verified: only one's own");
    }
    let reviewer = given::staff(&site, Role::Signatory).await;
    verify(&site, &reviewer, &leo, clamart).await.unwrap();
    assert!(browser.get("/demandes").await.says("Portail familles"));
    for path in [&read, &receipt] {
        let page = browser.get(path).await;
        assert!(page.status == StatusCode::OK && page.says("Portail familles"), "{}", page.text());
    }
    for path in [format!("/demandes/{}/service", draft.0), format!("/demandes/{}/recapitulatif", draft.0), format!("{read}/retrait")] {
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(browser.post(&path, &[]).await.status.as_u16() / 100, 4, "{path}");
    }

    // A confirmation taken back stops at once what it allowed.
    let mut nadia = site.visitor();
    given::a_reviewer(&site, "nadia@dinum.test").await;
    nadia.sign_in("nadia@dinum.test").await;
    let back = format!("/instruction/organismes/{clamart}/membres/{}/retrait", leo.account);
    assert_eq!(nadia.post(&back, &[("because", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(nadia.post(&back, &[("because", "Léo a quitté la mairie.")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get(&read).await.status, StatusCode::NOT_FOUND);
    assert_eq!(journalled(&site, clamart, "verification_withdrawn").await, 1);
    let letters = site.letters_to("leo@clamart.test").await;
    assert!(letters.last().unwrap().text.contains("Léo a quitté la mairie."), "{}", letters.last().unwrap().text);
    site.letters().await;
}

#[tokio::test]
async fn for_anybody_else_there_is_nothing_there() {
    let site = TestSite::new().await;
    let (_, clamart) = a_verified_member(&site, "camille@clamart.test", CLAMART).await;
    let (rhone_agent, rhone) = a_verified_member(&site, "jean@rhone.test", RHONE).await;
    let leo = given::a_person(&site, "leo@clamart.test").await;
    let zoe = given::a_person(&site, "zoe@clamart.test").await;
    given::a_person(&site, "nadia@ailleurs.test").await;
    for person in [&leo, &zoe] {
        join(&site, person, &facts(&site, CLAMART, "").await).await;
    }
    let act = |organisation: i64, person: i64| format!("/compte/organismes/{organisation}/collegues/{person}/confirmation");
    let of_leo = act(clamart.0, leo.account.0);
    for (email, path, why) in [
        ("nadia@ailleurs.test", of_leo.clone(), "no member"),
        ("zoe@clamart.test", of_leo.clone(), "a member nobody confirmed"),
        ("leo@clamart.test", of_leo.clone(), "oneself, not confirmed"),
        ("jean@rhone.test", of_leo.clone(), "verified elsewhere"),
        ("jean@rhone.test", act(rhone.0, leo.account.0), "their organisation, somebody of another"),
        ("camille@clamart.test", act(clamart.0, rhone_agent.account.0), "somebody who is no member"),
        ("camille@clamart.test", act(i64::MAX, leo.account.0), "no organisation"),
        ("camille@clamart.test", act(-1, leo.account.0), "a negative number"),
        ("camille@clamart.test", "/compte/organismes/99999999999999999999/collegues/x/confirmation".into(), "no numbers"),
        ("reviewer@equipe.test", of_leo.clone(), "a reviewer confirms from the dossier"),
    ] {
        assert_eq!(signed_in(&site, email).await.post(&path, &[]).await.status, StatusCode::NOT_FOUND, "{why}");
    }
    assert_ne!(site.visitor().post(&of_leo, &[]).await.status, StatusCode::NOT_FOUND, "signed out: sign in first");
    let membership = find_membership(&mut site.state.db.acquire().await.unwrap(), leo.account, clamart).await.unwrap().unwrap();
    assert!(!membership.is_verified());

    let page = signed_in(&site, "zoe@clamart.test").await.get("/compte/organismes").await;
    assert!(page.says("Appartenance non vérifiée"));
    assert!(!page.html.contains("camille@clamart.test"), "who is not confirmed sees nobody");
    let page = signed_in(&site, "nadia@ailleurs.test").await.get("/compte/organismes").await;
    assert!(page.says("Vous n’avez encore rejoint aucun organisme") && !page.says("Clamart"));
}

#[tokio::test]
async fn one_who_is_verified_cannot_confirm_themself_from_the_page() {
    let site = TestSite::new().await;
    let (camille, clamart) = a_verified_member(&site, "camille@clamart.test", CLAMART).await;
    let mut browser = signed_in(&site, "camille@clamart.test").await;
    let path = format!("/compte/organismes/{}/collegues/{}/confirmation", clamart.0, camille.account.0);
    assert_eq!(browser.post(&path, &[]).await.status, StatusCode::CONFLICT);
}

//! What comes between a signature and its letter, and what is undone later.

use axum::http::StatusCode;
use habilitation::{
    accounts::Reviewer,
    applications::State,
    worker::{scan_files, settle_decisions},
};
use sqlx::Executor;
use time::Duration;
use tokio_util::sync::CancellationToken;

use super::signing::{APPROVAL, REFUSAL, a_dossier_held, here, letters_of_decisions, signed_in, state_of};
use crate::support::{
    Antibody, ClamdServer, TestSite,
    files::{EICAR, a_file},
    given,
};

#[tokio::test]
async fn what_comes_between_a_signature_and_its_letter_sends_the_decision_back() {
    type Between = &'static str;
    let cases: [(Between, &str); 3] = [
        ("delete from account_roles where account_id = (select id from accounts where email = 'samir@dinum.test')", "n’a plus le rôle"),
        (
            "insert into memberships (account_id, organisation_id, joined_at)
            select accounts.id, organisation_id, accounts.created_at from accounts, applications where email = 'samir@dinum.test'",
            "appartient désormais à l’organisme",
        ),
        ("update accounts set disabled_at = created_at where email = 'samir@dinum.test'", "n’a plus le rôle"),
    ];
    for (between, words) in cases {
        let (site, mut nadia, id) = a_dossier_held().await;
        given::a_reviewer(&site, "samir@dinum.test").await;
        nadia.post(&here(id, "decision"), &APPROVAL).await;
        let mut samir = signed_in(&site, "samir@dinum.test").await;
        samir.signs(&here(id, "signature")).await;
        site.database.owner().await.execute(between).await.unwrap();
        site.state.clock.advance(Duration::minutes(10));
        assert_eq!(settle_decisions(&site.state).await.unwrap(), 1, "{between}");
        assert_eq!(state_of(&site, id).await, State::Submitted, "{between}");
        let told = letters_of_decisions(&site).await;
        assert!(told.contains(&"decision_returned to nadia@dinum.test".to_owned()) && told.len() <= 2, "{told:?}");
        let page = nadia.get(&here(id, "signature")).await;
        assert!(page.says("Elle n’a pas pu partir le 3 décembre 2026 à 10 h 10") && page.says(words), "{}", page.text());
        assert_eq!(settle_decisions(&site.state).await.unwrap(), 0, "told once");
        nadia.signs(&here(id, "signature")).await;
        site.state.clock.advance(Duration::minutes(10));
        assert_eq!(settle_decisions(&site.state).await.unwrap(), 1);
        assert_eq!(state_of(&site, id).await, State::Approved, "somebody who may signs it again");
        site.letters().await;
    }
}

#[tokio::test]
async fn a_virus_found_between_the_signature_and_the_letter_sends_the_decision_back() {
    let clamd = ClamdServer::start(Antibody::Well).await;
    let site = TestSite::with(|config| config.decision_hold = 10).await.with_antivirus(&clamd.address);
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    camille.post_files(&format!("/demandes/{}/service/fichiers", id.0), &[], &[a_file("maquette.pdf", EICAR)]).await;
    given::hand_in(&site, &given::a_person(&site, "camille@clamart.test").await, id).await;
    let mut nadia = signed_in(&site, "nadia@dinum.test").await;
    assert_eq!(nadia.decides(&here(id, "decision"), &APPROVAL).await.status, StatusCode::SEE_OTHER);
    scan_files(&site.state, &CancellationToken::new()).await.unwrap();
    site.state.clock.advance(Duration::minutes(10));
    assert_eq!(settle_decisions(&site.state).await.unwrap(), 1);
    assert_eq!(state_of(&site, id).await, State::Submitted);
    let page = nadia.get(&here(id, "signature")).await;
    assert!(page.says("L’antivirus a trouvé un virus dans le fichier « maquette.pdf »"), "{}", page.text());
    assert!(!letters_of_decisions(&site).await.iter().any(|letter| letter.starts_with("application_approved")));
}

#[tokio::test]
async fn a_demande_taken_back_before_the_letter_leaves_makes_the_decision_fall() {
    let (site, mut nadia, id) = a_dossier_held().await;
    nadia.decides(&here(id, "decision"), &REFUSAL).await;
    let mut camille = signed_in(&site, "camille@clamart.test").await;
    assert_eq!(camille.post(&format!("/demandes/{}/retrait", id.0), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(settle_decisions(&site.state).await.unwrap(), 1, "without waiting for its time");
    site.state.clock.advance(Duration::minutes(10));
    assert_eq!(settle_decisions(&site.state).await.unwrap(), 0);
    assert_eq!(state_of(&site, id).await, State::Withdrawn);
    assert_eq!(letters_of_decisions(&site).await, ["decision_returned to nadia@dinum.test"]);
    let told = site.letters_to("nadia@dinum.test").await;
    assert!(told.last().unwrap().text.contains("le demandeur a retiré sa demande"), "{}", told.last().unwrap().text);
}

#[tokio::test]
async fn changes_are_not_asked_over_a_signature_and_replace_what_was_only_prepared() {
    let (site, mut nadia, id) = a_dossier_held().await;
    let asked = [("outcome", "changes_requested"), ("version", "1"), ("message", "Précisez.")];
    nadia.decides(&here(id, "decision"), &APPROVAL).await;
    let late = nadia.post(&here(id, "decision"), &asked).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says("Nadia Rousseau a signé la validation") && late.says("Précisez."), "{}", late.text());
    nadia.post(&here(id, "annulation"), &[("because", "Une question encore.")]).await;
    assert_eq!(nadia.post(&here(id, "decision"), &asked).await.status, StatusCode::SEE_OTHER);
    settle_decisions(&site.state).await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from prepared_decisions").fetch_one(&site.state.db).await.unwrap();
    assert_eq!(left, 0);
    assert_eq!(letters_of_decisions(&site).await, ["changes_requested to camille@clamart.test"]);
}

#[tokio::test]
async fn nothing_of_what_is_prepared_reaches_the_applicant() {
    let (site, mut nadia, id) = a_dossier_held().await;
    let canary = "canari-préparé";
    let typed = [("outcome", "refused"), ("version", "1"), ("ground", "not_eligible"), ("message", canary)];
    nadia.decides(&here(id, "decision"), &typed).await;
    nadia.post(&here(id, "annulation"), &[("because", canary)]).await;
    let mut camille = signed_in(&site, "camille@clamart.test").await;
    for page in ["", "/messages", "/recepisse", "/versions", "/recapitulatif.pdf", "/recepisse.pdf", "/decision.pdf"] {
        let answer = camille.get(&format!("/demandes/{}{page}", id.0)).await;
        assert!(!answer.html.contains(canary) && !answer.html.contains("Nadia"), "{page}");
    }
    assert!(!camille.get("/demandes").await.html.contains(canary));
    assert!(site.letters_to("camille@clamart.test").await.iter().all(|letter| !letter.text.contains(canary)));
    site.letters().await;
}

#[tokio::test]
async fn a_refusal_is_reopened_with_a_reason_and_decided_again() {
    let site = TestSite::new().await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let (mut camille, id) = given::somebody_with_a_submitted_demande(&site).await;
    let mut nadia = signed_in(&site, "nadia@dinum.test").await;
    nadia.decides(&here(id, "decision"), &REFUSAL).await;
    let page = nadia.get(&here(id, "reouverture")).await;
    assert!(page.says("Aucun droit n’existait") && page.says("a refusé cette demande"), "{}", page.text());
    assert_eq!(nadia.post(&here(id, "reouverture"), &[("because", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reason = "Le règlement municipal cité existe.";
    assert_eq!(nadia.post(&here(id, "reouverture"), &[("because", reason)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(state_of(&site, id).await, State::Submitted);
    let twice = nadia.post(&here(id, "reouverture"), &[("because", reason)]).await;
    assert!(twice.status == StatusCode::CONFLICT && twice.says("n’a pas été rouverte"), "{}", twice.text());
    let told = site.letters_to("camille@clamart.test").await;
    let told = &told.last().unwrap().text;
    assert!(told.contains(reason) && told.contains("Nadia Rousseau"), "{told}");
    let follow = camille.get(&format!("/demandes/{}", id.0)).await;
    assert!(follow.says("Rouverte") && follow.says("C’est à l’équipe de répondre"), "{}", follow.text());
    assert_eq!(nadia.decides(&here(id, "decision"), &REFUSAL).await.status, StatusCode::SEE_OTHER);
    assert_eq!(state_of(&site, id).await, State::Refused);
    nadia.post(&here(id, "reouverture"), &[("because", reason)]).await;
    assert_eq!(nadia.decides(&here(id, "decision"), &APPROVAL).await.status, StatusCode::SEE_OTHER, "and again");
    assert_eq!(state_of(&site, id).await, State::Approved);
    let letters = letters_of_decisions(&site).await;
    let count = |kind: &str| letters.iter().filter(|letter| letter.starts_with(kind)).count();
    assert_eq!([count("application_refused"), count("application_reopened"), count("application_approved")], [2, 2, 1], "{letters:?}");
    let mut connection = site.state.db.acquire().await.unwrap();
    let checked = habilitation::invariants::check(&mut connection, None).await.unwrap();
    let broken: Vec<_> = checked.iter().filter(|it| matches!(it.outcome, habilitation::invariants::Outcome::Broken(_))).collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[tokio::test]
async fn a_granted_right_is_not_undone_by_a_click_and_the_page_says_why() {
    let site = TestSite::new().await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let (_, id) = given::somebody_with_a_submitted_demande(&site).await;
    let mut nadia = signed_in(&site, "nadia@dinum.test").await;
    assert_eq!(nadia.get(&here(id, "reouverture")).await.status, StatusCode::SEE_OTHER, "nothing to reopen");
    nadia.decides(&here(id, "decision"), &APPROVAL).await;
    let page = nadia.get(&here(id, "reouverture")).await;
    assert!(page.says("L. 242-1") && page.count("a[href='/habilitations/1']") == 1 && page.count("main form") == 0, "{}", page.text());
    assert_eq!(nadia.post(&here(id, "reouverture"), &[("because", "Une erreur.")]).await.status, StatusCode::CONFLICT);
    assert_eq!(state_of(&site, id).await, State::Approved);
    site.letters().await;
}

#[tokio::test]
async fn nobody_prepares_signs_or_reopens_for_their_own_organisation() {
    let site = TestSite::new().await;
    let both: Reviewer = given::a_reviewer(&site, "nadia@dinum.test").await;
    let id = given::a_submitted_application(&site, both.person()).await;
    let mut nadia = signed_in(&site, "nadia@dinum.test").await;
    given::a_reviewer(&site, "samir@dinum.test").await;
    assert_eq!(nadia.post(&here(id, "decision"), &REFUSAL).await.status, StatusCode::FORBIDDEN);
    let mut samir = signed_in(&site, "samir@dinum.test").await;
    samir.post(&here(id, "decision"), &REFUSAL).await;
    for (page, typed) in [
        ("signature", &[("revision", "1"), ("outcome", "refused"), ("read", "oui")][..]),
        ("renvoi", &[("revision", "1"), ("because", "Non.")][..]),
        ("annulation", &[("because", "Non.")][..]),
    ] {
        assert_eq!(nadia.post(&here(id, page), typed).await.status, StatusCode::FORBIDDEN, "{page}");
    }
    samir.signs(&here(id, "signature")).await;
    assert_eq!(nadia.post(&here(id, "reouverture"), &[("because", "Non.")]).await.status, StatusCode::FORBIDDEN);
    site.letters().await;
}

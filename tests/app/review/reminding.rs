//! Reminding by hand an applicant who does not answer.

use axum::http::StatusCode;
use habilitation::{
    accounts::{Person, Reviewer},
    applications::State,
    ids::ApplicationId,
    problem::Problem,
    review::{Request, closing::remind, request_changes},
};
use time::Duration;

use super::{
    SERVICE,
    aftermath::signed_in,
    clock::{CAMILLE, state_of, time_passes},
    last_letter_to,
};
use crate::support::{TestSite, given};

/// Camille was asked for changes today.
async fn changes_are_asked() -> (TestSite, Person, Reviewer, ApplicationId) {
    let site = TestSite::new().await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let camille = given::a_person(&site, CAMILLE).await;
    let id = asked_of(&site, &camille, &nadia).await;
    (site, camille, nadia, id)
}

async fn asked_of(site: &TestSite, applicant: &Person, nadia: &Reviewer) -> ApplicationId {
    let id = given::a_submitted_application(site, applicant).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let asked = Request { message: "Précisez les destinataires.".into(), points: Vec::new() };
    request_changes(&mut transaction, nadia, id, 1, asked, SERVICE, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    id
}

#[tokio::test]
async fn an_applicant_who_does_not_answer_is_reminded_by_hand_once_a_week() {
    let (site, _, _, id) = changes_are_asked().await;
    let (dossier, remind) = (format!("/instruction/{}", id.0), format!("/instruction/{}/relance", id.0));
    let mut nadia = signed_in(&site, "nadia@dinum.test").await;
    assert!(nadia.get(&dossier).await.says("Vous pourrez le relancer à partir du 10 décembre 2026"));
    let early = nadia.post(&remind, &[]).await;
    assert!(
        early.status == StatusCode::CONFLICT && early.says("vous pourrez le relancer à partir du 10 décembre 2026"),
        "{}",
        early.text()
    );
    site.state.clock.advance(Duration::days(8));
    let mut nadia = signed_in(&site, "nadia@dinum.test").await;
    assert!(nadia.get(&dossier).await.says("Relancer le demandeur"));
    let sent = nadia.post(&remind, &[]).await;
    assert_eq!(sent.location(), dossier);
    let letter = last_letter_to(&site, CAMILLE).await;
    for said in ["votre réponse aux modifications demandées le 3 décembre 2026", "Nadia Rousseau", "Tout ce que vous avez saisi est gardé"]
    {
        assert!(letter.contains(said), "{said}: {letter}");
    }
    let after = nadia.get(&dossier).await;
    assert!(after.says("Relancé le 11 décembre 2026") && after.says("a relancé le demandeur"), "{}", after.text());
    let twice = nadia.post(&remind, &[]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.text());

    // The desk reminds by itself on the fifteenth day: a week passes after that letter too.
    time_passes(&site, 7).await;
    let mut nadia = signed_in(&site, "nadia@dinum.test").await;
    let soon = nadia.post(&remind, &[]).await;
    assert!(soon.status == StatusCode::CONFLICT && soon.says("à partir du 25 décembre 2026"), "{}", soon.text());
    assert_eq!(site.letters_to(CAMILLE).await.iter().filter(|letter| letter.subject.contains("nous attendons votre réponse")).count(), 2);
    let mut camille = signed_in(&site, CAMILLE).await;
    assert!(camille.get(&format!("/demandes/{}", id.0)).await.says("Rappel envoyé"));
    site.letters().await;
}

#[tokio::test]
async fn nobody_is_reminded_of_what_they_answered_or_by_somebody_of_their_own() {
    let (site, camille, nadia, id) = changes_are_asked().await;
    let samir = given::a_reviewer(&site, "samir@dinum.test").await;
    let of_samir = asked_of(&site, samir.person(), &nadia).await;
    site.state.clock.advance(Duration::days(8));
    let try_to = async |by: &Reviewer, id: ApplicationId| {
        let mut transaction = site.state.db.begin().await.unwrap();
        remind(&mut transaction, by, id, SERVICE, site.state.clock.now()).await
    };
    let refused = try_to(&samir, of_samir).await;
    assert!(matches!(refused, Err(Problem::Forbidden(_))), "{refused:?}");
    given::hand_in(&site, &camille, id).await;
    assert_eq!(state_of(&site, id).await, State::Submitted);
    let refused = try_to(&nadia, id).await;
    assert!(matches!(&refused, Err(Problem::NotPossible { sentence, .. }) if sentence.contains("n’attend pas de réponse")), "{refused:?}");
    site.letters().await;
}

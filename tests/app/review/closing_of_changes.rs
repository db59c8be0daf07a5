//! Closing the change of a right nobody answers for: the change comes to nothing, the right does not move.

use axum::http::StatusCode;
use habilitation::{
    accounts::Reviewer,
    applications::State,
    authorizations::State as Right,
    calendar,
    config::SilenceEffect,
    ids::{ApplicationId, AuthorizationId},
    review::{Request, approve, request_changes},
};
use time::Duration;

use super::{
    SERVICE,
    aftermath::{signed_in, warn},
    clock::{CAMILLE, decides_on, items_are_asked, time_passes},
    clock_of_changes::{a_change, change, nothing_is_broken, right_of, stands},
    last_letter_to,
};
use crate::support::{TestSite, given};

async fn changes_are_asked(site: &TestSite, by: &Reviewer, id: ApplicationId, version: i32) {
    let mut transaction = site.state.db.begin().await.unwrap();
    let asked = Request { message: "Précisez les destinataires.".into(), points: Vec::new() };
    request_changes(&mut transaction, by, id, version, asked, SERVICE, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
}

/// Warned, then closed once the limit has passed; what the page said before it was closed.
async fn is_warned_then_closed(site: &TestSite, id: ApplicationId) -> String {
    let page = format!("/instruction/{}/classement", id.0);
    let mut nadia = signed_in(site, "nadia@dinum.test").await;
    assert_eq!(warn(site, &mut nadia, id).await.status, StatusCode::SEE_OTHER);
    site.state.clock.advance(Duration::days(21));
    let mut nadia = signed_in(site, "nadia@dinum.test").await;
    let asked = nadia.get(&page).await.text();
    let closed = nadia.post(&page, &[]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.text());
    let dossier = nadia.get(closed.location()).await;
    assert!(dossier.says(&format!("La modification demandée par {id} est classée sans suite")), "{}", dossier.text());
    asked
}

/// The right of an administration, granted; its change handed in ten days later.
async fn a_change_of_an_administration() -> (TestSite, Reviewer, ApplicationId) {
    let site = TestSite::new().await;
    let camille = given::a_person(&site, CAMILLE).await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let id = given::a_submitted_application(&site, &camille).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    approve(&mut transaction, &nadia, id, 1, "Bon lancement.".into(), SERVICE, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    site.state.clock.advance(Duration::days(10));
    change(&site, &camille, id, AuthorizationId(1)).await;
    (site, nadia, id)
}

#[tokio::test]
async fn a_change_nobody_answers_for_is_closed_and_the_right_stays_as_it_is() {
    let (site, nadia, id) = a_change_of_an_administration().await;
    changes_are_asked(&site, &nadia, id, 2).await;
    site.state.clock.advance(Duration::days(31));
    let asked = is_warned_then_closed(&site, id).await;
    assert!(asked.contains("Classer la modification de l’habilitation H1 sans suite"), "{asked}");
    assert_eq!((stands(&site, id).await.0, stands(&site, id).await.1), (State::Approved, 1));
    assert_eq!(right_of(&site, 1).await, Right::Active);

    let letters = site.letters_to(CAMILLE).await;
    let [warning, closing] = letters.last_chunk().unwrap();
    assert!(warning.subject.contains("ou la modification sera classée"), "{}", warning.subject);
    assert!(closing.subject.ends_with("modification classée sans suite"), "{}", closing.subject);
    for letter in [warning, closing] {
        assert!(letter.text.contains("Ce qui vous a été accordé ne change pas"), "{}", letter.text);
        assert!(!letter.text.contains("Votre demande est classée"), "{}", letter.text);
    }
    let mut camille = signed_in(&site, CAMILLE).await;
    let page = camille.get(&format!("/demandes/{}", id.0)).await;
    for said in ["Votre demande est validée", "Pourquoi la modification est classée", "L’habilitation n’a pas changé", "recours gracieux"]
    {
        assert!(page.says(said), "{said}: {}", page.text());
    }
    assert!(!page.says("Précisez les destinataires."), "what was asked is asked no more: {}", page.text());
    assert!(camille.get("/habilitations/1").await.says("Portail familles"));
    nothing_is_broken(&site).await;

    // Another change starts from what was granted, and the closing of the first says nothing of it.
    let person = given::a_person(&site, CAMILLE).await;
    change(&site, &person, id, AuthorizationId(1)).await;
    assert_eq!((stands(&site, id).await.0, stands(&site, id).await.1), (State::Submitted, 3));
    assert!(!camille.get(&format!("/demandes/{}", id.0)).await.says("Pourquoi la modification est classée"));
    nothing_is_broken(&site).await;
    site.letters().await;
}

#[tokio::test]
async fn the_change_of_a_private_body_is_closed_over_missing_items_and_silence_decides_nothing_after() {
    let (site, _, nadia, id) = a_change(SilenceEffect::Rejection).await;
    let limit = calendar::days_after(calendar::paris_date(site.state.clock.now()), 15);
    items_are_asked(&site, &nadia, id, 2, limit).await;
    time_passes(&site, 17).await;
    is_warned_then_closed(&site, id).await;
    assert_eq!((stands(&site, id).await.0, stands(&site, id).await.1), (State::Approved, 1));
    assert!(last_letter_to(&site, CAMILLE).await.contains("article L. 114-5"));
    assert_eq!((decides_on(&site, id).await, right_of(&site, 1).await), (None, Right::Active), "its clock has stopped");
    assert_eq!(time_passes(&site, 90).await, 0);
    nothing_is_broken(&site).await;
    site.letters().await;
}

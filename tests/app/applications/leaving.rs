//! Closing one's account while a demande waits for an answer.

use std::time::Duration;

use axum::http::StatusCode;
use habilitation::{
    accounts::Applicant,
    applications::{self, Attestations, submit},
    ids::ApplicationId,
    problem::Problem,
};

use crate::support::{TestSite, given};

const EMAIL: &str = "camille@clamart.test";
const PATH: &str = "/compte/fermer";
const PASSWORD: [(&str, &str); 1] = [("password", given::PASSWORD)];
const ATTESTATIONS: Attestations =
    Attestations { terms_accepted: true, dpo_informed: true, alternative_login: true, explanation: String::new() };

#[tokio::test]
async fn nobody_leaves_while_a_demande_waits_for_an_answer() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_submitted_demande(&site).await;
    let page = camille.get(PATH).await;
    assert!(page.says("Votre demande D1 n’est pas terminée") && page.count("input[type=password]") == 0, "{}", page.text());
    let refused = camille.post(PATH, &PASSWORD).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        refused.says("Votre compte reste ouvert. Transmettez-la à un collègue, retirez-la ou attendez la décision"),
        "{}",
        refused.text()
    );
    assert_eq!(refused.count(&format!("main a[href='{PATH}']")), 1, "the page that says how");
    assert_eq!(camille.get("/compte").await.status, StatusCode::OK);

    camille.post(&format!("/demandes/{}/retrait", id.0), &[]).await;
    assert_eq!(camille.get(PATH).await.count("input[type=password]"), 1);
    assert!(camille.post(PATH, &PASSWORD).await.says("Votre compte est fermé"));
    assert_eq!(site.letters().await, ["application_received to camille@clamart.test"]);
}

#[tokio::test]
async fn whoever_leaves_is_told_that_each_demande_can_be_handed_over_to_a_colleague() {
    let site = TestSite::new().await;
    let (mut camille, waiting) = given::somebody_with_a_submitted_demande(&site).await;
    let person = given::a_person(&site, EMAIL).await;
    let draft = given::a_draft(&site, &person).await;
    let to_hand_over = |id: ApplicationId| format!("main a[href='/demandes/{}/equipe#transmettre']", id.0);
    let page = camille.get(PATH).await;
    assert!(page.says("Transmettre cette demande à un collègue"), "{}", page.text());
    assert_eq!((page.count(&to_hand_over(waiting)), page.count(&to_hand_over(draft))), (1, 0), "what keeps the account open");
    assert_eq!(camille.get(&format!("/demandes/{}/equipe", waiting.0)).await.count("#transmettre"), 1, "the link leads there");

    camille.post(&format!("/demandes/{}/retrait", waiting.0), &[]).await;
    for page in [camille.get(PATH).await, camille.post(PATH, &[("password", "pas celui-là")]).await] {
        assert!(page.says("Avant de partir, transmettez ce qui doit continuer"), "{}", page.text());
        assert_eq!((page.count(&to_hand_over(waiting)), page.count(&to_hand_over(draft))), (0, 1), "a withdrawn one is nobody's any more");
        assert_eq!(page.count("input[type=password]"), 1);
    }
    camille.post(&format!("/demandes/{}/suppression", draft.0), &[]).await;
    assert!(!camille.get(PATH).await.says("Avant de partir"));
    assert_eq!(site.letters().await, ["application_received to camille@clamart.test"]);
}

#[tokio::test]
async fn a_demande_handed_in_while_its_applicant_leaves_keeps_them() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let by = Applicant::new(given::a_person(&site, EMAIL).await);
    let mut filing = site.state.db.begin().await.unwrap();
    let seen = applications::find_draft(&mut filing, id).await.unwrap().seen();
    submit(&mut filing, &by, id, seen, ATTESTATIONS, &site.state.config.desk, site.state.clock.now()).await.unwrap();
    let leaving = tokio::spawn(async move { camille.post(PATH, &PASSWORD).await.status });
    // Long enough to be waiting for the demande's row; were it not, the account would be closed by now.
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(!leaving.is_finished());
    filing.commit().await.unwrap();
    assert_eq!(leaving.await.unwrap(), StatusCode::CONFLICT);
    assert_eq!(site.letters_to(EMAIL).await.len(), 1);
}

#[tokio::test]
async fn a_demande_that_arrives_after_its_applicant_left_is_not_received() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let by = Applicant::new(given::a_person(&site, EMAIL).await);
    assert!(camille.post(PATH, &PASSWORD).await.says("Votre compte est fermé"));
    let mut late = site.state.db.begin().await.unwrap();
    let seen = applications::find_draft(&mut late, id).await.unwrap().seen();
    let refused = submit(&mut late, &by, id, seen, ATTESTATIONS, &site.state.config.desk, site.state.clock.now()).await;
    assert!(matches!(refused, Err(Problem::SignedOut)), "{refused:?}");
}

//! One decision a version, whoever is faster.

use std::sync::Arc;

use habilitation::{
    authorizations,
    problem::Problem,
    review::{self, Ground, Outcome, approve, refuse},
};

use super::SERVICE;
use crate::support::{TestSite, given};

/// Two reviewers, one dossier, at the same moment, 200 times: one decision, one right or none, one set of letters.
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_races_end_in_one_decision_each() {
    let site = Arc::new(TestSite::new().await);
    let camille = given::a_person(&site, "camille@clamart.test").await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let samir = given::a_reviewer(&site, "samir@dinum.test").await;
    let mut approved = 0;
    for race in 0..200 {
        let id = given::a_submitted_application(&site, &camille).await;
        let barrier = Arc::new(tokio::sync::Barrier::new(2));
        let approval = tokio::spawn({
            let (site, nadia, barrier) = (site.clone(), nadia.clone(), barrier.clone());
            async move {
                barrier.wait().await;
                let mut transaction = site.state.db.begin().await?;
                approve(&mut transaction, &nadia, id, 1, String::new(), SERVICE, site.state.clock.now()).await?;
                transaction.commit().await.map_err(Problem::from)
            }
        });
        let refusal = tokio::spawn({
            let (site, samir, barrier) = (site.clone(), samir.clone(), barrier.clone());
            async move {
                barrier.wait().await;
                let mut transaction = site.state.db.begin().await?;
                let (ground, facts) = (Ground::NotEligible, "un motif".to_owned());
                refuse(&mut transaction, &samir, id, 1, ground, facts, SERVICE, site.state.clock.now()).await?;
                transaction.commit().await.map_err(Problem::from)
            }
        });
        let (approval, refusal) = (approval.await.unwrap(), refusal.await.unwrap());
        assert!(approval.is_ok() != refusal.is_ok(), "race {race}: {approval:?} {refusal:?}");
        let loser = approval.as_ref().err().or(refusal.as_ref().err()).unwrap();
        assert!(matches!(loser, Problem::NotPossible { sentence, .. } if sentence.contains("Rousseau a")), "race {race}: {loser:?}");
        let mut connection = site.state.db.acquire().await.unwrap();
        let decision = review::find_last_decision(&mut connection, id).await.unwrap().unwrap();
        let right = authorizations::find_of_application(&mut connection, id).await.unwrap();
        assert_eq!(right.is_some(), decision.outcome == Outcome::Approved, "race {race}");
        approved += usize::from(right.is_some());
    }
    let letters = site.letters().await;
    let count = |kinds: &[&str]| letters.iter().filter(|letter| kinds.iter().any(|kind| letter.starts_with(kind))).count();
    assert_eq!(count(&["application_approved", "application_refused"]), 200);
    assert_eq!(count(&["named_as_controller", "named_as_dpo"]), 2 * approved);
    println!("200 races: {approved} approved, {} refused", 200 - approved);
}

//! How long an answer takes, as an applicant is told.

use habilitation::{
    accounts::{Person, Reviewer},
    applications::Kind,
    review::{Delay, Ground, find_last_waits, refuse},
};
use time::Duration;

use super::SERVICE;
use crate::support::{TestSite, given};

async fn decide(site: &TestSite, camille: &Person, nadia: &Reviewer, days: i64) {
    let id = given::a_submitted_application(site, camille).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let at = site.state.clock.now() + Duration::days(days);
    refuse(&mut transaction, nadia, id, 1, Ground::NotEligible, "un motif".into(), SERVICE, at).await.unwrap();
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn the_delay_is_told_from_ten_decisions_of_that_kind_on() {
    let site = TestSite::new().await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let waiting = given::a_submitted_application(&site, &camille).await;
    for _ in 0..9 {
        // Thursday 3 December to Tuesday 8: three working days
        decide(&site, &camille, &nadia, 5).await;
    }
    let mut browser = site.visitor();
    browser.sign_in("camille@clamart.test").await;
    let path = format!("/demandes/{}", waiting.0);
    assert!(!browser.get(&path).await.says("La moitié des dernières décisions"), "nine are too few");
    decide(&site, &camille, &nadia, 14).await;
    let page = browser.get(&path).await;
    assert!(page.says("La moitié des dernières décisions ont été prises en 3 jours ouvrés, 9 sur 10 en 3"), "{}", page.text());
    assert!(page.says("17 décembre 2026 , dans 10 jours ouvrés"), "{}", page.text());

    let mut connection = site.state.db.acquire().await.unwrap();
    let waits = find_last_waits(&mut connection, Kind::Administration).await.unwrap();
    assert_eq!(waits.len(), 10);
    assert_eq!(find_last_waits(&mut connection, Kind::Experiment).await.unwrap(), Vec::<habilitation::review::Waits>::new());
    assert_eq!(Delay::of(&waits), Some(Delay { half: 3, nine_in_ten: 3 }));
    site.letters().await;
}

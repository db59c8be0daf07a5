//! The legal clock over months: what silence decides and when, what stops it, what races with it.

use axum::http::StatusCode;
use habilitation::{
    accounts::{Person, Reviewer},
    applications::{self, Kind, State},
    calendar,
    config::SilenceEffect,
    ids::ApplicationId,
    problem::Problem,
    review::{
        Ground,
        clock::{MissingItem, MissingItems, ask_missing_items, find_silence_decision},
        refuse,
    },
    worker::run_clocks,
};
use jiff::civil::Date;
use time::Duration;

use super::SERVICE;
use crate::support::{TestSite, given};

pub(super) const CAMILLE: &str = "camille@clamart.test";

/// A private body's demande, received on 3 December 2026, and who instructs it.
pub(super) async fn a_private_demande(effect: SilenceEffect) -> (TestSite, Person, Reviewer, ApplicationId) {
    let site = TestSite::with(|config| config.desk.desk_silence_effect_address_change = Some(effect)).await;
    let camille = given::a_person(&site, CAMILLE).await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let id = given::a_draft_of(&site, &camille, Kind::PrivateAddressChange).await;
    given::fill(&site, &camille, id).await;
    given::hand_in(&site, &camille, id).await;
    (site, camille, nadia, id)
}

pub(super) async fn decides_on(site: &TestSite, id: ApplicationId) -> Option<String> {
    let day: Option<time::Date> =
        sqlx::query_scalar("select silence_decides_on from applications where id = $1").bind(id.0).fetch_one(&site.state.db).await.unwrap();
    day.map(|day| day.to_string())
}

/// The timer, once; what it decided.
pub(super) async fn time_passes(site: &TestSite, days: i64) -> usize {
    site.state.clock.advance(Duration::days(days));
    let round = run_clocks(&site.state).await.unwrap();
    assert_eq!(round.failed, 0);
    round.decided
}

pub(super) async fn items_are_asked(site: &TestSite, by: &Reviewer, id: ApplicationId, version: i32, limit_on: Date) {
    let asked =
        MissingItems { items: vec![MissingItem { what: "Les statuts".into(), required_by: "Arrêté, article 5".into() }], limit_on };
    let mut transaction = site.state.db.begin().await.unwrap();
    ask_missing_items(&mut transaction, by, id, version, &asked, SERVICE, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
}

async fn refused_as_incomplete(site: &TestSite, by: &Reviewer, id: ApplicationId, version: i32) -> Result<(), Problem> {
    let mut transaction = site.state.db.begin().await?;
    refuse(&mut transaction, by, id, version, Ground::Incomplete, "Il manque tout.".into(), SERVICE, site.state.clock.now()).await?;
    transaction.commit().await.map_err(Problem::from)
}

pub(super) async fn state_of(site: &TestSite, id: ApplicationId) -> State {
    applications::find(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap().state
}

#[tokio::test]
async fn two_months_of_silence_reject_on_their_day_and_everybody_is_told_once() {
    let (site, _, _, id) = a_private_demande(SilenceEffect::Rejection).await;
    assert_eq!(decides_on(&site, id).await.as_deref(), Some("2027-02-03"));
    assert_eq!(time_passes(&site, 61).await, 0, "the day before");
    assert_eq!(state_of(&site, id).await, State::Submitted);
    assert_eq!((time_passes(&site, 1).await, time_passes(&site, 0).await), (1, 0), "its day, once");
    assert_eq!(state_of(&site, id).await, State::Refused);
    let letters = site.letters().await;
    let told = |to: &str| letters.iter().filter(|letter| **letter == format!("clock_news to {to}")).count();
    assert_eq!((told(CAMILLE), told("nadia@dinum.test")), (1, 2), "the team was warned the day before: {letters:?}");
    let letter = &site.letters_to(CAMILLE).await.last().unwrap().text.clone();
    assert!(
        letter.contains("vaut décision de rejet")
            && letter.contains("est née le 3\u{a0}février\u{a0}2027")
            && letter.contains("Si vous contestez ce rejet"),
        "{letter}"
    );
    let mut camille = site.visitor();
    camille.sign_in(CAMILLE).await;
    assert!(camille.get(&format!("/demandes/{}", id.0)).await.says("Le silence en a décidé"));
}

#[tokio::test]
async fn silence_that_accepts_grants_nothing_before_a_person_signs() {
    let (site, _, nadia, id) = a_private_demande(SilenceEffect::Acceptance).await;
    assert_eq!(time_passes(&site, 62).await, 1);
    assert_eq!(state_of(&site, id).await, State::Submitted, "no right is sent out by silence");
    let refused = refused_as_incomplete(&site, &nadia, id, 1).await;
    assert!(matches!(refused, Err(Problem::NotPossible { .. })), "what was accepted is not refused: {refused:?}");
    let mut connection = site.state.db.acquire().await.unwrap();
    let silence = find_silence_decision(&mut connection, id).await.unwrap().unwrap();
    assert_eq!(silence.effect, SilenceEffect::Acceptance);
    site.letters().await;
}

#[tokio::test]
async fn missing_items_stop_the_clock_until_they_come() {
    let (site, camille, nadia, id) = a_private_demande(SilenceEffect::Rejection).await;
    site.state.clock.advance(Duration::days(10));
    let limit = calendar::days_after(calendar::paris_date(site.state.clock.now()), 21);
    items_are_asked(&site, &nadia, id, 1, limit).await;
    assert_eq!(decides_on(&site, id).await, None, "it is stopped");
    site.state.clock.advance(Duration::days(14));
    given::hand_in(&site, &camille, id).await;
    assert_eq!(decides_on(&site, id).await.as_deref(), Some("2027-02-17"), "fourteen days later than it would have been");
    site.letters().await;
}

#[tokio::test]
async fn incomplete_is_a_ground_once_the_limit_set_for_missing_items_has_passed_and_not_for_mere_clarifications() {
    let (site, camille, nadia, id) = a_private_demande(SilenceEffect::Rejection).await;
    let mut browser = site.visitor();
    browser.sign_in("nadia@dinum.test").await;
    let asked = [("outcome", "changes_requested"), ("version", "1"), ("message", "Précisez.")];
    assert_eq!(browser.post(&format!("/instruction/{}/decision", id.0), &asked).await.status, StatusCode::SEE_OTHER);
    given::hand_in(&site, &camille, id).await;
    assert!(refused_as_incomplete(&site, &nadia, id, 2).await.is_err(), "a clarification is no missing item");
    let limit = calendar::days_after(calendar::paris_date(site.state.clock.now()), 20);
    items_are_asked(&site, &nadia, id, 2, limit).await;
    given::hand_in(&site, &camille, id).await;
    site.state.clock.advance(Duration::days(20));
    assert!(refused_as_incomplete(&site, &nadia, id, 3).await.is_err(), "the last day is theirs");
    site.state.clock.advance(Duration::days(1));
    refused_as_incomplete(&site, &nadia, id, 3).await.unwrap();
    assert_eq!(state_of(&site, id).await, State::Refused);
    site.letters().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_and_a_refusal_of_the_same_moment_decide_once() {
    for round in 0..25 {
        let (site, _, nadia, id) = a_private_demande(SilenceEffect::Rejection).await;
        site.state.clock.advance(Duration::days(62));
        let silence = async { run_clocks(&site.state).await.unwrap().decided };
        let person = async {
            let mut transaction = site.state.db.begin().await?;
            let (ground, facts) = (Ground::NotEligible, "un motif".to_owned());
            refuse(&mut transaction, &nadia, id, 1, ground, facts, SERVICE, site.state.clock.now()).await?;
            transaction.commit().await.map_err(Problem::from)
        };
        let (by_silence, by_a_person) = tokio::join!(silence, person);
        assert_eq!(by_silence + usize::from(by_a_person.is_ok()), 1, "round {round}: {by_silence} {by_a_person:?}");
        assert_eq!(state_of(&site, id).await, State::Refused);
        site.letters().await;
    }
}

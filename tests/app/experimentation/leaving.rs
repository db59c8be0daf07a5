//! What frees a place, besides a withdrawal: items that do not come, a refusal, which a reopening does not give back.

use habilitation::{
    accounts::{Person, Reviewer},
    applications::Kind,
    experimentation::{Campaign, Holds, Leaving, Panel, Share},
    ids::ApplicationId,
    review::{
        clock::{MissingItem, MissingItems, ask_missing_items},
        decisions,
    },
    worker::run_clocks,
};
use jiff::civil::date;
use sqlx::{AssertSqlSafe, Executor};
use time::Duration;

use super::{
    crowd::against_places,
    places::{a_second, hand_in, standing},
};
use crate::support::{TestSite, given, private};

/// One place, which the first candidature holds; the second waits.
async fn two_for_one_place() -> (TestSite, Person, Reviewer, ApplicationId, ApplicationId) {
    let site = TestSite::with(|config| config.decision_hold = 0).await;
    let panel = Panel::even(Share { floor: 0, ceiling: 100 }, time::macros::date!(2026 - 12 - 20));
    private::announce(&site, &Campaign { capacity: 1, panel, ..private::campaign() }).await;
    let helene = given::a_person(&site, "helene@asso.test").await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let first = private::a_submitted(&site, &helene, private::ASSOCIATION, Kind::Experiment).await;
    let (_, second) = a_second(&site).await;
    (site, helene, nadia, first, second)
}

#[tokio::test]
async fn items_that_do_not_come_in_time_free_the_place_and_late_ones_stand_at_the_end() {
    let (site, helene, nadia, first, second) = two_for_one_place().await;
    let asked = MissingItems {
        items: vec![MissingItem { what: "Les statuts".into(), required_by: "Arrêté, article 5".into() }],
        limit_on: date(2026, 12, 24),
    };
    let mut transaction = site.state.db.begin().await.unwrap();
    ask_missing_items(&mut transaction, &nadia, first, 1, &asked, "DINUM", site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    assert!(standing(&site, first).await.has_a_place(), "a request keeps the place until its limit");
    site.state.clock.advance(Duration::days(22));
    let round = run_clocks(&site.state).await.unwrap();
    assert_eq!((round.lapsed, round.failed), (1, 0));
    assert_eq!(standing(&site, first).await.holds, Holds::Nothing(Leaving::ItemsMissing));
    assert!(standing(&site, second).await.has_a_place());
    let letters = site.letters_to("helene@asso.test").await;
    let letter = &letters.last().unwrap().text;
    assert!(letter.contains("va à la candidature suivante") && letter.contains("à la fin de la file"), "{letter}");
    hand_in(&site, &helene, first).await;
    let late = standing(&site, first).await;
    assert!(matches!(late.holds, Holds::Turn { position: 1, .. }), "{late:?}");
    let turns: Vec<i64> = sqlx::query_scalar("select application_id from standings order by turn").fetch_all(&site.state.db).await.unwrap();
    assert_eq!(turns, [second.0, first.0]);
    assert_eq!(against_places(&site.database).await, [""; 0]);
    site.letters().await;
}

#[tokio::test]
async fn a_refused_candidature_loses_its_place_and_a_reopened_one_waits_at_its_turn() {
    let (site, _, nadia, first, second) = two_for_one_place().await;
    let mut owner = site.database.owner().await;
    // A refusal signed by two people is told in `review`; here is what the line makes of it.
    for written in [
        format!("select * from leave_line({}, 'refused', now(), '2026-12-03')", first.0),
        format!("update applications set state = 'refused' where id = {}", first.0),
    ] {
        owner.execute(AssertSqlSafe(written)).await.unwrap();
    }
    assert!(standing(&site, second).await.has_a_place());
    let mut transaction = site.state.db.begin().await.unwrap();
    decisions::reopen(&mut transaction, &nadia, first, "Le règlement que vous citez existe.", "DINUM", site.state.clock.now())
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    let back = standing(&site, first).await;
    assert!(matches!(back.holds, Holds::Turn { position: 1, .. }) && back.rank == 1, "{back:?}");
    assert!(standing(&site, second).await.has_a_place(), "nobody who holds a place gives it up");
    assert_eq!(against_places(&site.database).await, [""; 0]);
    site.letters().await;
}

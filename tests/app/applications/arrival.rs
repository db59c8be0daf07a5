//! The order of arrival of candidatures: one rank each, without a hole, in the order of the commits.

use std::sync::Arc;

use habilitation::{
    applications::{self, Kind},
    experimentation::Campaign,
    ids::ApplicationId,
    invariants,
};
use sqlx::{AssertSqlSafe, Executor, postgres::PgListener};
use time::{Date, macros::date};
use tokio::sync::Semaphore;

use crate::support::{
    TestSite,
    given::{self, a_draft_of, fill, hand_in, hand_in_through},
    private,
};

async fn a_campaign(site: &TestSite, opens_on: Date, closes_on: Date) {
    let campaign =
        Campaign { title: format!("Expérimentation du {opens_on}"), ..private::campaign_of(opens_on, closes_on, date!(2028 - 01 - 10)) };
    private::announce(site, &campaign).await;
}

async fn rank(site: &TestSite, id: ApplicationId) -> Option<i32> {
    applications::find(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap().arrival_rank
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_candidatures_at_once_are_ranked_1_to_100_in_the_order_of_their_commits() {
    let site = TestSite::new().await;
    a_campaign(&site, date!(2026 - 12 - 01), date!(2026 - 12 - 31)).await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    let mut ids = Vec::new();
    for _ in 0..125 {
        let id = a_draft_of(&site, &person, Kind::Experiment).await;
        fill(&site, &person, id).await;
        ids.push(id);
    }
    // PostgreSQL delivers what transactions notify in the order in which they committed.
    let mut listener = PgListener::connect_with(&site.state.db).await.unwrap();
    listener.listen("arrivals").await.unwrap();
    // Every fifth fails after it received its rank: the rank must go to the next one.
    let (site, person) = (Arc::new(site), Arc::new(person));
    // As many at once as the desk has connections: on a slow machine a hundred would wait for one longer than a visitor does.
    let turns = Arc::new(Semaphore::new(6));
    let mut handing_in = tokio::task::JoinSet::new();
    for (index, id) in ids.iter().copied().enumerate() {
        let (site, person, turns) = (site.clone(), person.clone(), turns.clone());
        handing_in.spawn(async move {
            let _turn = turns.acquire().await.unwrap();
            let mut transaction = site.state.db.begin().await.unwrap();
            hand_in_through(&mut transaction, &site, &person, id).await.unwrap();
            let rank = applications::find(&mut transaction, id).await.unwrap().arrival_rank.unwrap();
            transaction.execute(AssertSqlSafe(format!("select pg_notify('arrivals', '{rank}')"))).await.unwrap();
            if index % 5 == 4 { transaction.rollback().await.unwrap() } else { transaction.commit().await.unwrap() }
        });
    }
    handing_in.join_all().await;
    let mut in_order_of_commits: Vec<i32> = Vec::new();
    while in_order_of_commits.len() < 100 {
        in_order_of_commits.push(listener.recv().await.unwrap().payload().parse().unwrap());
    }
    assert_eq!(in_order_of_commits, (1..=100).collect::<Vec<i32>>());
    for (index, id) in ids.iter().enumerate() {
        assert_eq!(rank(&site, *id).await.is_none(), index % 5 == 4, "{id}");
    }
    let checked = invariants::check(&mut site.state.db.acquire().await.unwrap(), None).await.unwrap();
    let ranks = checked.iter().find(|checked| checked.invariant.starts_with("ranks of arrival")).unwrap();
    assert_eq!(ranks.outcome, invariants::Outcome::Holds);
    site.letters().await;
}

#[tokio::test]
async fn a_candidature_keeps_its_rank_when_it_comes_back_completed() {
    let site = TestSite::new().await;
    a_campaign(&site, date!(2026 - 12 - 01), date!(2026 - 12 - 31)).await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let id = a_draft_of(&site, &person, Kind::Experiment).await;
        fill(&site, &person, id).await;
        hand_in(&site, &person, id).await;
        ids.push(id);
    }
    let reviewer = given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut transaction = site.state.db.begin().await.unwrap();
    habilitation::review::request_changes(
        &mut transaction,
        &reviewer,
        ids[0],
        1,
        "Précisez le service.".into(),
        "DINUM",
        site.state.clock.now(),
    )
    .await
    .unwrap();
    transaction.commit().await.unwrap();
    hand_in(&site, &person, ids[0]).await;
    assert_eq!((rank(&site, ids[0]).await, rank(&site, ids[1]).await), (Some(1), Some(2)));
    let mut visitor = site.visitor();
    visitor.sign_in("camille@clamart.test").await;
    let receipt = visitor.get(&format!("/demandes/{}/recepisse", ids[0].0)).await;
    assert!(receipt.says("Cette candidature est la 1re arrivée complète."), "{}", receipt.text());
    let mut reader = site.visitor();
    reader.sign_in("nadia@dinum.test").await;
    assert!(reader.get("/instruction").await.says("rang 2"));
    assert!(reader.get(&format!("/instruction/{}", ids[1].0)).await.says("Rang d’arrivée 2"));
    site.letters().await;
}

#[tokio::test]
async fn after_the_last_day_a_candidature_is_not_received_and_nothing_is_lost() {
    let mut site = TestSite::new().await;
    a_campaign(&site, date!(2026 - 12 - 01), date!(2026 - 12 - 03)).await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    let id = a_draft_of(&site, &person, Kind::Experiment).await;
    fill(&site, &person, id).await;
    // 3 December, 23:30 in Paris: still the last day. Half an hour later it is over.
    for (now, received) in [(time::macros::datetime!(2026-12-03 23:00 UTC), false), (time::macros::datetime!(2026-12-03 22:30 UTC), true)] {
        site.state.clock = habilitation::clock::Clock::fixed(now);
        let mut transaction = site.state.db.begin().await.unwrap();
        match hand_in_through(&mut transaction, &site, &person, id).await {
            Ok(_) => assert!(received),
            Err(problem) => {
                let said = problem.to_string().replace('\u{a0}', " ");
                assert!(!received && said.contains("jusqu’au 3 décembre 2026"), "{said}");
            }
        }
        transaction.commit().await.unwrap();
        assert_eq!(rank(&site, id).await.is_some(), received);
    }
    site.letters().await;
}

#[tokio::test]
async fn no_candidature_is_started_when_no_campaign_receives_any() {
    let site = TestSite::new().await;
    a_campaign(&site, date!(2026 - 12 - 04), date!(2026 - 12 - 31)).await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    let by = habilitation::accounts::Applicant::new(person.clone());
    let organisation = {
        let id = given::a_draft(&site, &person).await;
        applications::find(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap().organisation
    };
    let mut transaction = site.state.db.begin().await.unwrap();
    let key = uuid::Uuid::new_v4();
    let refused =
        applications::start(&mut transaction, &by, Kind::Experiment, organisation, key, site.state.clock.now()).await.unwrap_err();
    assert!(refused.to_string().contains("ne reçoit pas de candidature aujourd’hui"), "{refused}");
}

#[tokio::test]
async fn the_database_gives_ranks_one_by_one_and_for_ever() {
    let site = TestSite::new().await;
    a_campaign(&site, date!(2026 - 12 - 01), date!(2026 - 12 - 31)).await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    let id = a_draft_of(&site, &person, Kind::Experiment).await;
    fill(&site, &person, id).await;
    hand_in(&site, &person, id).await;
    let town_hall = given::a_draft(&site, &person).await;
    let mut owner = site.database.owner().await;
    for (statement, constraint) in [
        ("update campaigns set last_arrival = 0".to_owned(), "campaigns_count_arrivals"),
        ("update campaigns set last_arrival = 7".to_owned(), "campaigns_count_arrivals"),
        (format!("update applications set arrival_rank = 2 where id = {}", id.0), "applications_keep_their_rank"),
        (format!("update applications set arrival_rank = null where id = {}", id.0), "applications_keep_their_rank"),
        (format!("update applications set arrival_rank = 1 where id = {}", town_hall.0), "applications_received_candidatures_have_a_rank"),
    ] {
        let error = owner.execute(AssertSqlSafe(statement.clone())).await.unwrap_err();
        assert_eq!(error.as_database_error().and_then(|error| error.constraint()), Some(constraint), "{statement}");
    }
    site.letters().await;
}

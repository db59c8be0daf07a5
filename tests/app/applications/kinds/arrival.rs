//! The rank of arrival: given once, without a hole, in the order of commits.

use axum::http::StatusCode;
use habilitation::{
    applications::{self, Kind, State, Submission},
    ids::ApplicationId,
    problem::Problem,
    review::request_changes,
};
use sqlx::{Connection, PgConnection};
use tokio::task::JoinSet;

use crate::support::{
    TestSite, given,
    private::{self, ASSOCIATION},
};

/// Transactions that arrive and are thrown away, among those that commit.
const FAILING: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_candidatures_at_once_take_the_ranks_from_1_to_100_in_the_order_of_their_commits() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let person = given::a_person(&site, "camille@exemple.test").await;
    let mut drafts = Vec::new();
    for _ in 0..100 + FAILING {
        drafts.push(private::a_complete_draft(&site, &person, ASSOCIATION, Kind::Experiment).await);
    }
    let now = site.state.clock.now();
    let mut tasks = JoinSet::new();
    for (index, id) in drafts.into_iter().enumerate() {
        let (person, url) = (person.clone(), site.database.owner_url.clone());
        tasks.spawn(async move {
            let mut connection = PgConnection::connect(&url).await.unwrap();
            let mut transaction = connection.begin().await.unwrap();
            assert_eq!(private::hand_in(&mut transaction, &person, id, now).await.unwrap(), Submission::Received(1));
            let rank = applications::find_arrival_rank(&mut transaction, id).await.unwrap().unwrap();
            // What another transaction wrote is seen once it has committed, and not before: everybody ahead has.
            let ahead: i64 = sqlx::query_scalar("select count(*) from applications where arrival_rank < $1")
                .bind(rank)
                .fetch_one(&mut *transaction)
                .await
                .unwrap();
            assert_eq!(ahead, rank - 1, "those ahead committed first");
            // Two in seven fail at the last moment.
            if matches!(index % 7, 2 | 5) { transaction.rollback().await.unwrap() } else { transaction.commit().await.unwrap() }
        });
    }
    let failed = (0..100 + FAILING).filter(|index| matches!(index % 7, 2 | 5)).count();
    assert_eq!(failed, FAILING);
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let ranks: Vec<i64> = sqlx::query_scalar("select arrival_rank from applications where arrival_rank is not null order by arrival_rank")
        .fetch_all(&site.state.db)
        .await
        .unwrap();
    assert_eq!(ranks, (1..=100).collect::<Vec<i64>>(), "no hole, no double");
    let arrivals: i64 = sqlx::query_scalar("select arrivals from campaigns").fetch_one(&site.state.db).await.unwrap();
    assert_eq!(arrivals, 100);
    assert_eq!(site.letters().await.len(), 100, "one acknowledgement each");
}

async fn state_of(site: &TestSite, id: ApplicationId) -> (State, Option<i64>) {
    let mut connection = site.state.db.acquire().await.unwrap();
    let state = applications::find(&mut connection, id).await.unwrap().state;
    (state, applications::find_arrival_rank(&mut connection, id).await.unwrap())
}

#[tokio::test]
async fn an_answer_to_a_request_keeps_the_rank_even_after_closing() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let person = given::a_person(&site, "camille@exemple.test").await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let first = private::a_submitted(&site, &person, ASSOCIATION, Kind::Experiment).await;
    let second = private::a_submitted(&site, &person, ASSOCIATION, Kind::Experiment).await;
    assert_eq!((state_of(&site, first).await.1, state_of(&site, second).await.1), (Some(1), Some(2)));
    let mut transaction = site.state.db.begin().await.unwrap();
    request_changes(&mut transaction, &nadia, first, 1, "Précisez l’hébergeur.".into(), "DINUM", site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    site.state.clock.advance(time::Duration::days(90));
    let mut transaction = site.state.db.begin().await.unwrap();
    let again = private::hand_in(&mut transaction, &person, first, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!((again, state_of(&site, first).await), (Submission::Received(2), (State::Submitted, Some(1))));
    site.letters().await;
}

#[tokio::test]
async fn a_candidature_that_comes_after_closing_is_refused_with_a_sentence_and_nothing_is_lost() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let person = given::a_person(&site, "camille@exemple.test").await;
    let id = private::a_complete_draft(&site, &person, ASSOCIATION, Kind::Experiment).await;
    // 1 February 2027 in Paris
    site.state.clock.advance(time::Duration::days(60));
    let mut camille = site.visitor();
    camille.sign_in("camille@exemple.test").await;
    let base = format!("/demandes/{}", id.0);
    let seen = camille.get(&format!("{base}/recapitulatif")).await.attribute("input[name=seen]", "value").unwrap();
    let late = camille.post(&format!("{base}/depot"), &given::attested(&seen)).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says("L’expérimentation reçoit les candidatures du 1er décembre 2026 au 31 janvier 2027."), "{}", late.text());
    assert!(late.says("tout ce que vous avez saisi est gardé"));
    assert_eq!(state_of(&site, id).await, (State::Draft, None));
    assert!(camille.get(&format!("{base}/secteur")).await.says("Les ateliers préparent à des examens."));
    assert!(matches!(private::a_draft(&site, &person, ASSOCIATION, Kind::Experiment).await, Err(Problem::NotPossible { .. })));
}

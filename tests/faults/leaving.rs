//! Signed decisions that leave while the desk is killed: each takes effect once.

use std::time::Duration;

use habilitation::clock::Clock;
use sqlx::{Executor, PgConnection};
use tokio::time::sleep;

use crate::{desk::Place, law};

const SOPHIE: &str = "instructeur@demo.test";
const DECISIONS: usize = 80;
const KILLS: usize = 6;

/// Longer than the test: nothing leaves before it says so.
const HELD: &[(&str, &str)] = &[("DECISION_HOLD", "60")];

async fn count(connection: &mut PgConnection, what: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {what}"))).fetch_one(connection).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_decision_takes_effect_once_though_the_desk_is_killed_as_it_leaves() {
    let place = Place::new().await;
    let mut desk = place.serve(HELD);
    desk.ready().await;
    let mut owner = place.owner().await;
    let before = count(&mut owner, "decisions where outcome = 'approved'").await;
    let waiting: Vec<i64> = sqlx::query_scalar("select id from applications").fetch_all(&mut owner).await.unwrap();
    assert!(place.run(&["demo", "--dossiers", &DECISIONS.to_string()]).status.success());
    let dossiers: Vec<i64> = sqlx::query_scalar("select id from applications where state = 'submitted' and not id = any($1) order by id")
        .bind(waiting)
        .fetch_all(&mut owner)
        .await
        .unwrap();
    assert_eq!(dossiers.len(), DECISIONS);
    let mut sophie = desk.browser().sign_in(SOPHIE).await;
    for dossier in dossiers {
        let approved = [("outcome", "approved"), ("version", "1"), ("message", "")];
        assert_eq!(sophie.post(&format!("/instruction/{dossier}/decision"), &approved).await.unwrap().status, 303);
        let signature = [("revision", "1"), ("outcome", "approved")];
        assert_eq!(sophie.post(&format!("/instruction/{dossier}/signature"), &signature).await.unwrap().status, 303);
    }
    assert_eq!(count(&mut owner, "decisions where outcome = 'approved'").await, before, "held");
    owner.execute("update prepared_decisions set leaves_at = signed_at").await.unwrap();
    drop(owner);
    let (mut left, mut killed_at) = (Vec::new(), Clock::System.now());
    for _ in 0..KILLS {
        sleep(Duration::from_millis(rand::random_range(0..600))).await;
        desk.kill();
        killed_at = Clock::System.now();
        desk = place.serve(HELD);
        desk.ready().await;
        left.push(count(&mut place.owner().await, "decisions where outcome = 'approved'").await - before);
    }
    let mut owner = place.owner().await;
    for _ in 0..600 {
        if count(&mut owner, "prepared_decisions where leaves_at is not null").await == 0 {
            break;
        }
        sleep(Duration::from_millis(100)).await;
    }
    let expected = i64::try_from(DECISIONS).unwrap();
    assert_eq!(count(&mut owner, "decisions where outcome = 'approved'").await - before, expected, "each once: {left:?}");
    println!("kill -9: {DECISIONS} signed decisions, {KILLS} kills after {left:?} had left, each took effect once");
    law::let_leases_end(&place, killed_at).await;
    law::empty_outbox(&place, Duration::from_mins(1)).await;
    place.check_invariants();
    desk.assert_calm();
}

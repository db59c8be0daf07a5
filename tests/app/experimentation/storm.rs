//! Four hundred for a hundred places, over 32 connections at every level of isolation, while somebody types stray updates: a hundred, each time.
//! The same against a count before a write, which lets more in: the test can fail.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use habilitation::{criteria::Sector, ids::ApplicationId};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tokio::{sync::Barrier, task::JoinSet};

use super::crowd::{self, Shape, against_places, desk_url, held, line_of, refusal};
use crate::support::TestDatabase;

const CONNECTIONS: usize = 32;
const PLACES: i64 = 100;

/// What the acts of a storm came to.
#[derive(Debug, Default)]
struct Sum {
    done: usize,
    refused: usize,
    retried: usize,
}

/// What each connection does to a candidature, in a transaction of its own.
#[derive(Clone, Copy, Debug)]
enum Doing {
    Enters,
    IsApproved,
    IsWithdrawn,
}

async fn try_once(connection: &mut PgConnection, level: &str, doing: Doing, id: ApplicationId) -> sqlx::Result<()> {
    let mut transaction = connection.begin_with(AssertSqlSafe(format!("begin isolation level {level}"))).await?;
    let id = id.0;
    let (function, state) = match doing {
        Doing::Enters => (format!("enter_line({id}, 'sante', false, $1, '2026-12-03')"), None),
        Doing::IsApproved => (format!("grant_place({id}, $1, '2026-12-03')"), Some("approved")),
        Doing::IsWithdrawn => (format!("leave_line({id}, 'withdrawn', $1, '2026-12-03')"), Some("withdrawn")),
    };
    crowd::call(&mut transaction, &function).await?;
    if let Some(state) = state {
        transaction
            .execute(AssertSqlSafe(format!("update applications set state = '{state}' where id = {id} and state <> '{state}'")))
            .await?;
    }
    transaction.commit().await
}

/// Whether another try may do it: a conflict between transactions, a deadlock.
fn may_be_retried(error: &sqlx::Error) -> bool {
    matches!(error.as_database_error().and_then(|error| error.code()).as_deref(), Some("40001" | "40P01"))
}

/// Does that to everybody, all connections at once.
async fn storm(url: &str, level: &'static str, doing: Doing, crowd: &[ApplicationId]) -> Sum {
    let queue: Arc<Mutex<VecDeque<ApplicationId>>> = Arc::new(Mutex::new(crowd.iter().copied().collect()));
    let start = Arc::new(Barrier::new(CONNECTIONS));
    let mut clients = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (queue, start, url) = (queue.clone(), start.clone(), url.to_owned());
        clients.spawn(async move {
            let mut connection = PgConnection::connect(&url).await.unwrap();
            let mut sum = Sum::default();
            start.wait().await;
            loop {
                let next = queue.lock().unwrap().pop_front();
                let Some(id) = next else { return sum };
                loop {
                    match try_once(&mut connection, level, doing, id).await {
                        Ok(()) => break sum.done += 1,
                        Err(error) if may_be_retried(&error) => sum.retried += 1,
                        Err(error) => {
                            assert_eq!(refusal(&error), "standings_approved_holds_a_place");
                            break sum.refused += 1;
                        }
                    }
                }
            }
        });
    }
    let mut all = Sum::default();
    for sum in clients.join_all().await {
        (all.done, all.refused, all.retried) = (all.done + sum.done, all.refused + sum.refused, all.retried + sum.retried);
    }
    all
}

/// Somebody who knows of no rule, with every right on the tables: each update is refused, or finds nobody.
async fn stray_updates(url: String, stop: Arc<AtomicBool>) -> (usize, usize) {
    let mut owner = PgConnection::connect(&url).await.unwrap();
    let (mut refused, mut changed) = (0, 0);
    while !stop.load(Ordering::SeqCst) {
        for update in [
            "update standings set standing = 'granted', granted_at = now() where standing = 'waiting'",
            "update standings set standing = 'reserved', place_number = 1, place_pool = 'libre', slot_number = 1 where standing = 'waiting'",
            "update applications set state = 'approved' where id in (select application_id from standings where standing = 'waiting')",
            "insert into places (campaign_id, number, capacity) select id, capacity + 1, capacity from campaigns",
        ] {
            match owner.execute(update).await {
                Ok(done) => changed += usize::try_from(done.rows_affected()).unwrap(),
                Err(_) => refused += 1,
            }
        }
    }
    (refused, changed)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_places_stay_a_hundred_at_every_level_of_isolation() {
    let database = TestDatabase::new().await;
    let mut owner = database.owner().await;
    let desk_url = desk_url(&database);
    for (number, level) in (0..).zip(["read committed", "repeatable read", "serializable"]) {
        let campaign = crowd::a_campaign(&mut owner, number, Shape { capacity: 100, floor: 0, ceiling: 100 }).await;
        let crowd = crowd::candidatures(&mut owner, campaign, 400, &[], &[]).await;
        let stop = Arc::new(AtomicBool::new(false));
        let stray = tokio::spawn(stray_updates(database.owner_url.clone(), stop.clone()));
        let entered = storm(&desk_url, level, Doing::Enters, &crowd).await;
        assert_eq!((entered.done, entered.refused), (400, 0));
        assert_eq!(held(&mut owner, campaign).await, PLACES);
        let approved = storm(&desk_url, level, Doing::IsApproved, &crowd).await;
        assert_eq!((approved.done, approved.refused), (100, 300));
        assert_eq!(held(&mut owner, campaign).await, PLACES);
        stop.store(true, Ordering::SeqCst);
        let (refused, changed) = stray.await.unwrap();
        assert!(refused > 0 && changed == 0, "{refused} stray updates refused, {changed} rows changed");
        // Those who wait give up, each twice at once; the places stay where they are.
        let waiting = waiting_of(&mut owner, &crowd).await;
        let twice: Vec<ApplicationId> = waiting[..60].iter().flat_map(|id| [*id, *id]).collect();
        let left = storm(&desk_url, level, Doing::IsWithdrawn, &twice).await;
        assert_eq!((left.done, left.refused), (120, 0));
        assert_eq!(held(&mut owner, campaign).await, PLACES);
        let line = line_of(&mut owner, campaign).await;
        assert!(line.values().all(|candidate| candidate.sector == Sector::Health));
        println!(
            "{level}: 400 entries and 400 approvals over {CONNECTIONS} connections: {PLACES} places held, {} approved, {} refused; \
             {} and {} conflicts retried; {refused} stray updates refused, none passed",
            approved.done, approved.refused, entered.retried, approved.retried
        );
    }
    assert_eq!(against_places(&database).await, [""; 0]);
}

/// Sixty holders leave at once, each told twice: sixty places go on, to the first in line.
#[tokio::test(flavor = "multi_thread")]
async fn places_freed_all_at_once_go_to_the_first_in_line() {
    let database = TestDatabase::new().await;
    let mut owner = database.owner().await;
    let campaign = crowd::a_campaign(&mut owner, 0, Shape { capacity: 100, floor: 0, ceiling: 100 }).await;
    let crowd = crowd::candidatures(&mut owner, campaign, 400, &[], &[]).await;
    for id in &crowd {
        crowd::enter(&mut owner, *id, Sector::Health).await.unwrap();
    }
    let leaving: Vec<ApplicationId> = crowd[..60].iter().flat_map(|id| [*id, *id]).collect();
    let left = storm(&desk_url(&database), "read committed", Doing::IsWithdrawn, &leaving).await;
    assert_eq!(left.done, 120);
    let holders: Vec<i64> = sqlx::query_scalar("select application_id from standings where place_number is not null order by turn")
        .fetch_all(&mut owner)
        .await
        .unwrap();
    let expected: Vec<i64> = crowd[60..160].iter().map(|id| id.0).collect();
    assert_eq!(holders, expected, "nobody was overtaken");
    line_of(&mut owner, campaign).await;
    assert_eq!(against_places(&database).await, [""; 0]);
}

/// Count, then write: what the design does not do. Everybody counts before anybody writes, as it happens to people who press at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_count_before_the_write_lets_more_than_a_hundred_in() {
    let database = TestDatabase::new().await;
    let mut owner = database.owner().await;
    owner.execute("create table naive (id integer primary key, is_active boolean not null default false)").await.unwrap();
    for level in ["read committed", "repeatable read"] {
        owner.execute("truncate naive; insert into naive (id) select generate_series(1, 400)").await.unwrap();
        let queue: Arc<Mutex<VecDeque<i32>>> = Arc::new(Mutex::new((1..=400).collect()));
        let together = Arc::new(Barrier::new(CONNECTIONS));
        let mut clients = JoinSet::new();
        for _ in 0..CONNECTIONS {
            let (queue, together, url) = (queue.clone(), together.clone(), database.owner_url.clone());
            clients.spawn(async move {
                let mut connection = PgConnection::connect(&url).await.unwrap();
                // 400 demandes over 32 connections: everybody takes part in each of the 13 rounds, with or without a demande.
                for _ in 0..400_usize.div_ceil(CONNECTIONS) {
                    let next = queue.lock().unwrap().pop_front();
                    let mut transaction = connection.begin_with(AssertSqlSafe(format!("begin isolation level {level}"))).await.unwrap();
                    let active: i64 =
                        sqlx::query_scalar("select count(*) from naive where is_active").fetch_one(&mut *transaction).await.unwrap();
                    together.wait().await;
                    if let Some(id) = next.filter(|_| active < PLACES) {
                        sqlx::query("update naive set is_active = true where id = $1").bind(id).execute(&mut *transaction).await.unwrap();
                    }
                    transaction.commit().await.unwrap();
                    together.wait().await;
                }
            });
        }
        clients.join_all().await;
        let active: i64 = sqlx::query_scalar("select count(*) from naive where is_active").fetch_one(&mut owner).await.unwrap();
        println!("{level}: a count before the write let {active} in for {PLACES} places");
        assert!(active > PLACES, "{active}: this test tells the two designs apart");
    }
}

async fn waiting_of(owner: &mut PgConnection, crowd: &[ApplicationId]) -> Vec<ApplicationId> {
    let waiting: Vec<i64> =
        sqlx::query_scalar("select application_id from standings where standing = 'waiting'").fetch_all(owner).await.unwrap();
    crowd.iter().copied().filter(|id| waiting.contains(&id.0)).collect()
}

//! The database dies while people work: they are told to come back, nothing hangs, and everything is there again by itself.

use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_process};
use sqlx::Executor;
use tokio::{task::JoinHandle, time::sleep};

use crate::{
    desk::{Desk, Place},
    given,
    load::{Crew, Line, Work, revisions, tally},
};

/// No answer is waited for longer, whatever happens to the database.
const LONGEST: Duration = Duration::from_secs(10);

/// Waits until the desk has another server than that one, and takes visitors again.
async fn recovery(place: &Place, desk: &mut Desk, dead: rustix::process::Pid) -> Duration {
    let started = Instant::now();
    loop {
        let other = place.postmaster().is_some_and(|now| now != dead);
        if other && desk.browser().get("/health/ready").await.is_ok_and(|answer| answer.status == 200) {
            return started.elapsed();
        }
        assert!(started.elapsed() < Duration::from_secs(30), "no database: {}", desk.said());
        sleep(Duration::from_millis(10)).await;
    }
}

/// A session that will not notice for a long time that its server is dead.
async fn somebody_computes(place: &Place) -> JoinHandle<()> {
    let mut owner = place.owner().await;
    let computing = tokio::spawn(async move {
        let _ = owner.execute("select count(*) from generate_series(1, 1000000) a, generate_series(1, 1000000) b").await;
    });
    sleep(Duration::from_millis(300)).await;
    assert!(!computing.is_finished());
    computing
}

fn judge(works: &[Work]) {
    for (work, visit) in works.iter().flat_map(|work| work.visits.iter().map(move |visit| (work, visit))) {
        let is_told = visit.outcome == Ok(503) && visit.says_when;
        // A save whose commit was cut off may have been kept: the next one, from the page that knew nothing of it, is told so.
        let is_late = visit.outcome == Ok(409) && work.unsure > 0;
        assert!(matches!(visit.outcome, Ok(200 | 303)) || is_told || is_late, "{visit:?}");
        assert!(visit.took < LONGEST, "{visit:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_told_to_come_back_when_the_database_dies_and_it_comes_back_by_itself() {
    let place = Place::new().await;
    let mut desk = place.open().await;
    let mut applicants = given::applicants(&desk).await;
    let drafts = given::complete_drafts(&place, 16).await;
    let crew = Crew::start(&mut applicants, &drafts, Line::Kept, false);
    sleep(Duration::from_secs(1)).await;
    let log = place.server_log();
    assert!(!log.contains("WARNING"), "the server has nothing to say of ordinary work: {log}");
    for (name, signal) in [("kill -9", Signal::KILL), ("an immediate stop", Signal::QUIT), ("a fast stop", Signal::INT)] {
        let server = place.postmaster().unwrap();
        kill_process(server, signal).unwrap();
        let again = recovery(&place, &mut desk, server).await;
        println!("PostgreSQL, {name}: served again after {again:.2?}");
        assert!(again < LONGEST);
        sleep(Duration::from_secs(1)).await;
    }
    let server = place.postmaster().unwrap();
    let busy = somebody_computes(&place).await;
    kill_process(server, Signal::KILL).unwrap();
    let again = recovery(&place, &mut desk, server).await;
    println!("PostgreSQL, kill -9 while one of its processes computes: served again after {again:.2?}");
    assert!(again < LONGEST);
    busy.abort();
    let works = crew.go_home().await;
    let slowest = works.iter().flat_map(|work| &work.visits).map(|visit| visit.took).max().unwrap();
    println!("PostgreSQL: {:?}; slowest answer {slowest:.2?}", tally(&works));
    judge(&works);
    let kept = revisions(&mut place.owner().await, &works).await;
    for work in &works {
        // A save whose commit was cut off may have been kept.
        let saves = kept[&work.draft.id.0] - 1;
        assert!((work.saved..=work.saved + work.unsure).contains(&saves), "{saves} saves: {work:?}");
    }
    place.check_invariants();
    desk.assert_calm();
}

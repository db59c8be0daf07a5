//! How often the sources are asked, by however many processes.

use std::time::Duration as Wait;

use habilitation::{
    clock::Clock,
    organisations::{Answer, Asking, Register, Siret},
    worker::{Heard, complete_lookups},
};
use time::Duration;
use tokio_util::sync::CancellationToken;

use super::{asking, asking_in_real_time, tulle};
use crate::{
    organisations::at_once,
    support::{Manner, RegisterServer, TestSite},
};

/// That many numbers with the right control digits.
pub(super) fn numbers(count: usize) -> Vec<Siret> {
    let candidates = (0_u64..).map(|number| Siret::parse(&format!("{:014}", 20_000_000_000_000 + number)).unwrap());
    candidates
        .filter(|(_, checksum)| *checksum == habilitation::organisations::Checksum::Valid)
        .map(|(siret, _)| siret)
        .take(count)
        .collect()
}

/// Asks for each number as a page does, all at once, in turn through each register.
pub(super) async fn choose_at_once(site: &TestSite, registers: &[Register], numbers: &[Siret]) -> Vec<Wait> {
    let acts = numbers.iter().zip(registers.iter().cycle()).map(|(siret, register)| {
        let (db, register, typed, now) = (site.state.db.clone(), register.clone(), siret.as_str().to_owned(), site.state.clock.now());
        async move {
            let begins = std::time::Instant::now();
            habilitation::organisations::choose(&db, &register, &typed, now).await.unwrap();
            begins.elapsed()
        }
    });
    at_once(acts.collect::<Vec<_>>()).await
}

/// How many of the numbers a source answered for, and how many wait.
pub(super) async fn answered_and_waiting(site: &TestSite) -> (i64, i64) {
    sqlx::query_as(
        "select (select count(distinct siret) from register_snapshots),
            (select count(*) from register_lookups where waits_since is not null)",
    )
    .fetch_one(&site.state.db)
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_never_break_the_limit_and_lose_nobody() {
    let (site, server) = asking_in_real_time(Manner::Found).await;
    let other_process = Register::new([server.recherche_entreprises(&site.database.desk, &Clock::System)]);
    let numbers = numbers(30);
    choose_at_once(&site, &[site.state.register.clone(), other_process.clone()], &numbers).await;
    let (answered, waiting) = answered_and_waiting(&site).await;
    assert!(answered >= 7 && waiting > 0, "{answered} were answered at once, {waiting} wait");
    assert_eq!(answered + waiting, 30, "nobody is lost");

    // Two workers complete what waits; a visitor comes in the middle and is answered.
    let mut second = site.state.clone();
    second.register = other_process;
    let stop = CancellationToken::new();
    let work = async |state| {
        while answered_and_waiting(&site).await.1 > 0 {
            // What was put off is not due yet.
            if complete_lookups(state, &stop).await.unwrap() == Heard::Everything {
                tokio::time::sleep(Wait::from_millis(200)).await;
            }
        }
    };
    let visitor = async {
        tokio::time::sleep(Wait::from_millis(1500)).await;
        site.state.register.look_up(&tulle()).await
    };
    let all = async { tokio::join!(work(&site.state), work(&second), visitor) };
    let all = Box::pin(tokio::time::timeout(Wait::from_mins(4), all));
    let ((), (), visited) = all.await.expect("nobody waits for ever");
    assert!(matches!(visited, Answer::Known(_)), "the worker leaves slots to the pages");
    assert_eq!(answered_and_waiting(&site).await, (31, 0));
    assert_eq!(server.violations(), 0, "of {} calls", server.calls().len());
    assert_eq!(server.calls().len(), 31, "each was asked for once");
}

#[tokio::test]
async fn pages_take_the_slots_there_are_and_the_worker_leaves_them_two() {
    let (site, server) = asking(Manner::Found).await;
    let mut numbers = numbers(12).into_iter();
    for _ in 0..5 {
        assert!(matches!(site.state.register.ask(&numbers.next().unwrap(), Asking::Patiently).await, Answer::Known(_)));
    }
    assert_eq!(site.state.register.ask(&numbers.next().unwrap(), Asking::Patiently).await, Answer::Unavailable);
    for _ in 0..2 {
        assert!(matches!(site.state.register.look_up(&numbers.next().unwrap()).await, Answer::Known(_)));
    }
    assert_eq!(site.state.register.look_up(&numbers.next().unwrap()).await, Answer::Unavailable, "the clock stands still");
    site.state.clock.advance(Duration::milliseconds(1201));
    assert!(matches!(site.state.register.look_up(&numbers.next().unwrap()).await, Answer::Known(_)));
    assert_eq!(server.calls().len(), 8);
}

#[tokio::test]
async fn a_call_that_never_came_back_frees_its_slot_in_the_end() {
    let (site, _server) = asking(Manner::Found).await;
    for (busy_until, is_free) in [(Duration::seconds(2), false), (Duration::ZERO, true), (Duration::hours(3), true)] {
        sqlx::query_scalar::<_, i32>("update register_slots set busy_until = $1 returning number")
            .bind(site.state.clock.now() + busy_until)
            .fetch_all(&site.state.db)
            .await
            .unwrap();
        let answer = site.state.register.look_up(&numbers(9)[8 - usize::from(is_free)]).await;
        assert_eq!(matches!(answer, Answer::Known(_)), is_free, "busy for {busy_until}");
        site.state.clock.advance(Duration::days(2));
    }
}

#[tokio::test]
async fn a_source_that_asks_for_a_pause_has_it_from_every_process() {
    let (site, server) = asking(Manner::TooMany("120")).await;
    let other_process = Register::new([server.recherche_entreprises(&site.state.db, &site.state.clock)]);
    assert_eq!(site.state.register.look_up(&tulle()).await, Answer::Unavailable);
    server.turns(Manner::Found);
    for later in [Duration::ZERO, Duration::seconds(119)] {
        site.state.clock.advance(later);
        for register in [&site.state.register, &other_process] {
            assert_eq!(register.look_up(&tulle()).await, Answer::Unavailable);
        }
    }
    assert_eq!(server.calls().len(), 1);
    site.state.clock.advance(Duration::seconds(1));
    assert!(matches!(other_process.look_up(&tulle()).await, Answer::Known(_)));
}

#[tokio::test]
async fn a_pause_of_one_source_is_not_one_of_the_other() {
    let site = TestSite::new().await;
    let (insee, recherche) = (RegisterServer::start(Manner::TooMany("60")).await, RegisterServer::start(Manner::Found).await);
    let (db, clock) = (&site.state.db, &site.state.clock);
    let register = Register::new([insee.insee(db, clock), recherche.recherche_entreprises(db, clock)]);
    for siret in numbers(3) {
        assert!(matches!(register.look_up(&siret).await, Answer::Known(_)));
    }
    assert_eq!((insee.calls().len(), recherche.calls().len()), (1, 3));
}

#[tokio::test]
async fn a_source_that_fails_three_times_is_left_alone_then_tried_once() {
    let (site, server) = asking(Manner::Broken).await;
    for siret in numbers(6) {
        assert_eq!(site.state.register.look_up(&siret).await, Answer::Unavailable);
    }
    assert_eq!(server.calls().len(), 3, "the others were spared");
    site.state.clock.advance(Duration::seconds(31));
    for siret in numbers(3) {
        assert_eq!(site.state.register.look_up(&siret).await, Answer::Unavailable);
    }
    assert_eq!(server.calls().len(), 4, "one tried, and it is left alone again");
    server.turns(Manner::Found);
    site.state.clock.advance(Duration::seconds(31));
    for siret in numbers(3) {
        site.state.register.look_up(&siret).await;
        site.state.clock.advance(Duration::seconds(2));
    }
    assert_eq!(server.calls().len(), 7, "it answers: everybody asks again");
}

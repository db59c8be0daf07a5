//! Two hundred people at once before a register that accepts seven calls a second. What must hold is asserted; how long it takes is printed
//! and never judged: `cargo test --test app two_hundred -- --nocapture`.

use std::time::{Duration, Instant};

use habilitation::{
    clock::Clock,
    organisations::{Register, Siret},
    worker::{Heard, complete_lookups},
};
use tokio_util::sync::CancellationToken;

use super::{
    asking_in_real_time,
    pace::{answered_and_waiting, choose_at_once, numbers},
};
use crate::{
    organisations::at_once,
    support::{Manner, TestSite, given},
};

fn figures(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!("{what}: {} of them, p50 {:.0} ms, p95 {:.0} ms, max {:.0} ms", times.len(), at(50), at(95), at(100));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_look_ups_at_once() {
    let (site, server) = asking_in_real_time(Manner::Found).await;
    let other_process = Register::new([server.recherche_entreprises(&site.state.db, &Clock::System)]);
    let wanted = numbers(200);
    figures("look-ups", choose_at_once(&site, &[site.state.register.clone(), other_process], &wanted).await);
    let (answered, waiting) = answered_and_waiting(&site).await;
    println!("{answered} answered at once, {waiting} queued");
    let begins = Instant::now();
    while complete_lookups(&site.state, &CancellationToken::new()).await.unwrap() == Heard::Nothing {}
    let (answered, waiting) = answered_and_waiting(&site).await;
    println!("after {:.1} s of the worker: {answered} answered, {waiting} waiting", begins.elapsed().as_secs_f64());
    println!("the server received {} calls, {} beyond seven in a second", server.calls().len(), server.violations());
    assert_eq!((answered, waiting, server.violations()), (200, 0, 0));
}

/// Opens the page of each number, all at once.
async fn open_at_once(site: &TestSite, numbers: &[Siret]) -> Vec<Duration> {
    let mut visitor = site.visitor();
    visitor.sign_in("camille@tulle.test").await;
    let page = |number: String| {
        let mut visitor = visitor.another_tab();
        async move {
            let begins = Instant::now();
            let answer = visitor.get(&format!("/demandes/nouvelle?siret={number}")).await;
            assert_eq!(answer.status, 200);
            begins.elapsed()
        }
    };
    at_once(numbers.iter().map(|siret| page(siret.as_str().to_owned())).collect::<Vec<_>>()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_pages_at_once() {
    let (site, server) = asking_in_real_time(Manner::Found).await;
    given::a_person(&site, "camille@tulle.test").await;
    let wanted = numbers(420);
    open_at_once(&site, &wanted[..5]).await;
    figures("pages, ten at once", open_at_once(&site, &wanted[10..20]).await);
    figures("pages, two hundred at once", open_at_once(&site, &wanted[20..220]).await);
    assert_eq!(server.violations(), 0);
    let site = site.with_register(Register::sample());
    figures("the same with the extract in memory", open_at_once(&site, &wanted[220..]).await);
}

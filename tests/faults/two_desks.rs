//! Two programs on one directory: both answer, each letter leaves once, and the one that stays takes over from the one that goes.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use habilitation::clock::Clock;
use tokio::time::sleep;

use crate::{
    browser::{Browser, Lost},
    desk::{Desk, Place},
    given::{self, Draft},
    law::{self, LetterFound},
    load::{Crew, Line, Work, tally},
    smtp::SmtpServer,
};

/// Waits until that desk keeps the server, and takes visitors.
async fn takes_over(place: &Place, desk: &mut Desk) -> Duration {
    let started = Instant::now();
    while place.host() != Some(desk.pid()) {
        assert!(started.elapsed() < Duration::from_secs(30), "nobody took over: {}", desk.said());
        sleep(Duration::from_millis(5)).await;
    }
    desk.ready().await;
    started.elapsed()
}

async fn hand_in(applicants: &mut [Browser], drafts: &[Draft], desks: &[&Desk]) {
    for (number, draft) in drafts.iter().enumerate() {
        let mut browser = draft.owner(applicants).at(desks[number % desks.len()].address);
        let answer = draft.hand_in(&mut browser).await.unwrap();
        assert_eq!(answer.location(), draft.receipt(), "{}", answer.body);
    }
}

/// Those who stayed were answered or told to come back.
fn judge(works: &[Work], name: &str) {
    let slowest = works.iter().flat_map(|work| &work.visits).map(|visit| visit.took).max().unwrap();
    println!("two desks, {name}: {:?}; slowest answer {slowest:.2?}", tally(works));
    for visit in works.iter().flat_map(|work| &work.visits) {
        assert!(matches!(visit.outcome, Ok(200 | 303)) || (visit.outcome == Ok(503) && visit.says_when), "{visit:?}");
        assert!(visit.took < Duration::from_secs(10), "{visit:?}");
    }
}

/// Each letter was taken by the mail server once; twice when a desk was killed with it in hand, and then it is counted.
fn each_letter_arrived_once(letters: &[LetterFound], server: &SmtpServer) {
    let mut copies: BTreeMap<String, usize> = BTreeMap::new();
    for received in server.received() {
        *copies.entry(received.message_id).or_default() += 1;
    }
    assert_eq!(copies.len(), letters.len(), "no letter is lost, none is invented");
    let (mut in_doubt, mut twice) = (0, 0);
    for letter in letters {
        let (_, copies) = copies.iter().find(|(id, _)| id.contains(&letter.id.to_string())).unwrap();
        in_doubt += usize::from(letter.doubtful_attempts > 0);
        twice += usize::from(*copies == 2);
        assert!(*copies == 1 || (*copies == 2 && letter.doubtful_attempts > 0), "{copies} copies: {letter:?}");
    }
    println!("two desks: {} letters, each at the mail server once but {twice}; {in_doubt} counted as doubtful", letters.len());
    assert!(in_doubt <= 1, "one desk was killed");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_desks_share_one_directory_and_the_one_that_stays_takes_over() {
    let place = Place::new().await;
    let server = SmtpServer::start(&[]).await;
    let smtp = format!("smtp://127.0.0.1:{}", server.port);
    let settings = [("SMTP_URL", smtp.as_str())];
    let (mut first, mut second) = (place.serve(&settings), place.serve(&settings));
    let started = tokio::join!(first.ready(), second.ready());
    println!("two desks: open after {:.2?} and {:.2?}, on a new database", started.0, started.1);
    if place.host() == Some(second.pid()) {
        std::mem::swap(&mut first, &mut second);
    }
    assert_eq!(place.host(), Some(first.pid()));
    assert_eq!(law::filed_twice(&place).await, 0, "the demonstration is filed once, whoever starts first");

    let mut applicants = given::applicants(&first).await;
    let drafts = given::complete_drafts(&place, 108).await;
    let (workers, demandes) = drafts.split_at(8);
    hand_in(&mut applicants, &demandes[..60], &[&first, &second]).await;

    given::move_to(&mut applicants, &second);
    let crew = Crew::start(&mut applicants, workers, Line::Kept, false);
    sleep(Duration::from_millis(500)).await;
    first.kill();
    let killed_at = Clock::System.now();
    println!("two desks, the first killed: the second keeps the server and serves after {:.2?}", takes_over(&place, &mut second).await);
    law::let_leases_end(&place, killed_at).await;
    hand_in(&mut applicants, &demandes[60..80], &[&second]).await;
    judge(&crew.go_home().await, "the first killed");

    let mut third = place.serve(&settings);
    third.ready().await;
    given::move_to(&mut applicants, &third);
    let crew = Crew::start(&mut applicants, workers, Line::Kept, false);
    sleep(Duration::from_millis(500)).await;
    second.ask_to_stop();
    assert!(second.end().await.success());
    println!("two desks, the host stopped: its guest keeps the server and serves after {:.2?}", takes_over(&place, &mut third).await);
    hand_in(&mut applicants, &demandes[80..], &[&third]).await;
    judge(&crew.go_home().await, "the host stopped");
    assert_eq!(applicants[0].at(first.address).get("/").await.unwrap_err(), Lost::Refused);

    let letters = law::empty_outbox(&place, Duration::from_secs(30)).await;
    each_letter_arrived_once(&letters, &server);
    place.check_invariants();
    [&first, &second, &third].into_iter().for_each(Desk::assert_calm);
}

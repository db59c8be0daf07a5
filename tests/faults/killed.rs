//! `kill -9`: at any instant, what was answered is kept, what was not is whole or absent, and the next start puts all in order.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use habilitation::clock::Clock;
use tokio::{task::JoinSet, time::sleep};

use crate::{
    browser::{Browser, Lost},
    desk::{Desk, Place},
    given::{self, Draft},
    law,
};

const ROUNDS: usize = 5;
const EACH: usize = 40;
const CONNECTIONS: usize = 32;

/// What the clients of one round saw.
#[derive(Debug, Default)]
struct Seen {
    answered: Vec<Draft>,
    lost: Vec<(Draft, Lost)>,
    unsent: Vec<Draft>,
}

/// Hands drafts in over many connections at once; each stops at its first request without an answer.
async fn hand_in(applicants: &mut [Browser], drafts: VecDeque<Draft>, answered: Arc<AtomicUsize>) -> Seen {
    let queue = Arc::new(Mutex::new(drafts));
    let mut clients = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let mut tabs: Vec<Browser> = applicants.iter().map(Browser::another_tab).collect();
        let (queue, answered) = (queue.clone(), answered.clone());
        clients.spawn(async move {
            let mut seen = Seen::default();
            loop {
                let next = queue.lock().unwrap().pop_front();
                let Some(draft) = next else { return seen };
                match draft.hand_in(draft.owner(&mut tabs)).await {
                    Ok(answer) => {
                        assert_eq!((answer.status, answer.location()), (303, draft.receipt().as_str()), "{}", answer.body);
                        answered.fetch_add(1, Ordering::SeqCst);
                        seen.answered.push(draft);
                    }
                    Err(lost) => {
                        seen.lost.push((draft, lost));
                        return seen;
                    }
                }
            }
        });
    }
    let mut all = Seen::default();
    for seen in clients.join_all().await {
        all.answered.extend(seen.answered);
        all.lost.extend(seen.lost);
    }
    all.unsent.extend(queue.lock().unwrap().drain(..));
    all
}

/// The same, the desk killed once so many answers were seen, a few milliseconds later.
async fn kill_while_handing_in(desk: &mut Desk, applicants: &mut [Browser], drafts: VecDeque<Draft>) -> Seen {
    let answered = Arc::new(AtomicUsize::new(0));
    let (enough, pause) = (rand::random_range(0..drafts.len() * 3 / 4), rand::random_range(0..20_000));
    let clients = hand_in(applicants, drafts, answered.clone());
    let killer = async {
        while answered.load(Ordering::SeqCst) < enough {
            sleep(Duration::from_millis(1)).await;
        }
        sleep(Duration::from_micros(pause)).await;
        desk.kill();
    };
    tokio::join!(clients, killer).0
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_is_kept_though_the_desk_is_killed_while_it_receives() {
    let place = Place::new().await;
    let mut desk = place.open().await;
    let mut applicants = given::applicants(&desk).await;
    let drafts = given::complete_drafts(&place, ROUNDS * EACH).await;
    let before = law::find(&mut place.owner().await, &drafts).await;
    let (mut left, mut slowest, mut in_flight, mut filed_unseen) = (VecDeque::new(), Duration::ZERO, 0, 0);
    for (round, fresh) in drafts.chunks(EACH).enumerate() {
        left.extend(fresh);
        let seen = kill_while_handing_in(&mut desk, &mut applicants, std::mem::take(&mut left)).await;
        let killed_at = Clock::System.now();
        desk.assert_calm();
        // At once: the server of the killed desk may still be stopping.
        desk = place.serve(&[]);
        let started = desk.ready().await;
        slowest = slowest.max(started);
        applicants.iter_mut().for_each(|browser| *browser = browser.at(desk.address));

        let found = law::find(&mut place.owner().await, &drafts).await;
        let is_handed_in = |draft: &Draft| found[&draft.id.0].is_handed_in(&before[&draft.id.0]);
        assert!(seen.answered.iter().all(is_handed_in), "an answer below 400 is in the database");
        assert!(!seen.unsent.iter().any(is_handed_in));
        let unseen = seen.lost.iter().filter(|(draft, _)| is_handed_in(draft)).count();
        let unanswered = seen.lost.iter().filter(|(_, lost)| *lost != Lost::Refused).count();
        (in_flight, filed_unseen) = (in_flight + unanswered, filed_unseen + unseen);
        println!(
            "kill -9, round {}: {} answered, {unanswered} in flight ({unseen} of them filed), {} refused, {} not sent; again in {started:.2?}",
            round + 1,
            seen.answered.len(),
            seen.lost.len() - unanswered,
            seen.unsent.len()
        );
        // Whoever saw no answer tries again.
        left.extend(seen.lost.iter().map(|(draft, _)| *draft).chain(seen.unsent));
        law::let_leases_end(&place, killed_at).await;
    }
    let retried = left.len();
    let last = hand_in(&mut applicants, left, Arc::default()).await;
    assert_eq!((last.answered.len(), last.lost.len(), last.unsent.len()), (retried, 0, 0));
    let found = law::find(&mut place.owner().await, &drafts).await;
    assert!(drafts.iter().all(|draft| found[&draft.id.0].is_handed_in(&before[&draft.id.0])), "each is filed, once");
    println!("kill -9: {in_flight} requests in flight, {filed_unseen} filed without their answer, each filed once in the end");
    println!("kill -9: slowest start afterwards {slowest:.2?}");
    each_letter_left_once(&place).await;
    place.check_invariants();
    desk.assert_calm();
    assert!(slowest < Duration::from_secs(15));
}

async fn each_letter_left_once(place: &Place) {
    let letters = law::empty_outbox(place, Duration::from_secs(60)).await;
    let mut files: HashMap<_, usize> = HashMap::new();
    for letter in place.letters() {
        *files.entry(letter).or_default() += 1;
    }
    assert!(letters.iter().all(|letter| files.get(&letter.id) == Some(&1)), "one file a letter");
    assert_eq!(files.len(), letters.len());
    let doubtful = letters.iter().filter(|letter| letter.doubtful_attempts > 0).count();
    println!(
        "kill -9: {} letters, {} files, the outbox empty; {doubtful} letters in hand when the desk was killed",
        letters.len(),
        files.len()
    );
    assert!(doubtful <= ROUNDS, "a worker has one letter in hand at most");
}

//! `kill -9`: at any instant, what was answered is kept, what was not is whole or absent, and the next start puts all in order.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use habilitation::clock::Clock;
use rustix::process::{Signal, kill_process};
use tokio::{task::JoinSet, time::sleep};
use uuid::Uuid;

use crate::{
    browser::{Browser, Lost},
    desk::{Desk, Place},
    given::{self, Draft},
    law,
    load::{Crew, Line, revisions},
};

/// From the start of the program to its first page, after whatever happened: 5 s on a machine of its own.
const LONGEST_START: Duration = Duration::from_secs(15);

/// How many demandes are handed in until the desk is killed, and over how many connections: the last time all at once.
const ROUNDS: [(usize, usize); 9] = [(40, 32), (40, 32), (40, 32), (40, 32), (40, 32), (40, 32), (40, 32), (40, 32), (200, 200)];

/// What the clients of one round saw.
#[derive(Debug, Default)]
struct Seen {
    answered: Vec<Draft>,
    lost: Vec<(Draft, Lost)>,
    unsent: Vec<Draft>,
}

/// Hands drafts in over many connections at once; each stops at its first request without an answer.
async fn hand_in(applicants: &mut [Browser], drafts: VecDeque<Draft>, connections: usize, answered: Arc<AtomicUsize>) -> Seen {
    let queue = Arc::new(Mutex::new(drafts));
    let mut clients = JoinSet::new();
    for _ in 0..connections {
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
async fn kill_while_handing_in(desk: &mut Desk, applicants: &mut [Browser], drafts: VecDeque<Draft>, connections: usize) -> Seen {
    let answered = Arc::new(AtomicUsize::new(0));
    let (enough, pause) = (rand::random_range(0..drafts.len() * 3 / 4), rand::random_range(0..20_000));
    let clients = hand_in(applicants, drafts, connections, answered.clone());
    let killer = async {
        while answered.load(Ordering::SeqCst) < enough {
            sleep(Duration::from_millis(1)).await;
        }
        sleep(Duration::from_micros(pause)).await;
        desk.kill();
    };
    tokio::join!(clients, killer).0
}

/// What all the rounds came to.
#[derive(Debug, Default)]
struct Sum {
    in_flight: usize,
    filed_unseen: usize,
    left_unmarked: BTreeSet<Uuid>,
    slowest: Duration,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_is_kept_though_the_desk_is_killed_while_it_receives() {
    let place = Place::new().await;
    let mut desk = place.open().await;
    let mut applicants = given::applicants(&desk).await;
    let drafts = given::complete_drafts(&place, ROUNDS.iter().map(|(fresh, _)| fresh).sum()).await;
    let before = law::find(&mut place.owner().await, &drafts).await;
    let (mut left, mut fresh, mut sum) = (VecDeque::new(), drafts.iter().copied(), Sum::default());
    for (count, connections) in ROUNDS {
        left.extend(fresh.by_ref().take(count));
        let seen = kill_while_handing_in(&mut desk, &mut applicants, std::mem::take(&mut left), connections).await;
        let killed_at = Clock::System.now();
        desk.assert_calm();
        let written = place.letters();
        // At once: the server of the killed desk may still be stopping.
        desk = place.serve(&[]);
        let started = desk.ready().await;
        given::move_to(&mut applicants, &desk);

        let found = law::find(&mut place.owner().await, &drafts).await;
        let is_handed_in = |draft: &Draft| found[&draft.id.0].is_handed_in(&before[&draft.id.0]);
        assert!(seen.answered.iter().all(is_handed_in), "an answer below 400 is in the database");
        assert!(!seen.unsent.iter().any(is_handed_in));
        sum.add(&seen, seen.lost.iter().filter(|(draft, _)| is_handed_in(draft)).count(), started);
        sum.left_unmarked.extend(law::in_hand(&place, killed_at).await.iter().filter(|letter| written.contains(letter)));
        // Whoever saw no answer tries again.
        left.extend(seen.lost.iter().map(|(draft, _)| *draft).chain(seen.unsent));
        law::let_leases_end(&place, killed_at).await;
    }
    let retried = left.len();
    let last = hand_in(&mut applicants, left, 32, Arc::default()).await;
    assert_eq!((last.answered.len(), last.lost.len(), last.unsent.len()), (retried, 0, 0));
    let found = law::find(&mut place.owner().await, &drafts).await;
    assert!(drafts.iter().all(|draft| found[&draft.id.0].is_handed_in(&before[&draft.id.0])), "each is filed, once");
    println!(
        "kill -9, in all: {} demandes, {} requests in flight, {} filed without their answer, each filed once in the end; slowest start {:.2?}",
        drafts.len(),
        sum.in_flight,
        sum.filed_unseen,
        sum.slowest
    );
    each_letter_left_once(&place, &sum.left_unmarked).await;
    place.check_invariants();
    desk.assert_calm();
}

impl Sum {
    fn add(&mut self, seen: &Seen, filed_unseen: usize, started: Duration) {
        let in_flight = seen.lost.iter().filter(|(_, lost)| *lost != Lost::Refused).count();
        println!(
            "kill -9: {} answered, {in_flight} in flight ({filed_unseen} of them filed), {} not sent; open again in {started:.2?}",
            seen.answered.len(),
            seen.unsent.len() + seen.lost.len() - in_flight
        );
        self.in_flight += in_flight;
        self.filed_unseen += filed_unseen;
        self.slowest = self.slowest.max(started);
        assert!(started < LONGEST_START);
    }
}

async fn each_letter_left_once(place: &Place, left_unmarked: &BTreeSet<Uuid>) {
    let letters = law::empty_outbox(place, Duration::from_mins(1)).await;
    let files = place.letters();
    let numbers: BTreeSet<_> = files.iter().copied().collect();
    assert_eq!(numbers.len(), files.len(), "one file a letter");
    assert_eq!(numbers, letters.iter().map(|letter| letter.id).collect(), "and each letter has its file");
    let doubtful: BTreeSet<_> = letters.iter().filter(|letter| letter.doubtful_attempts > 0).map(|letter| letter.id).collect();
    println!(
        "kill -9: {} letters, {} files, the outbox empty; {} in hand when the desk was killed, {} of which had left and left again",
        letters.len(),
        files.len(),
        doubtful.len(),
        left_unmarked.len()
    );
    assert!(doubtful.is_superset(left_unmarked), "whoever may have a letter twice is counted");
    assert!(doubtful.len() <= ROUNDS.len(), "a worker has one letter in hand at most");
}

/// The program and its database at the same instant, as when the machine stops; then the program alone, its server still stopping.
#[tokio::test(flavor = "multi_thread")]
async fn a_desk_killed_with_or_without_its_database_opens_again_at_once() {
    let place = Place::new().await;
    let mut desk = place.open().await;
    let mut applicants = given::applicants(&desk).await;
    let drafts = given::complete_drafts(&place, 16).await;
    let mut saves = vec![0; drafts.len()];
    for with_database in [true, false, true, false] {
        let crew = Crew::start(&mut applicants, &drafts, Line::Kept, true);
        sleep(Duration::from_millis(700)).await;
        let server = place.postmaster().unwrap();
        desk.kill();
        if with_database {
            // It may have heard of its parent's death and be gone.
            let _ = kill_process(server, Signal::KILL);
        }
        let left_behind = place.server_processes().len();
        desk = place.serve(&[]);
        let started = desk.ready().await;
        let name = if with_database { "the program and PostgreSQL" } else { "the program" };
        println!("kill -9 of {name}: {left_behind} processes of the server still there, open again in {started:.2?}");
        assert!(started < LONGEST_START);
        given::move_to(&mut applicants, &desk);
        let works = crew.leave().await;
        let kept = revisions(&mut place.owner().await, &works).await;
        for work in &works {
            let before = &mut saves[drafts.iter().position(|draft| *draft == work.draft).unwrap()];
            let now = kept[&work.draft.id.0] - 1;
            assert!((*before + work.saved..=*before + work.saved + work.unsure).contains(&now), "{before} then {now}: {work:?}");
            *before = now;
        }
    }
    place.check_invariants();
    desk.assert_calm();
}

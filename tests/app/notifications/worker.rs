//! What the worker does with letters it cannot write, with its like, when it dies, and what operators may do.

use std::time::{Duration as Wait, Instant};

use habilitation::{
    journal::By,
    notifications::{self, LEASE, LetterState, Mailer, Outcome, Recipient, settle, take_next},
    problem::Problem,
    worker::{self, Round},
};
use sqlx::Executor;
use time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    A_PAUSE, ALICE, BRUNO, facts, letter, only_letter,
    server::{identities, mailer_at, mailer_to},
    states, write_to,
};
use crate::support::{Fault, SmtpServer, TestSite};

#[tokio::test]
async fn a_name_with_a_line_break_is_given_up_and_the_next_letter_leaves_within_a_second() {
    let site = TestSite::new().await;
    write_to(&site, &[ALICE]).await;
    let mut owner = site.database.owner().await;
    owner.execute("alter table outbox drop constraint outbox_recipient_name_is_a_line").await.unwrap();
    owner.execute(r"update outbox set recipient_name = E'Élise\r\nBcc: tous@example.fr'").await.unwrap();
    write_to(&site, &[BRUNO]).await;
    let started = Instant::now();
    site.send_letters().await;
    assert!(started.elapsed() < Wait::from_secs(1));
    assert_eq!(states(&site).await, [(ALICE.to_owned(), LetterState::Dead), (BRUNO.to_owned(), LetterState::Sent)]);
    assert_eq!(site.posted.letters().len(), 1);
}

#[tokio::test]
async fn the_database_refuses_a_name_with_a_line_break() {
    let site = TestSite::new().await;
    let to = Recipient { address: ALICE.into(), name: "Élise\r\nBcc: tous@example.fr".into() };
    let mut transaction = site.state.db.begin().await.unwrap();
    let refused = notifications::enqueue(&mut transaction, "D1", &to, &letter(1), site.state.clock.now()).await;
    assert!(matches!(refused, Err(Problem::Internal(_))));
}

#[tokio::test]
async fn a_letter_this_program_does_not_know_is_given_up_after_ten_tries() {
    let site = TestSite::new().await;
    write_to(&site, &[ALICE]).await;
    let mut owner = site.database.owner().await;
    owner.execute(r#"update outbox set letter = '{"letter": "from_tomorrow"}', kind = 'from_tomorrow'"#).await.unwrap();
    write_to(&site, &[BRUNO]).await;
    for _ in 0..40 {
        site.send_letters().await;
        site.state.clock.advance(Duration::hours(1));
    }
    assert_eq!(states(&site).await, [(ALICE.to_owned(), LetterState::Dead), (BRUNO.to_owned(), LetterState::Sent)]);
    assert_eq!(site.outbox().await[0].tries.count, 10);
    assert_eq!(facts(&site).await, ["timer letter_given_up from_tomorrow"]);
}

#[tokio::test]
async fn a_recipient_reads_their_letters_in_order() {
    let (site, server) = (TestSite::new().await, SmtpServer::start(&[]).await);
    let mailer = mailer_to(&site, &server);
    server.refuse(ALICE, "450 4.2.0 revenez plus tard");
    write_to(&site, &[ALICE, ALICE, BRUNO]).await;
    site.send_letters_through(&mailer).await;
    server.accept(ALICE);
    site.send_letters_through(&mailer).await;
    assert_eq!(server.received().iter().map(|letter| letter.to.clone()).collect::<Vec<_>>(), [BRUNO]);
    site.state.clock.advance(A_PAUSE);
    site.send_letters_through(&mailer).await;
    let letters = site.outbox().await;
    let expected: Vec<String> = [2, 0, 1].iter().map(|place: &usize| format!("<{}@localhost>", letters[*place].id)).collect();
    assert_eq!(identities(&server), expected);
}

#[tokio::test]
async fn a_letter_that_cannot_leave_holds_the_next_ones_back_for_an_hour_only() {
    let (site, server) = (TestSite::new().await, SmtpServer::start(&[Fault::Later; 8]).await);
    let mailer = mailer_to(&site, &server);
    write_to(&site, &[ALICE]).await;
    for _ in 0..8 {
        site.send_letters_through(&mailer).await;
        site.state.clock.advance(Duration::hours(2));
    }
    site.send_letters_through(&mailer_at(&site, "smtp://127.0.0.1:1")).await;
    write_to(&site, &[ALICE]).await;
    let mut owner = site.database.owner().await;
    owner.execute("update outbox set next_try_at = next_try_at + interval '6 hours' where attempts > 0").await.unwrap();
    site.send_letters_through(&mailer).await;
    assert_eq!(states(&site).await.iter().map(|(_, state)| *state).collect::<Vec<_>>(), [LetterState::Waiting, LetterState::Sent]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_at_once_send_each_letter_once() {
    let (site, server) = (TestSite::new().await, SmtpServer::start(&[]).await);
    let mailer = mailer_to(&site, &server);
    let addresses: Vec<String> = (0..60).map(|number| format!("personne{}@example.fr", number % 20)).collect();
    write_to(&site, &addresses.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let never = CancellationToken::new();
    let work = || worker::send_due_letters(&site.state, &mailer, &never);
    let (first, second) = tokio::join!(work(), work());
    assert_eq!((first.unwrap(), second.unwrap()), (Round::Done, Round::Done));
    // one may have ended while the other still held the letter before somebody's last
    work().await.unwrap();
    let letters = site.outbox().await;
    assert!(letters.iter().all(|letter| letter.state == LetterState::Sent && letter.tries.count == 1));
    for number in 0..20 {
        let address = format!("personne{number}@example.fr");
        let written: Vec<String> =
            letters.iter().filter(|letter| letter.to.address == address).map(|letter| format!("<{}@localhost>", letter.id)).collect();
        let read: Vec<String> =
            server.received().into_iter().filter(|letter| letter.to == address).map(|letter| letter.message_id).collect();
        assert_eq!(read, written);
    }
}

#[tokio::test]
async fn a_letter_whose_worker_was_killed_is_taken_again_after_the_lease() {
    let site = TestSite::new().await;
    write_to(&site, &[ALICE]).await;
    let mut killed = site.state.db.begin().await.unwrap();
    assert!(take_next(&mut killed, site.state.clock.now()).await.unwrap().is_some());
    killed.commit().await.unwrap();
    site.state.clock.advance(LEASE - Duration::seconds(1));
    site.send_letters().await;
    assert_eq!(site.posted.letters().len(), 0);
    site.state.clock.advance(Duration::seconds(1));
    site.send_letters().await;
    let letter = only_letter(&site).await;
    assert_eq!((letter.state, letter.tries.count, letter.tries.doubtful), (LetterState::Sent, 2, 1));
    assert_eq!(site.posted.letters().len(), 1);
}

#[tokio::test]
async fn a_letter_that_kills_its_workers_is_given_up() {
    let site = TestSite::new().await;
    write_to(&site, &[ALICE]).await;
    for _ in 0..10 {
        let mut killed = site.state.db.begin().await.unwrap();
        assert!(take_next(&mut killed, site.state.clock.now()).await.unwrap().is_some());
        killed.commit().await.unwrap();
        site.state.clock.advance(LEASE);
    }
    site.send_letters().await;
    // one of those workers may have handed it over before it died
    assert_eq!(only_letter(&site).await.state, LetterState::Ambiguous);
    assert_eq!(site.posted.letters().len(), 0);
}

#[tokio::test]
async fn a_worker_that_lost_its_letter_cannot_settle_it() {
    let site = TestSite::new().await;
    write_to(&site, &[ALICE]).await;
    let mut connection = site.state.db.acquire().await.unwrap();
    let slow = take_next(&mut connection, site.state.clock.now()).await.unwrap().unwrap();
    site.state.clock.advance(LEASE);
    let fast = take_next(&mut connection, site.state.clock.now()).await.unwrap().unwrap();
    let now = site.state.clock.now();
    assert!(!settle(&mut connection, &slow, &Outcome::Never("550".into()), 0.5, now).await.unwrap());
    assert!(settle(&mut connection, &fast, &Outcome::Sent, 0.5, now).await.unwrap());
    assert_eq!(only_letter(&site).await.state, LetterState::Sent);
    assert!(facts(&site).await.is_empty());
}

#[tokio::test]
async fn an_operator_holds_releases_and_retries_and_the_journal_says_so() {
    let (site, server) = (TestSite::new().await, SmtpServer::start(&[]).await);
    let mailer = mailer_to(&site, &server);
    server.refuse(ALICE, "550 5.1.1 personne ici");
    write_to(&site, &[ALICE]).await;
    let by = By::Operator { name: "exploitation".into() };
    let (id, now) = (only_letter(&site).await.id, site.state.clock.now());
    let mut connection = site.state.db.acquire().await.unwrap();

    notifications::hold(&mut connection, &by, id, now).await.unwrap();
    site.send_letters_through(&mailer).await;
    assert_eq!(only_letter(&site).await.state, LetterState::Held);
    let refused = notifications::retry(&mut connection, &by, id, now).await;
    assert!(matches!(refused, Err(Problem::NotPossible { .. })));

    notifications::release(&mut connection, &by, id, now).await.unwrap();
    site.send_letters_through(&mailer).await;
    assert_eq!(only_letter(&site).await.state, LetterState::Dead);

    server.accept(ALICE);
    notifications::retry(&mut connection, &by, id, now).await.unwrap();
    site.send_letters_through(&mailer).await;
    assert_eq!(only_letter(&site).await.state, LetterState::Sent);
    assert!(matches!(notifications::hold(&mut connection, &by, id, now).await, Err(Problem::NotPossible { .. })));
    assert!(matches!(notifications::hold(&mut connection, &by, Uuid::nil(), now).await, Err(Problem::NotFound)));

    let expected = ["operator letter_held", "operator letter_released", "timer letter_given_up", "operator letter_retried"];
    assert_eq!(facts(&site).await, expected.map(|fact| format!("{fact} nouvelle demande à instruire")));
}

#[tokio::test]
async fn a_letter_that_is_leaving_is_left_alone() {
    let site = TestSite::new().await;
    write_to(&site, &[ALICE]).await;
    let by = By::Operator { name: "exploitation".into() };
    let (id, now) = (only_letter(&site).await.id, site.state.clock.now());
    let mut connection = site.state.db.acquire().await.unwrap();
    take_next(&mut connection, now).await.unwrap().unwrap();
    assert!(matches!(notifications::hold(&mut connection, &by, id, now).await, Err(Problem::NotPossible { .. })));
    notifications::retry(&mut connection, &by, id, now + LEASE).await.unwrap();
    assert_eq!(only_letter(&site).await.tries.doubtful, 1);
}

#[tokio::test]
async fn one_occasion_makes_one_letter() {
    let site = TestSite::new().await;
    let to = Recipient { address: ALICE.into(), name: String::new() };
    let mut connection = site.state.db.acquire().await.unwrap();
    for _ in 0..3 {
        notifications::enqueue(&mut connection, "D1 version 1", &to, &letter(1), site.state.clock.now()).await.unwrap();
    }
    assert_eq!(site.letters_to(ALICE).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_wakes_the_worker_and_it_stops_when_told() {
    let site = TestSite::new().await;
    let stop = CancellationToken::new();
    let working = tokio::spawn(worker::run(site.state.clone(), site.mailer.clone(), stop.clone()));
    // the worker listens once its first round found nothing; a letter written before would be found by polling
    tokio::time::sleep(Wait::from_millis(500)).await;
    let started = Instant::now();
    write_to(&site, &[ALICE]).await;
    while site.posted.letters().is_empty() {
        assert!(started.elapsed() < Wait::from_secs(3), "the letter waited for polling");
        tokio::time::sleep(Wait::from_millis(5)).await;
    }
    stop.cancel();
    let started = Instant::now();
    working.await.unwrap();
    assert!(started.elapsed() < Wait::from_secs(1));
    assert_eq!(only_letter(&site).await.state, LetterState::Sent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_told_to_stop_finishes_the_letter_at_hand_and_takes_no_other() {
    let (site, server) = (TestSite::new().await, SmtpServer::start(&[Fault::SilentAfterTheEnd]).await);
    write_to(&site, &[ALICE, BRUNO]).await;
    let stop = CancellationToken::new();
    let working = tokio::spawn(worker::run(site.state.clone(), mailer_to(&site, &server), stop.clone()));
    while server.received().is_empty() {
        tokio::time::sleep(Wait::from_millis(5)).await;
    }
    stop.cancel();
    working.await.unwrap();
    let letters = site.outbox().await;
    assert_eq!((letters[0].tries.count, letters[0].tries.doubtful, letters[0].locked_until), (1, 1, None));
    assert_eq!((letters[1].tries.count, letters[1].state), (0, LetterState::Waiting));
}

#[tokio::test]
async fn without_a_mail_server_a_letter_becomes_a_file_and_a_second_try_the_same_file() {
    let directory = std::env::temp_dir().join(format!("courriels-{}", Uuid::new_v4()));
    let site = TestSite::with(|config| config.data_dir = directory.clone()).await;
    let mailer = Mailer::from_config(&site.state.config).unwrap();
    write_to(&site, &[ALICE]).await;
    site.send_letters_through(&mailer).await;
    let mut owner = site.database.owner().await;
    owner.execute("update outbox set state = 'waiting', sent_at = null").await.unwrap();
    site.state.clock.advance(Duration::hours(1));
    site.send_letters_through(&mailer).await;
    let files: Vec<_> = std::fs::read_dir(directory.join("courriels")).unwrap().map(|file| file.unwrap().path()).collect();
    let id = only_letter(&site).await.id;
    assert_eq!(files, [directory.join("courriels").join(format!("20261203T090000Z-{id}.eml"))]);
    assert!(std::fs::read_to_string(&files[0]).unwrap().contains(&format!("Message-ID: <{id}@localhost>")));
    std::fs::remove_dir_all(directory).unwrap();
}

#[tokio::test]
#[should_panic(expected = "letters nobody looked at: [\"application_arrived to alice@example.fr\"]")]
async fn a_test_that_leaves_a_letter_unread_fails() {
    let site = TestSite::new().await;
    write_to(&site, &[ALICE, BRUNO]).await;
    assert_eq!(site.letters_to(BRUNO).await.len(), 1);
}

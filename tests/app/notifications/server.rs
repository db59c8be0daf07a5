//! What each way a mail server can fail gives.

use std::time::{Duration as Wait, Instant};

use habilitation::{
    notifications::{LetterState, Mailer, Smtp},
    worker::Round,
};
use time::Duration;

use super::{A_PAUSE, ALICE, BRUNO, facts, only_letter, states, write_to};
use crate::support::{Fault, SmtpServer, TestSite};

pub(super) fn mailer_to(site: &TestSite, server: &SmtpServer) -> Mailer {
    mailer_at(site, &format!("smtp://localhost:{}", server.port))
}

pub(super) fn mailer_at(site: &TestSite, url: &str) -> Mailer {
    let server = Smtp::from_url(url).unwrap().with_patience(Wait::from_millis(300));
    Mailer::smtp(&site.state.config, server).unwrap()
}

pub(super) fn identities(server: &SmtpServer) -> Vec<String> {
    server.received().into_iter().map(|letter| letter.message_id).collect()
}

#[tokio::test]
async fn a_letter_leaves_once_and_bears_its_number() {
    let (site, server) = (TestSite::new().await, SmtpServer::start(&[]).await);
    write_to(&site, &[ALICE]).await;
    assert_eq!(site.send_letters_through(&mailer_to(&site, &server)).await, Round::Done);
    let letter = only_letter(&site).await;
    assert_eq!((letter.state, letter.tries.count, letter.tries.doubtful), (LetterState::Sent, 1, 0));
    assert_eq!(letter.sent_at, Some(site.state.clock.now()));
    assert_eq!(identities(&server), [format!("<{}@localhost>", letter.id)]);
    assert_eq!(server.received()[0].to, ALICE);
    assert!(server.received()[0].raw.contains("Auto-Submitted: auto-generated\r\n"));
    assert_eq!(server.heard().last().map(String::as_str), Some("QUIT"));
    site.send_letters_through(&mailer_to(&site, &server)).await;
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_server_that_says_later_is_asked_again_after_a_pause() {
    for fault in [Fault::Later, Fault::LaterAfterTheEnd, Fault::DropsBeforeTheLetter] {
        let (site, server) = (TestSite::new().await, SmtpServer::start(&[fault]).await);
        let mailer = mailer_to(&site, &server);
        write_to(&site, &[ALICE]).await;
        site.send_letters_through(&mailer).await;
        let letter = only_letter(&site).await;
        assert_eq!((letter.state, letter.tries.count, letter.tries.doubtful), (LetterState::Waiting, 1, 0), "{fault:?}");
        assert!(letter.last_error.is_some());
        let pause = letter.next_try_at - site.state.clock.now();
        assert!(pause >= Duration::seconds(48) && pause <= Duration::seconds(72), "{pause}");
        site.send_letters_through(&mailer).await;
        assert_eq!(only_letter(&site).await.tries.count, 1, "nobody tries before the time");
        site.state.clock.advance(A_PAUSE);
        site.send_letters_through(&mailer).await;
        let letter = only_letter(&site).await;
        assert_eq!((letter.state, letter.tries.count, letter.last_error), (LetterState::Sent, 2, None), "{fault:?}");
        assert_eq!(server.received().len(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn an_address_refused_for_ever_is_given_up_and_the_others_receive_theirs() {
    let (site, server) = (TestSite::new().await, SmtpServer::start(&[]).await);
    server.refuse(ALICE, "550 5.1.1 personne ici");
    write_to(&site, &[ALICE, BRUNO]).await;
    site.send_letters_through(&mailer_to(&site, &server)).await;
    assert_eq!(states(&site).await, [(ALICE.to_owned(), LetterState::Dead), (BRUNO.to_owned(), LetterState::Sent)]);
    assert!(site.outbox().await[0].last_error.as_deref().unwrap().contains("550"));
    assert_eq!(facts(&site).await, ["timer letter_given_up nouvelle demande à instruire"]);
}

#[tokio::test]
async fn an_address_refused_for_two_days_is_given_up() {
    let (site, server) = (TestSite::new().await, SmtpServer::start(&[]).await);
    let mailer = mailer_to(&site, &server);
    server.refuse(ALICE, "450 4.2.1 boite pleine");
    write_to(&site, &[ALICE]).await;
    for _ in 0..60 {
        site.send_letters_through(&mailer).await;
        site.state.clock.advance(Duration::hours(1));
    }
    let letter = only_letter(&site).await;
    assert_eq!(letter.state, LetterState::Dead);
    assert!((12..=18).contains(&letter.tries.count), "{}", letter.tries.count);
}

#[tokio::test]
async fn a_line_dropped_after_the_letter_gives_two_copies_of_one_number_at_most_and_says_so() {
    // a short letter is written whole before the line is seen to be cut: the desk cannot tell the third from the two others
    for (fault, copies) in [(Fault::DropsAfterTheEnd, 2), (Fault::SilentAfterTheEnd, 2), (Fault::DropsBeforeTheEnd, 1)] {
        let (site, server) = (TestSite::new().await, SmtpServer::start(&[fault]).await);
        let mailer = mailer_to(&site, &server);
        write_to(&site, &[ALICE]).await;
        site.send_letters_through(&mailer).await;
        let letter = only_letter(&site).await;
        assert_eq!((letter.state, letter.tries.count, letter.tries.doubtful), (LetterState::Waiting, 1, 1), "{fault:?}");
        site.state.clock.advance(A_PAUSE);
        site.send_letters_through(&mailer).await;
        let letter = only_letter(&site).await;
        assert_eq!((letter.state, letter.tries.count, letter.tries.doubtful), (LetterState::Sent, 2, 1), "{fault:?}");
        assert_eq!(identities(&server), vec![format!("<{}@localhost>", letter.id); copies], "{fault:?}");
    }
}

#[tokio::test]
async fn a_line_dropped_twice_after_the_letter_leaves_it_in_doubt() {
    let (site, server) = (TestSite::new().await, SmtpServer::start(&[Fault::DropsAfterTheEnd; 9]).await);
    let mailer = mailer_to(&site, &server);
    write_to(&site, &[ALICE]).await;
    for _ in 0..5 {
        site.send_letters_through(&mailer).await;
        site.state.clock.advance(Duration::hours(7));
    }
    let letter = only_letter(&site).await;
    assert_eq!((letter.state, letter.tries.count, letter.tries.doubtful), (LetterState::Ambiguous, 2, 2));
    assert_eq!(server.received().len(), 2);
    assert_eq!(facts(&site).await, ["timer letter_in_doubt nouvelle demande à instruire"]);
}

#[tokio::test]
async fn a_server_that_is_away_costs_no_letter_a_try() {
    for fault in [Fault::TooBusy, Fault::SilentFromTheStart] {
        let (site, server) = (TestSite::new().await, SmtpServer::start(&[fault]).await);
        let mailer = mailer_to(&site, &server);
        write_to(&site, &[ALICE, BRUNO]).await;
        let started = Instant::now();
        assert_eq!(site.send_letters_through(&mailer).await, Round::ServerAway, "{fault:?}");
        assert!(started.elapsed() < Wait::from_secs(2));
        assert!(site.outbox().await.iter().all(|letter| (letter.state, letter.tries.count) == (LetterState::Waiting, 0)));
        assert_eq!(site.send_letters_through(&mailer).await, Round::Done);
        assert_eq!(server.received().len(), 2);
    }
}

#[tokio::test]
async fn after_a_day_without_a_server_all_leave_once_the_oldest_first() {
    let site = TestSite::new().await;
    let absent = mailer_at(&site, "smtp://127.0.0.1:1");
    for hour in 0..24 {
        write_to(&site, &[if hour % 2 == 0 { ALICE } else { BRUNO }]).await;
        assert_eq!(site.send_letters_through(&absent).await, Round::ServerAway);
        site.state.clock.advance(Duration::hours(1));
    }
    let server = SmtpServer::start(&[]).await;
    site.send_letters_through(&mailer_to(&site, &server)).await;
    let letters = site.outbox().await;
    assert!(letters.iter().all(|letter| letter.state == LetterState::Sent && letter.tries.count == 1));
    assert_eq!(identities(&server), letters.iter().map(|letter| format!("<{}@localhost>", letter.id)).collect::<Vec<_>>());
}

#[tokio::test]
async fn nothing_is_said_in_clear_to_a_server_that_lost_its_tls() {
    let (site, server) = (TestSite::new().await, SmtpServer::start(&[]).await);
    write_to(&site, &[ALICE]).await;
    let mailer = mailer_at(&site, &format!("smtp+starttls://guichet:mot%20de%20passe@localhost:{}", server.port));
    assert_eq!(site.send_letters_through(&mailer).await, Round::ServerAway);
    assert!(server.heard().iter().all(|command| command.starts_with("EHLO ") || command == "QUIT"), "{:?}", server.heard());
    assert!(only_letter(&site).await.last_error.unwrap().contains("STARTTLS"));
}

#[tokio::test]
async fn nothing_is_said_to_a_server_nobody_vouches_for() {
    let (site, server) = (TestSite::new().await, SmtpServer::start_with_tls().await);
    write_to(&site, &[ALICE]).await;
    let mailer = mailer_at(&site, &format!("smtp+starttls://guichet:mot%20de%20passe@localhost:{}", server.port));
    assert_eq!(site.send_letters_through(&mailer).await, Round::ServerAway);
    assert!(server.heard().iter().all(|command| command.starts_with("EHLO ") || command == "STARTTLS"), "{:?}", server.heard());
    assert_eq!(only_letter(&site).await.state, LetterState::Waiting);
}

#[tokio::test]
async fn over_tls_the_desk_proves_who_it_is() {
    let (site, server) = (TestSite::new().await, SmtpServer::start_with_tls().await);
    let authority = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/app/support/tls/authority.pem");
    let url = |password: &str| format!("smtp+starttls://guichet:{password}@localhost:{}?authority={authority}", server.port);
    write_to(&site, &[ALICE]).await;
    assert_eq!(site.send_letters_through(&mailer_at(&site, &url("faux"))).await, Round::ServerAway);
    let letter = only_letter(&site).await;
    assert_eq!((letter.state, letter.tries.count), (LetterState::Waiting, 0), "a wrong password is no fault of the letter");
    assert_eq!(site.send_letters_through(&mailer_at(&site, &url("mot%20de%20passe"))).await, Round::Done);
    let received = server.received();
    assert_eq!(received.len(), 1);
    assert!(received[0].over_tls && received[0].signed_in);
}

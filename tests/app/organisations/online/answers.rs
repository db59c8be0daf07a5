//! Every answer the two APIs document, and every answer they should not give.

use habilitation::organisations::{Answer, Asking, Choice, NotTold, Register, Source, Standing, UnitState, find_standing};
use sqlx::Connection;
use time::{Duration, OffsetDateTime};

use super::{TULLE, asking, tulle};
use crate::{
    organisations::{facts, join, look_up},
    support::{Manner, RegisterServer, TestSite, given},
};

/// What the desk makes of each manner of answering.
const MANNERS: [(Manner, &str); 16] = [
    (Manner::Found, "known"),
    (Manner::Closed, "closed"),
    (Manner::Ceased, "ceased"),
    (Manner::Masked, "masked"),
    (Manner::Unknown, "unknown"),
    (Manner::TooMany("3"), "away"),
    (Manner::Broken, "away"),
    (Manner::Garbage, "away"),
    (Manner::OtherJson, "away"),
    (Manner::Truncated, "away"),
    (Manner::OtherNumber, "away"),
    (Manner::Elsewhere, "away"),
    (Manner::Endless, "away"),
    (Manner::Nul, "away"),
    (Manner::SlowDrip, "away"),
    (Manner::Silent, "away"),
];

fn in_a_word(choice: &Choice) -> &'static str {
    match choice {
        Choice::Known(entity) if entity.name.as_deref() == Some("COMMUNE DE TULLE") => "known",
        Choice::Known(_) => "known under another name",
        Choice::ToDeclare(to_declare) => match to_declare.because {
            NotTold::Unknown => "unknown",
            NotTold::Masked => "masked",
            NotTold::Unnamed => "unnamed",
            NotTold::Unavailable => "away",
        },
        Choice::Refused(sentence) if sentence.contains("a cessé son activité") => "ceased",
        Choice::Refused(sentence) if sentence.contains("est fermé depuis le 29\u{a0}février\u{a0}2024") => "closed",
        Choice::Refused(_) => "refused otherwise",
    }
}

#[tokio::test]
async fn every_manner_of_answering_has_its_consequence_and_none_blocks() {
    for source in [Source::RechercheEntreprises, Source::Insee] {
        let (site, server) = (TestSite::new().await, RegisterServer::start(Manner::Found).await);
        let (db, clock) = (&site.state.db, &site.state.clock);
        let adapter = if source == Source::Insee { server.insee(db, clock) } else { server.recherche_entreprises(db, clock) };
        let site = site.with_register(Register::new([adapter]));
        for (place, (manner, expected)) in MANNERS.into_iter().enumerate() {
            server.turns(manner);
            assert_eq!(in_a_word(&look_up(&site, TULLE).await), expected, "{source}: {manner:?}");
            assert_eq!(server.calls().len(), place + 1, "{source}: {manner:?}: nobody is asked twice, no redirection is followed");
            // Nothing of it is remembered by then, neither answers nor failures.
            site.state.clock.advance(Duration::days(2));
        }
    }
}

#[tokio::test]
async fn the_source_is_asked_as_it_documents_and_told_who_asks() {
    let (site, server) = (TestSite::new().await, RegisterServer::start(Manner::Found).await);
    for adapter in [server.recherche_entreprises(&site.state.db, &site.state.clock), server.insee(&site.state.db, &site.state.clock)] {
        assert!(matches!(Register::new([adapter]).look_up(&tulle()).await, Answer::Known(_)));
    }
    let calls = server.calls();
    assert!(calls[0].path.starts_with(&format!("/api/search?q={TULLE}&")), "{}", calls[0].path);
    assert!(!calls[0].head.contains("the-key"), "the key is INSEE's alone");
    assert_eq!(calls[1].path, format!("/api/siret/{TULLE}"));
    assert!(calls[1].head.to_lowercase().contains("x-insee-api-key-integration: the-key"), "{}", calls[1].head);
    assert!(calls.iter().all(|call| call.head.contains("habilitation-tests (guichet; tests@exemple.test)")));
}

#[tokio::test]
async fn what_was_answered_serves_for_a_day_and_for_ten_minutes_when_something_is_frozen() {
    let (site, server) = asking(Manner::Found).await;
    let mut expected = 0;
    for (later, asking, asked_again) in [
        (Duration::ZERO, Asking::Usual, true),
        (Duration::minutes(9), Asking::Usual, false),
        (Duration::ZERO, Asking::Anew, false),
        (Duration::minutes(2), Asking::Anew, true),
        (Duration::minutes(11), Asking::Patiently, true),
        (Duration::hours(24), Asking::Usual, false),
        (Duration::seconds(1), Asking::Usual, true),
    ] {
        site.state.clock.advance(later);
        let Answer::Known(entity) = site.state.register.ask(&tulle(), asking).await else { panic!("known") };
        expected += usize::from(asked_again);
        assert_eq!(server.calls().len(), expected, "after {later}, {asking:?}");
        assert_eq!(entity.observed_at == site.state.clock.now(), asked_again, "the date is that of the answer");
    }
}

#[tokio::test]
async fn what_was_not_known_is_not_asked_again_at_once_either() {
    let (site, server) = asking(Manner::Unknown).await;
    for _ in 0..3 {
        assert_eq!(site.state.register.look_up(&tulle()).await, Answer::Unknown);
    }
    assert_eq!(server.calls().len(), 1);
}

#[tokio::test]
async fn the_raw_answer_is_kept_without_the_people_it_names_and_never_rewritten() {
    let (site, _server) = asking(Manner::Found).await;
    site.state.register.look_up(&tulle()).await;
    let mut owner = site.database.owner().await;
    let (source, status, observed_at, answer): (String, i32, OffsetDateTime, String) =
        sqlx::query_as("select source, status, observed_at, answer::text from register_snapshots where siret = $1")
            .bind(TULLE)
            .fetch_one(&mut owner)
            .await
            .unwrap();
    assert_eq!((source.as_str(), status, observed_at), ("recherche_entreprises", 200, site.state.clock.now()));
    assert!(answer.contains("COMMUNE DE TULLE") && answer.contains("\"code\": \"19272\"") && !answer.contains("MARTIN"), "{answer}");
    for statement in ["update register_snapshots set status = 404", "delete from register_snapshots", "truncate register_snapshots"] {
        let refused = sqlx::raw_sql(statement).execute(&mut owner).await.unwrap_err().to_string();
        assert!(refused.contains("what it holds happened"), "{statement}: {refused}");
        assert!(sqlx::raw_sql(statement).execute(&site.state.db).await.unwrap_err().to_string().contains("permission denied"));
    }
    owner.close().await.unwrap();
}

#[tokio::test]
async fn sources_are_asked_in_order_until_one_knows() {
    let site = TestSite::new().await;
    let (first, second) = (RegisterServer::start(Manner::Broken).await, RegisterServer::start(Manner::Ceased).await);
    let (db, clock) = (&site.state.db, &site.state.clock);
    let register = Register::new([first.insee(db, clock), second.recherche_entreprises(db, clock)]);
    let Answer::Known(entity) = register.look_up(&tulle()).await else { panic!("the second knows") };
    assert_eq!((entity.source, entity.unit_state), (Source::RechercheEntreprises, Some(UnitState::Ceased)));
    second.turns(Manner::Unknown);
    clock.advance(Duration::days(2));
    assert_eq!(register.look_up(&tulle()).await, Answer::Unavailable, "the first may know it: nobody can say that it is unknown");
    first.turns(Manner::Found);
    clock.advance(Duration::days(2));
    assert!(matches!(register.look_up(&tulle()).await, Answer::Known(entity) if entity.source == Source::Insee));
}

#[tokio::test]
async fn a_masked_or_unknown_organisation_is_declared_and_nothing_more_is_awaited() {
    for (manner, is_awaited) in [(Manner::Masked, false), (Manner::Unknown, false), (Manner::Broken, true)] {
        let (site, server) = asking(manner).await;
        let camille = given::a_person(&site, "camille@tulle.test").await;
        let organisation = join(&site, &camille, &facts(&site, TULLE, "Mairie").await).await;
        let standing = find_standing(&mut site.state.db.acquire().await.unwrap(), organisation).await.unwrap();
        assert_eq!(standing.is_awaited(), is_awaited, "{manner:?}: {standing:?}");
        // Away later on, it has still answered.
        server.turns(Manner::Broken);
        site.state.clock.advance(Duration::days(2));
        look_up(&site, TULLE).await;
        let later = find_standing(&mut site.state.db.acquire().await.unwrap(), organisation).await.unwrap();
        assert_eq!(later, standing, "{manner:?}");
        assert_eq!(matches!(later, Standing::Unknown { .. }), manner == Manner::Unknown);
    }
}

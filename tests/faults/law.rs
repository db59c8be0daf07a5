//! What the database holds of a demande, and what it may hold.

use std::{collections::BTreeMap, time::Duration};

use habilitation::{clock::Clock, notifications::LEASE};
use sqlx::PgConnection;
use time::OffsetDateTime;
use tokio::time::sleep;
use uuid::Uuid;

use crate::{desk::Place, given::Draft};

/// A demande as it lies there.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Found {
    id: i64,
    /// Where it stands.
    pub state: String,
    /// Versions kept.
    versions: i64,
    /// Facts of the journal that tell of a submission.
    facts: i64,
    /// Acknowledgements written to the applicant.
    receipts: i64,
    /// Letters that tell a reviewer of it.
    news: i64,
    /// The steps as typed, with their revisions.
    typed: String,
}

/// Reads those demandes.
pub async fn find(connection: &mut PgConnection, drafts: &[Draft]) -> BTreeMap<i64, Found> {
    let ids: Vec<i64> = drafts.iter().map(|draft| draft.id.0).collect();
    let found: Vec<Found> = sqlx::query_as(
        "select id, state,
            (select count(*) from application_versions where application_id = application.id) as versions,
            (select count(*) from journal where application_id = application.id and event = 'application_submitted') as facts,
            (select count(*) from outbox where application_id = application.id and kind = 'application_received') as receipts,
            (select count(*) from outbox where application_id = application.id and kind = 'application_arrived') as news,
            (select md5(string_agg(concat(step, revision, fields::text), ' ' order by step)) from draft_steps
                where application_id = application.id) as typed
        from applications application where id = any($1)",
    )
    .bind(ids)
    .fetch_all(connection)
    .await
    .unwrap();
    found.into_iter().map(|found| (found.id, found)).collect()
}

impl Found {
    /// Whether it was handed in, wholly or not at all; what was typed is as it was.
    pub fn is_handed_in(&self, before: &Self) -> bool {
        assert_eq!(self.typed, before.typed, "what was typed is kept");
        let handed_in = (self.state.as_str(), self.versions, self.facts, self.receipts, self.news);
        let whole = handed_in == ("submitted", 1, 1, 1, 1);
        assert!(whole || handed_in == ("draft", 0, 0, 0, 0), "handed in by half: {self:?}");
        whole
    }
}

/// A letter as the outbox holds it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LetterFound {
    /// Its number.
    pub id: Uuid,
    /// Where it stands.
    pub state: String,
    /// Tries after which nobody could say whether it left.
    pub doubtful_attempts: i32,
}

/// Demandes of the same person for the same service.
pub async fn filed_twice(place: &Place) -> i64 {
    sqlx::query_scalar("select count(*) - count(distinct (applicant_id, service_name)) from applications")
        .fetch_one(&mut place.owner().await)
        .await
        .unwrap()
}

/// The letters a program that was killed then had in hand: nobody knows whether they left.
pub async fn in_hand(place: &Place, killed_at: OffsetDateTime) -> Vec<Uuid> {
    sqlx::query_scalar("select id from outbox where locked_until <= $1")
        .bind(killed_at + LEASE)
        .fetch_all(&mut place.owner().await)
        .await
        .unwrap()
}

/// Gives them back at once, as the end of their lease will.
pub async fn let_leases_end(place: &Place, killed_at: OffsetDateTime) {
    let _: Vec<Uuid> = sqlx::query_scalar("update outbox set locked_until = $1 where locked_until <= $2 returning id")
        .bind(Clock::System.now())
        .bind(killed_at + LEASE)
        .fetch_all(&mut place.owner().await)
        .await
        .unwrap();
}

/// Waits until no letter waits; every one that was not held back.
pub async fn empty_outbox(place: &Place, patience: Duration) -> Vec<LetterFound> {
    let mut owner = place.owner().await;
    let until = Clock::System.now() + patience;
    loop {
        let letters: Vec<LetterFound> = sqlx::query_as("select id, state, doubtful_attempts from outbox where state <> 'held' order by id")
            .fetch_all(&mut owner)
            .await
            .unwrap();
        let waiting = letters.iter().filter(|letter| letter.state == "waiting").count();
        if waiting == 0 {
            assert!(letters.iter().all(|letter| letter.state == "sent"), "{letters:#?}");
            return letters;
        }
        assert!(Clock::System.now() < until, "{waiting} letters still wait");
        sleep(Duration::from_millis(100)).await;
    }
}

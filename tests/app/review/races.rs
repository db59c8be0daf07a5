//! Two people at the same moment, two hundred times each: one effect, and the letters of that effect.

use std::{collections::BTreeMap, future::Future, sync::Arc};

use habilitation::{
    accounts::{Applicant, Person, Reviewer},
    applications::{self, State, withdraw},
    ids::ApplicationId,
    problem::Problem,
    review::{
        Ground, Outcome,
        decisions::{Signed, Writing, find_prepared, prepare, send_back, sign},
        request_changes,
    },
};
use time::Duration;
use tokio::{sync::Barrier, task::JoinSet};

use crate::support::{TestSite, given};

const ROUNDS: usize = 200;
const SERVICE: &str = "DINUM, équipe FranceConnect";

/// Those who race.
struct Cast {
    site: TestSite,
    camille: Person,
    nadia: Reviewer,
    samir: Reviewer,
}

impl Cast {
    async fn new() -> Arc<Self> {
        let site = TestSite::new().await;
        let camille = given::a_person(&site, "camille@clamart.test").await;
        let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
        let samir = given::a_reviewer(&site, "samir@dinum.test").await;
        Arc::new(Self { site, camille, nadia, samir })
    }

    fn now(&self) -> time::OffsetDateTime {
        self.site.state.clock.now()
    }

    /// A demande on which a refusal is prepared, by Nadia.
    async fn a_prepared_refusal(&self) -> ApplicationId {
        let id = given::a_submitted_application(&self.site, &self.camille).await;
        let mut transaction = self.site.state.db.begin().await.unwrap();
        assert_eq!(prepare(&mut transaction, &self.nadia, id, refusal(0), self.now()).await.unwrap(), 1);
        transaction.commit().await.unwrap();
        id
    }

    async fn sign(&self, by: &Reviewer, id: ApplicationId) -> Result<Signed, Problem> {
        let mut transaction = self.site.state.db.begin().await?;
        let signed = sign(&mut transaction, by, id, 1, SERVICE, Duration::ZERO, self.now()).await?;
        transaction.commit().await?;
        Ok(signed)
    }

    async fn state(&self, id: ApplicationId) -> State {
        applications::find(&mut self.site.state.db.acquire().await.unwrap(), id).await.unwrap().state
    }

    /// How many letters of each kind were written about a demande, those of its deposits left out.
    async fn letters(&self) -> BTreeMap<(i64, String), usize> {
        let mut counts = BTreeMap::new();
        for letter in self.site.outbox().await {
            if !matches!(letter.kind.as_str(), "application_arrived" | "application_received") {
                *counts.entry((letter.application.unwrap().0, letter.kind)).or_default() += 1;
            }
        }
        counts
    }
}

fn refusal(read: i32) -> Writing {
    let ground = Ground::NotEligible;
    Writing { shown: 1, read, outcome: Outcome::Refused, ground: Some(ground), in_law: ground.in_law(), message: "un motif.".into() }
}

/// Runs both at the same moment.
async fn at_once<A, B>(one: impl Future<Output = A> + Send + 'static, other: impl Future<Output = B> + Send + 'static) -> (A, B)
where
    A: Send + 'static,
    B: Send + 'static,
{
    let barrier = Arc::new(Barrier::new(2));
    let one = tokio::spawn({
        let barrier = barrier.clone();
        async move {
            barrier.wait().await;
            one.await
        }
    });
    let other = tokio::spawn(async move {
        barrier.wait().await;
        other.await
    });
    (one.await.unwrap(), other.await.unwrap())
}

/// Runs the race of that name on four demandes at a time; how many the first side won.
async fn run<F>(name: &str, cast: &Arc<Cast>, race: impl Fn(Arc<Cast>) -> F) -> usize
where
    F: Future<Output = bool> + Send + 'static,
{
    let mut won = 0;
    for _ in 0..ROUNDS / 4 {
        let mut races = JoinSet::new();
        for _ in 0..4 {
            races.spawn(race(cast.clone()));
        }
        won += races.join_all().await.into_iter().filter(|won| *won).count();
    }
    println!("{name}: {ROUNDS} races, {won} to {}", ROUNDS - won);
    won
}

fn is_told(refused: &Problem) -> bool {
    matches!(refused, Problem::NotPossible { sentence, .. } if sentence.contains("Rousseau") || sentence.contains("retirée"))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_signatures_at_once_are_one_decision_and_one_letter() {
    let cast = Cast::new().await;
    run("two signatures", &cast, |cast: Arc<Cast>| async move {
        let id = cast.a_prepared_refusal().await;
        let (a, b) = (cast.clone(), cast.clone());
        let (nadia, samir) = at_once(async move { a.sign(&a.nadia, id).await }, async move { b.sign(&b.samir, id).await }).await;
        assert!(nadia.is_ok() != samir.is_ok(), "{nadia:?} {samir:?}");
        assert!(is_told(nadia.as_ref().err().or(samir.as_ref().err()).unwrap()));
        assert_eq!(cast.state(id).await, State::Refused);
        nadia.is_ok()
    })
    .await;
    let letters = cast.letters().await;
    assert!(letters.len() == ROUNDS && letters.values().all(|count| *count == 1), "{letters:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_and_a_return_at_once_are_one_or_the_other() {
    let cast = Cast::new().await;
    let signed = run("sign / send back", &cast, |cast: Arc<Cast>| async move {
        let id = cast.a_prepared_refusal().await;
        let (a, b) = (cast.clone(), cast.clone());
        let returning = async move {
            let mut transaction = b.site.state.db.begin().await?;
            send_back(&mut transaction, &b.samir, id, 1, "À revoir.", b.now()).await?;
            transaction.commit().await.map_err(Problem::from)
        };
        let (signed, returned) = at_once(async move { a.sign(&a.nadia, id).await }, returning).await;
        assert!(signed.is_ok() != returned.is_ok(), "{signed:?} {returned:?}");
        assert!(is_told(signed.as_ref().err().or(returned.as_ref().err()).unwrap()), "{signed:?} {returned:?}");
        let prepared = find_prepared(&mut cast.site.state.db.acquire().await.unwrap(), id).await.unwrap();
        assert_eq!(prepared.is_some(), returned.is_ok());
        assert_eq!(cast.state(id).await, if signed.is_ok() { State::Refused } else { State::Submitted });
        signed.is_ok()
    })
    .await;
    let letters = cast.letters().await;
    let count = |kind: &str| letters.keys().filter(|(_, of)| of == kind).count();
    assert_eq!([count("application_refused"), count("decision_returned")], [signed, ROUNDS - signed]);
    assert!(letters.values().all(|count| *count == 1), "{letters:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_and_a_withdrawal_at_once_are_one_or_the_other() {
    let cast = Cast::new().await;
    let approved = run("approve / withdraw", &cast, |cast: Arc<Cast>| async move {
        let id = given::a_submitted_application(&cast.site, &cast.camille).await;
        let (a, b) = (cast.clone(), cast.clone());
        let approval = async move {
            let mut transaction = a.site.state.db.begin().await?;
            habilitation::review::approve(&mut transaction, &a.nadia, id, 1, String::new(), SERVICE, a.now()).await?;
            transaction.commit().await.map_err(Problem::from)
        };
        let withdrawal = async move {
            let mut transaction = b.site.state.db.begin().await?;
            withdraw(&mut transaction, &Applicant::new(b.camille.clone()), id, b.now()).await?;
            transaction.commit().await.map_err(Problem::from)
        };
        let (approved, withdrawn) = at_once(approval, withdrawal).await;
        assert!(approved.is_ok() != withdrawn.is_ok(), "{approved:?} {withdrawn:?}");
        assert_eq!(cast.state(id).await, if approved.is_ok() { State::Approved } else { State::Withdrawn });
        approved.is_ok()
    })
    .await;
    let letters = cast.letters().await;
    let count = |kind: &str| letters.keys().filter(|(_, of)| of == kind).count();
    assert_eq!([count("application_approved"), count("named_as_controller"), count("named_as_dpo")], [approved; 3]);
    assert!(letters.values().all(|count| *count == 1), "{letters:?}");
}

/// Nadia signs what she read while Samir gives the demande back and its applicant hands in another version.
#[tokio::test(flavor = "multi_thread")]
async fn a_decision_and_a_new_version_at_once_never_meet() {
    let cast = Cast::new().await;
    let decided = run("decide / edit", &cast, |cast: Arc<Cast>| async move {
        let id = cast.a_prepared_refusal().await;
        let (a, b) = (cast.clone(), cast.clone());
        let edition = async move {
            let mut transaction = b.site.state.db.begin().await?;
            request_changes(&mut transaction, &b.samir, id, 1, "Précisez.".into(), SERVICE, b.now()).await?;
            transaction.commit().await?;
            let mut transaction = b.site.state.db.begin().await?;
            given::hand_in_through(&mut transaction, &b.site, &b.camille, id).await?;
            transaction.commit().await.map_err(Problem::from)
        };
        let (signed, edited) = at_once(async move { a.sign(&a.nadia, id).await }, edition).await;
        assert!(signed.is_ok() != edited.is_ok(), "{signed:?} {edited:?}");
        let application = applications::find(&mut cast.site.state.db.acquire().await.unwrap(), id).await.unwrap();
        let expected = if signed.is_ok() { (State::Refused, 1) } else { (State::Submitted, 2) };
        assert_eq!((application.state, application.version), expected);
        signed.is_ok()
    })
    .await;
    let letters = cast.letters().await;
    let count = |kind: &str| letters.keys().filter(|(_, of)| of == kind).count();
    assert_eq!([count("application_refused"), count("changes_requested")], [decided, ROUNDS - decided]);
    assert!(letters.values().all(|count| *count == 1), "{letters:?}");
}

/// Two workers look at the same moment, as often: a decision that is due takes effect once.
#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_is_due_takes_effect_once_however_many_workers_look() {
    let cast = Cast::new().await;
    let mut due = Vec::new();
    for _ in 0..20 {
        let id = cast.a_prepared_refusal().await;
        let mut transaction = cast.site.state.db.begin().await.unwrap();
        sign(&mut transaction, &cast.nadia, id, 1, SERVICE, Duration::minutes(10), cast.now()).await.unwrap();
        transaction.commit().await.unwrap();
        due.push(id);
    }
    cast.site.state.clock.advance(Duration::minutes(10));
    let mut workers = JoinSet::new();
    for _ in 0..4 {
        let state = cast.site.state.clone();
        workers.spawn(async move { habilitation::worker::settle_decisions(&state).await.unwrap() });
    }
    assert_eq!(workers.join_all().await.into_iter().sum::<usize>(), due.len());
    let letters = cast.letters().await;
    assert!(letters.len() == due.len() && letters.values().all(|count| *count == 1), "{letters:?}");
}

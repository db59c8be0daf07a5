//! The same act from many connections at once, and two reviewers who decide one dossier at the same moment.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use sqlx::PgConnection;
use tokio::{sync::Barrier, task::JoinSet, time::sleep};

use crate::{
    browser::{Answer, Browser},
    desk::Place,
    given, law,
};

const SOPHIE: &str = "instructeur@demo.test";
const NADIA: &str = "nadia.rousseau@demo.test";
const DOSSIERS: usize = 200;
const PAIRS: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn fifty_presses_of_one_button_file_one_demande() {
    const TIMES: usize = 50;
    let place = Place::new().await;
    let desk = place.open().await;
    let mut applicants = given::applicants(&desk).await;
    let drafts = given::complete_drafts(&place, 1).await;
    let before = law::find(&mut place.owner().await, &drafts).await;
    let draft = drafts[0];
    let (together, mut presses) = (Arc::new(Barrier::new(TIMES)), JoinSet::new());
    for _ in 0..TIMES {
        let (mut tab, together) = (draft.owner(&mut applicants).another_tab(), together.clone());
        presses.spawn(async move {
            tab.connect().await.unwrap();
            together.wait().await;
            draft.hand_in(&mut tab).await.unwrap()
        });
    }
    let answers = presses.join_all().await;
    for answer in &answers {
        assert_eq!((answer.status, answer.location()), (303, draft.receipt().as_str()), "{}", answer.body);
    }
    let found = law::find(&mut place.owner().await, &drafts).await;
    assert!(found[&draft.id.0].is_handed_in(&before[&draft.id.0]), "one version, one fact, one receipt");
    let slowest = answers.iter().map(|answer| answer.took).max().unwrap();
    println!("{TIMES} identical submissions: {TIMES} answers lead to one receipt; slowest {slowest:.2?}");
    law::empty_outbox(&place, Duration::from_secs(30)).await;
    place.check_invariants();
    desk.assert_calm();
}

/// What a decision left behind.
#[derive(Debug, sqlx::FromRow)]
struct Decided {
    application_id: i64,
    outcome: String,
    author_name: String,
    rights: i64,
    to_applicant: i64,
    to_contacts: i64,
}

async fn find_decisions(connection: &mut PgConnection, dossiers: &[i64]) -> Vec<Decided> {
    sqlx::query_as(
        "select application_id, outcome, author_name,
            (select count(*) from authorizations where decision_id = decision.id) as rights,
            (select count(*) from outbox where application_id = decision.application_id
                and kind in ('application_approved', 'application_refused')) as to_applicant,
            (select count(*) from outbox where application_id = decision.application_id
                and kind in ('named_as_controller', 'named_as_dpo')) as to_contacts
        from decisions decision where application_id = any($1)",
    )
    .bind(dossiers)
    .fetch_all(connection)
    .await
    .unwrap()
}

async fn find_waiting(connection: &mut PgConnection) -> Vec<i64> {
    sqlx::query_scalar("select id from applications where state = 'submitted' order by id").fetch_all(connection).await.unwrap()
}

/// Prepares a decision, then signs it; whoever is too late is told at one step or the other.
async fn decide(reviewer: &mut Browser, dossier: i64, typed: &[(&str, &str)]) -> Answer {
    sleep(Duration::from_micros(rand::random_range(0..3_000))).await;
    let prepared = reviewer.post(&format!("/instruction/{dossier}/decision"), typed).await.unwrap();
    if prepared.status != 303 {
        return prepared;
    }
    let signature = [("revision", "1"), ("outcome", typed[0].1), ("read", "oui")];
    reviewer.post(&format!("/instruction/{dossier}/signature"), &signature).await.unwrap()
}

/// Both decide: who is first is for the desk to say.
async fn race(sophie: &mut Browser, nadia: &mut Browser, dossier: i64) -> [Answer; 2] {
    let approval = [("outcome", "approved"), ("version", "1"), ("message", "Bravo.")];
    let refusal = [("outcome", "refused"), ("version", "1"), ("ground", "not_eligible"), ("message", "Le service n’est pas public.")];
    let (approval, refusal) = tokio::join!(decide(sophie, dossier, &approval), decide(nadia, dossier, &refusal));
    [approval, refusal]
}

#[tokio::test(flavor = "multi_thread")]
async fn two_reviewers_who_decide_at_once_end_with_one_decision_and_one_sentence() {
    let place = Place::new().await;
    let desk = place.open().await;
    let before = find_waiting(&mut place.owner().await).await;
    assert!(place.run(&["demo", "--dossiers", &DOSSIERS.to_string()]).status.success());
    let mut dossiers = find_waiting(&mut place.owner().await).await;
    dossiers.retain(|dossier| !before.contains(dossier));
    assert_eq!(dossiers.len(), DOSSIERS);
    given::another_reviewer(&place, NADIA).await;
    let (sophie, nadia) = (desk.browser().sign_in(SOPHIE).await, desk.browser().sign_in(NADIA).await);
    let mut pairs = JoinSet::new();
    for share in dossiers.chunks(DOSSIERS / PAIRS) {
        let (mut sophie, mut nadia, share) = (sophie.another_tab(), nadia.another_tab(), share.to_vec());
        pairs.spawn(async move {
            let mut answers = Vec::new();
            for dossier in share {
                answers.push((dossier, race(&mut sophie, &mut nadia, dossier).await));
            }
            answers
        });
    }
    let answers: BTreeMap<i64, [Answer; 2]> = pairs.join_all().await.into_iter().flatten().collect();
    let decisions = find_decisions(&mut place.owner().await, &dossiers).await;
    assert_eq!(decisions.len(), DOSSIERS, "one decision each");
    for decided in &decisions {
        judge(decided, &answers[&decided.application_id]);
    }
    let approved = decisions.iter().filter(|decided| decided.outcome == "approved").count();
    println!("{DOSSIERS} races: {approved} approved, {} refused, {DOSSIERS} losers told who was faster", DOSSIERS - approved);
    law::empty_outbox(&place, Duration::from_mins(1)).await;
    place.check_invariants();
    desk.assert_calm();
}

fn judge(decided: &Decided, [approval, refusal]: &[Answer; 2]) {
    let (winner, loser, words, rights) = match decided.outcome.as_str() {
        "approved" => (approval, refusal, ["Sophie Lambert a préparé la validation", "Sophie Lambert a validé cette demande le"], 1),
        _ => (refusal, approval, ["Nadia Rousseau a préparé le refus", "Nadia Rousseau a refusé cette demande le"], 0),
    };
    assert_eq!((winner.status, loser.status), (303, 409), "{decided:?}");
    let told = loser.body.replace('\u{a0}', " ");
    assert!(words.iter().any(|words| words.starts_with(&decided.author_name) && told.contains(words)), "{decided:?}: {}", loser.body);
    assert_eq!((decided.rights, decided.to_applicant, decided.to_contacts), (rights, 1, 2 * rights), "{decided:?}");
}

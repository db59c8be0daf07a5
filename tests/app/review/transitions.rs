//! Every act, in every state, by everybody: what happens, what is refused.

use habilitation::{
    accounts::{Applicant, Person, Reviewer, Role},
    applications::{self, Act, Kind, Saving, State, Step, delete_draft, restore_draft, save_step, withdraw},
    authorizations, calendar,
    fields::Fields,
    ids::ApplicationId,
    problem::Problem,
    review::{
        Ground, approve,
        closing::{announce, close},
        decisions::reopen,
        refuse, request_changes,
    },
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use strum::VariantArray;
use time::Duration;

use crate::support::{TestSite, given};

const SERVICE: &str = "DINUM, équipe FranceConnect";

/// Who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// Files the demande.
    Applicant,
    /// Has an account and nothing to do with it.
    Stranger,
    /// Of the team.
    Member(Role),
}

impl Who {
    fn all() -> Vec<Self> {
        [Self::Applicant, Self::Stranger].into_iter().chain(Role::VARIANTS.iter().map(|role| Self::Member(*role))).collect()
    }

    /// Whether the act is theirs to try.
    fn may(self, act: Act) -> bool {
        match act {
            Act::Edit | Act::Submit | Act::Delete | Act::Restore | Act::Withdraw | Act::Change => self == Self::Applicant,
            Act::RequestChanges | Act::Approve | Act::Refuse | Act::Reopen | Act::Close => {
                matches!(self, Self::Member(Role::Reviewer | Role::Signatory))
            }
        }
    }
}

/// Tries an act as the pages do: a reviewer's needs somebody who may be one.
async fn attempt(connection: &mut PgConnection, site: &TestSite, act: Act, id: ApplicationId, person: &Person) -> Result<(), Problem> {
    let (by, now) = (Applicant::new(person.clone()), site.state.clock.now());
    let reviewer = || Reviewer::new(person.clone()).ok_or(Problem::NotFound);
    match act {
        Act::Edit => {
            let typed = given::answers(Step::Service).into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let read = applications::find_draft(&mut *connection, id).await?.revision(Step::Service);
            let saved = save_step(connection, &by, id, Step::Service, &mut Fields::from_pairs(typed), read, now).await?;
            assert!(matches!(saved, Saving::Saved), "{saved:?}");
            Ok(())
        }
        Act::Submit => given::hand_in_through(connection, site, person, id).await.map(drop),
        Act::Delete => delete_draft(connection, &by, id, now).await,
        Act::Restore => restore_draft(connection, &by, id, now).await,
        Act::Withdraw => withdraw(connection, &by, id, now).await,
        Act::RequestChanges => request_changes(connection, &reviewer()?, id, 1, "Précisez.".into(), SERVICE, now).await,
        Act::Approve => approve(connection, &reviewer()?, id, 1, String::new(), SERVICE, now).await.map(drop),
        Act::Refuse => refuse(connection, &reviewer()?, id, 1, Ground::NotEligible, "un motif.".into(), SERVICE, now).await,
        Act::Change => {
            let right = authorizations::find_of_application(&mut *connection, id).await?.ok_or(Problem::NotFound)?;
            authorizations::reopen(connection, &by, right, now).await.map(drop)
        }
        Act::Close => {
            let reviewer = reviewer()?;
            let (warned, limit) = (now + Duration::days(31), calendar::paris_date(now + Duration::days(50)));
            announce(connection, &reviewer, id, limit, SERVICE, warned).await?;
            close(connection, &reviewer, id, SERVICE, now + Duration::days(51)).await
        }
        Act::Reopen => reopen(connection, &reviewer()?, id, "Une erreur.", SERVICE, now).await,
    }
}

/// A demande that stands there, of that applicant.
async fn a_demande(site: &TestSite, state: State, applicant: &Person, reviewer: &Person) -> ApplicationId {
    let id = given::a_draft_of(site, applicant, Kind::Administration).await;
    given::fill(site, applicant, id).await;
    let way: &[(Act, &Person)] = match state {
        State::Draft => &[],
        State::Deleted => &[(Act::Delete, applicant)],
        State::Submitted => &[(Act::Submit, applicant)],
        State::ChangesRequested => &[(Act::Submit, applicant), (Act::RequestChanges, reviewer)],
        State::Approved => &[(Act::Submit, applicant), (Act::Approve, reviewer)],
        State::Reopened => &[(Act::Submit, applicant), (Act::Approve, reviewer), (Act::Change, applicant)],
        State::Refused => &[(Act::Submit, applicant), (Act::Refuse, reviewer)],
        State::Withdrawn => &[(Act::Submit, applicant), (Act::Withdraw, applicant)],
        State::Closed => &[(Act::Submit, applicant), (Act::RequestChanges, reviewer), (Act::Close, reviewer)],
    };
    for (act, by) in way {
        let mut transaction = site.state.db.begin().await.unwrap();
        attempt(&mut transaction, site, *act, id, by).await.unwrap();
        transaction.commit().await.unwrap();
    }
    assert_eq!(applications::find(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap().state, state);
    id
}

async fn facts(connection: &mut PgConnection, id: ApplicationId) -> i64 {
    sqlx::query_scalar("select count(*) from journal where application_id = $1").bind(id.0).fetch_one(connection).await.unwrap()
}

#[tokio::test]
async fn every_act_in_every_state_by_everybody_is_what_the_law_says() {
    let site = TestSite::new().await;
    let applicant = given::a_person(&site, "camille@clamart.test").await;
    let mut everybody = Vec::new();
    for who in Who::all() {
        let person = match who {
            Who::Applicant => applicant.clone(),
            Who::Stranger => given::a_person(&site, "malo@rhone.test").await,
            Who::Member(role) => given::staff(&site, role).await,
        };
        everybody.push((who, person));
    }
    let reviewer = everybody.iter().find(|(who, _)| *who == Who::Member(Role::Reviewer)).unwrap().1.clone();
    let (mut allowed, mut refused) = (0, 0);
    for state in State::VARIANTS {
        let id = a_demande(&site, *state, &applicant, &reviewer).await;
        for act in Act::VARIANTS {
            for (who, person) in &everybody {
                let mut transaction = site.state.db.begin().await.unwrap();
                let before = facts(&mut transaction, id).await;
                let tried = attempt(&mut transaction, &site, *act, id, person).await;
                let became = applications::find(&mut transaction, id).await.unwrap().state;
                // What is done already is done again without a fact: it changes nothing.
                let happened = tried.is_ok() && (*act == Act::Edit || facts(&mut transaction, id).await > before);
                transaction.rollback().await.unwrap();
                let expected = state.after(*act).ok().filter(|_| who.may(*act));
                assert_eq!(happened.then_some(became), expected, "{state} {act:?} {who:?}: {tried:?}");
                if happened { allowed += 1 } else { refused += 1 }
            }
        }
    }
    println!(
        "{} states × {} acts × {} people: {allowed} allowed, {refused} refused",
        State::VARIANTS.len(),
        Act::VARIANTS.len(),
        everybody.len()
    );
    assert_eq!(allowed + refused, State::VARIANTS.len() * Act::VARIANTS.len() * everybody.len());
    site.letters().await;
}

/// The database has a table of its own: it lets the same changes of state happen and no other.
#[tokio::test]
async fn the_database_and_the_code_know_the_same_life() {
    let site = TestSite::new().await;
    let applicant = given::a_person(&site, "camille@clamart.test").await;
    let reviewer = given::staff(&site, Role::Reviewer).await;
    let mut owner = site.database.owner().await;
    for from in State::VARIANTS {
        let id = a_demande(&site, *from, &applicant, &reviewer).await;
        for to in State::VARIANTS.iter().filter(|to| *to != from) {
            let known = Act::VARIANTS.iter().any(|act| from.after(*act) == Ok(*to));
            let mut transaction = owner.begin().await.unwrap();
            let change = AssertSqlSafe(format!("update applications set state = '{to}' where id = {}", id.0));
            let changed = transaction.execute(change).await;
            transaction.rollback().await.unwrap();
            let by_the_law = changed.as_ref().err().and_then(|error| error.as_database_error()?.constraint().map(str::to_owned));
            assert_eq!(by_the_law.as_deref() != Some("applications_follow_their_life"), known, "{from} → {to}: {by_the_law:?}");
        }
    }
    site.letters().await;
}

//! Every invariant by its name, and what stands against it.

use sqlx::{Connection, PgConnection};

use super::{clocks, law, lines, store};
use crate::{journal, problem::Problem};

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is true.
    Holds,
    /// What contradicts it, each in a few words.
    Broken(Vec<String>),
    /// It could not be looked at, and why.
    NotChecked(&'static str),
}

impl Outcome {
    fn of(against: Vec<String>) -> Self {
        if against.is_empty() { Self::Holds } else { Self::Broken(against) }
    }
}

/// An invariant and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What must be true.
    pub invariant: &'static str,
    /// Whether it is.
    pub outcome: Outcome,
}

/// Checks everything, in one view of the database that acts going on cannot disturb. The law itself (constraints, triggers, columns) is
/// compared only when a connection as the owner is given: it is made anew, beside the real one, and thrown away.
///
/// # Errors
/// The database's.
pub async fn check(connection: &mut PgConnection, owner: Option<&mut PgConnection>) -> Result<Vec<Checked>, Problem> {
    let mut view = connection.begin_with("begin isolation level repeatable read read only").await?;
    store::take_time(&mut view).await?;
    let broken_fact = journal::first_broken_seal(&mut view).await?.map(|fact| format!("fact {fact}"));
    let mut checked = Vec::new();
    let mut found = |invariant, against| checked.push(Checked { invariant, outcome: Outcome::of(against) });
    found("every fact of the journal bears the seal of the one before", broken_fact.into_iter().collect());
    found("every submitted version is kept", store::find_lost_versions(&mut view).await?);
    found("the day silence decides is the one its facts give", clocks::find_departed(&mut view).await?);
    found("ranks of arrival go from 1 to the last one given", store::find_holes_in_arrivals(&mut view).await?);
    found("the line of every campaign is the one its facts give", lines::find_departed(&mut view).await?);
    found("who holds a place is who may", lines::find_astray(&mut view).await?);
    found("every demande stands where its last decision put it", store::find_states_without_their_decision(&mut view).await?);
    found("every approved version has one authorization, and no other has", store::find_unmatched_authorizations(&mut view).await?);
    found("every change of state is told once in the journal", store::find_untold_changes(&mut view).await?);
    found("every receipt and every decision has its letter", store::find_unwritten_letters(&mut view).await?);
    found("every file that answers no field was sent with a message", store::find_files_of_nothing(&mut view).await?);
    found("no session waits inside a transaction", store::find_forgotten_transactions(&mut view).await?);
    let outcome = if store::works_as_owner(&mut view).await? {
        Outcome::NotChecked("the desk works as the owner of the tables here")
    } else {
        Outcome::of(store::find_rights_over_the_past(&mut view).await?)
    };
    checked.push(Checked { invariant: "the desk may not rewrite the past", outcome });
    view.rollback().await?;
    let outcome = match owner {
        Some(owner) => Outcome::of(law::find_departures(owner).await?),
        None => Outcome::NotChecked("the owner's address is needed: MIGRATION_DATABASE_URL"),
    };
    checked.push(Checked { invariant: "constraints, triggers, functions and columns are those of the migrations", outcome });
    Ok(checked)
}

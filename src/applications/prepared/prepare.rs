//! Act: somebody of the team prepares a demande for an applicant.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    prepared_demande::{Prepared, WAITS_FOR},
    store,
};
use crate::{
    accounts::{EmailAddress, Reviewer},
    applications::{Prefilled, Preset},
    journal::{self, Event, Subject, TeamFact},
    notifications::{self, Letter, Recipient, TeamLetter},
    organisations::{self, Facts},
    problem::Problem,
};

/// What is prepared.
#[derive(Clone, Debug)]
pub struct Preparation {
    /// For whom.
    pub address: EmailAddress,
    /// The organisation.
    pub facts: Facts,
    /// What it starts as.
    pub preset: &'static Preset,
    /// The answers proposed; gaps are left to the applicant.
    pub answers: Prefilled,
    /// What the applicant reads in the letter, possibly nothing.
    pub note: String,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preparing {
    /// The letter is on its way.
    Done,
    /// The same one waits already: nothing was sent again.
    AlreadyWaiting,
}

/// Prepares it and writes to the address; posting the same page twice prepares one. Nothing tells whether the address has an account.
///
/// # Errors
/// The database's.
pub async fn prepare(
    connection: &mut PgConnection,
    by: &Reviewer,
    preparation: Preparation,
    key: Uuid,
    now: OffsetDateTime,
) -> Result<Preparing, Problem> {
    let organisation = organisations::find_or_create(connection, &by.by(), &preparation.facts, now).await?;
    let prepared = Prepared {
        id: key,
        preset: preparation.preset.slug.clone(),
        organisation,
        organisation_name: organisations::find(connection, organisation).await?.name,
        address: preparation.address,
        note: preparation.note,
        answers: preparation.answers.to_json(),
        prepared_by: by.person().account,
        prepared_by_name: by.person().full_name(),
        prepared_at: now,
        expires_at: now + WAITS_FOR,
        application: None,
        cancelled_at: None,
    };
    if !store::add_prepared(connection, &prepared).await? {
        return Ok(Preparing::AlreadyWaiting);
    }
    let event = Event::OfTeam(TeamFact::DemandePrepared { kind: preparation.preset.label.clone() });
    journal::record(connection, &by.by(), Subject::organisation(organisation), &event, now).await?;
    tell(connection, &prepared, now).await?;
    Ok(Preparing::Done)
}

/// The letter with the link, each time it is given more time.
pub(super) async fn tell(connection: &mut PgConnection, prepared: &Prepared, now: OffsetDateTime) -> Result<(), Problem> {
    let letter = Letter::OfTeam(TeamLetter::DemandePrepared {
        organisation: prepared.organisation_name.clone(),
        kind: Preset::named(&prepared.preset).map(|preset| preset.label.clone()).unwrap_or_default(),
        prepared_by: prepared.prepared_by_name.clone(),
        message: prepared.note.clone(),
        prepared: prepared.id,
        expires_at: prepared.expires_at,
    });
    let to = Recipient { address: prepared.address.to_string(), name: String::new() };
    let occasion = format!("prepared {} until {}", prepared.id, prepared.expires_at.unix_timestamp());
    notifications::enqueue(connection, &occasion, &to, &letter, now).await
}

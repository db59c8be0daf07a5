//! Whom letters about the clock go to.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::{
    accounts::{self, Person, Role},
    applications::{self, Application},
    notifications::{self, ClockNews, Letter, Passage},
    problem::Problem,
};

/// Writes to the applicant; whoever closed their account hears nothing.
///
/// # Errors
/// The database's.
pub(in crate::review) async fn tell_applicant(
    connection: &mut PgConnection,
    application: &Application,
    occasion: &str,
    (news, passage): (ClockNews, Passage),
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let Some(applicant) = accounts::find_person(connection, application.applicant).await? else { return Ok(()) };
    write(connection, application, &[applicant], occasion, (news, passage), false, now).await
}

/// Writes to whoever answers for the dossier, or to all reviewers while nobody does; to signatories too when they must sign or hurry.
///
/// # Errors
/// The database's.
pub(in crate::review) async fn tell_team(
    connection: &mut PgConnection,
    application: &Application,
    occasion: &str,
    (news, passage): (ClockNews, Passage),
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let owner = match store::find_owner(connection, application.id).await? {
        Some(owner) => accounts::find_person(connection, owner).await?,
        None => None,
    };
    let mut people = match owner {
        Some(owner) => vec![owner],
        None => accounts::find_by_role(connection, Role::Reviewer).await?,
    };
    if matches!(news, ClockNews::Alarm { .. } | ClockNews::AcceptedBySilence) {
        people.extend(accounts::find_by_role(connection, Role::Signatory).await?);
    }
    write(connection, application, &people, occasion, (news, passage), true, now).await
}

async fn write(
    connection: &mut PgConnection,
    application: &Application,
    to: &[Person],
    occasion: &str,
    (news, passage): (ClockNews, Passage),
    is_for_team: bool,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let about = applications::find_version(connection, application.id, application.version).await?.about(application.id);
    let letter = Letter::ClockNews { about, news, says: vec![passage], is_for_team };
    for person in to {
        notifications::enqueue(connection, occasion, &person.as_recipient(), &letter, now).await?;
    }
    Ok(())
}

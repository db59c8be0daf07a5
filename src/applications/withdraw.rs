//! Act: take a demande back.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{reopening::settle, state::Act, store};
use crate::{
    accounts::Applicant,
    ids::ApplicationId,
    journal::{self, Event, Subject},
    problem::Problem,
};

/// The applicant takes the demande back: nobody instructs it any more. What was filed stays readable. A change of what was granted is given
/// up: the demande is again as it was granted.
///
/// # Errors
/// [`Problem::NotPossible`] when it is decided already; the database's.
pub async fn withdraw(connection: &mut PgConnection, by: &Applicant, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let application = store::lock(connection, id).await?;
    if application.applicant != by.person().account {
        return Err(Problem::NotFound);
    }
    let state = application
        .after(Act::Withdraw)
        .map_err(|refusal| Problem::not_possible_but(refusal.to_string(), "Voir la demande", format!("/demandes/{}", id.0)))?;
    settle(connection, &application, Act::Withdraw, state, now).await?;
    let event = match application.reopened_from {
        Some(_) => Event::ChangeGivenUp { version: application.version },
        None => Event::ApplicationWithdrawn,
    };
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &event, now).await
}

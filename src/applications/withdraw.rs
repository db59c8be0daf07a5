//! Act: take a demande back.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{state::Act, store};
use crate::{
    accounts::Applicant,
    ids::ApplicationId,
    journal::{self, Event, Subject},
    problem::Problem,
};

/// The applicant takes the demande back: nobody instructs it any more. What was filed stays readable.
///
/// # Errors
/// [`Problem::NotPossible`] when it is decided already; the database's.
pub async fn withdraw(connection: &mut PgConnection, by: &Applicant, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let application = store::lock(connection, id).await?;
    if application.applicant != by.person().account {
        return Err(Problem::NotFound);
    }
    let state = application
        .state
        .after(Act::Withdraw)
        .map_err(|refusal| Problem::not_possible_but(refusal.to_string(), "Voir la demande", format!("/demandes/{}", id.0)))?;
    store::save_state(connection, id, state, now).await?;
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &Event::ApplicationWithdrawn, now).await
}

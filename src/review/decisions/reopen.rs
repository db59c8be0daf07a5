//! Act: instruct a refused demande again.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{super::open::refuse_own, author, store};
use crate::{
    accounts::{self, Reviewer},
    applications::{self, Act},
    experimentation,
    ids::ApplicationId,
    journal::{self, DecisionFact, Subject},
    notifications::{self, DecisionLetter},
    problem::Problem,
};

/// Reopens a refused demande with a reason its applicant reads: the team instructs the same version again. The refusal gave no right, so
/// none is lost; a candidature keeps its rank, and its turn in the line: the place it held went on, and it is seated when one is free. What was
/// refused stays written.
///
/// # Errors
/// [`Problem::NotPossible`] when the demande is not refused, or was reopened meanwhile; [`Problem::Forbidden`] for one's own demande or
/// organisation; the database's.
pub async fn reopen(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    reason: &str,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, by.person(), &application).await?;
    let state = application.state.after(Act::Reopen).map_err(|refusal| {
        Problem::not_possible_but(format!("{refusal} Elle n’a pas été rouverte."), "Voir le dossier", format!("/instruction/{}", id.0))
    })?;
    store::reopenings::add(connection, by.person().account, (id, application.version), reason, now).await?;
    applications::save_state(connection, id, state, now).await?;
    if application.campaign.is_some() {
        experimentation::return_to_line(connection, id, now).await?;
    }
    let event = DecisionFact::ApplicationReopened { version: application.version, because: reason.to_owned() }.into();
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &event, now).await?;
    let version = applications::find_version(connection, id, application.version).await?;
    let letter = DecisionLetter::ApplicationReopened {
        about: version.about(id),
        message: reason.to_owned(),
        arrival_rank: application.arrival_rank,
        author: author(by, service),
    }
    .into();
    if let Some(applicant) = accounts::find_person(connection, application.applicant).await? {
        let occasion = format!("{id} reopening {}", store::reopenings::count(connection, id).await?);
        notifications::enqueue(connection, &occasion, &applicant.as_recipient(), &letter, now).await?;
    }
    Ok(())
}

//! Act: keep a draft that was about to go.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{idle, state::State, store};
use crate::{
    accounts::Applicant,
    ids::ApplicationId,
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Keeps an idle draft: three months start again. Keeping it twice, or when nothing was announced, changes nothing.
///
/// # Errors
/// [`Problem::NotPossible`] when it went to the bin meanwhile, or was handed in; the database's.
pub async fn keep_draft(connection: &mut PgConnection, by: &Applicant, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let application = store::lock(connection, id).await?;
    if application.applicant != by.person().account {
        return Err(Problem::NotFound);
    }
    match application.state {
        State::Draft => {}
        State::Deleted => {
            let sentence = "Ce brouillon est déjà dans la corbeille. Il n’est pas perdu : vous pouvez encore le restaurer.";
            return Err(Problem::not_possible_but(sentence, "Ouvrir la corbeille", "/demandes/corbeille"));
        }
        _ => {
            let sentence = "Cette demande est déposée : elle ne sera pas supprimée.";
            return Err(Problem::not_possible_but(sentence, "Voir la demande", format!("/demandes/{}", id.0)));
        }
    }
    if idle::store::find_announced(connection, id).await?.is_some() {
        idle::store::save_kept(connection, id, now).await?;
        journal::record(connection, &by.by(), Subject::application(id, application.organisation), &Event::IdleDraftKept, now).await?;
    }
    Ok(())
}

//! Act: propose answers in a demande that was just started.

use sqlx::PgConnection;

use super::{draft, prefilled::Prefilled, state::State, store};
use crate::{accounts::Applicant, ids::ApplicationId, problem::Problem};

/// Writes what the steps show first. Nothing is answered for anybody: a step is saved when its page is, and what was saved stays.
///
/// # Errors
/// [`Problem::NotFound`] when it is somebody else's; the database's.
pub async fn propose(connection: &mut PgConnection, by: &Applicant, id: ApplicationId, prefilled: &Prefilled) -> Result<(), Problem> {
    let application = store::lock(connection, id).await?;
    if application.applicant != by.person().account {
        return Err(Problem::NotFound);
    }
    if application.state == State::Draft {
        draft::store::save_prefilled(connection, id, prefilled).await?;
    }
    Ok(())
}

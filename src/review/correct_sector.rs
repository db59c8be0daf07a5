//! Act: a reviewer corrects the sector of a candidature.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::open::refuse_own;
use crate::{
    accounts::Reviewer,
    applications::{self, State},
    criteria::Sector,
    experimentation::{self, Standing},
    ids::ApplicationId,
    problem::Problem,
};

/// Puts a candidature under review in the line of the sector its service contributes to, with a reason its applicant reads.
///
/// # Errors
/// [`Problem::NotPossible`] once it is decided, or its place granted; [`Problem::Forbidden`] for one's own demande or organisation;
/// [`Problem::NotFound`] for what is no complete candidature; the database's.
pub async fn correct_sector(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    sector: Sector,
    because: &str,
    now: OffsetDateTime,
) -> Result<Standing, Problem> {
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, by.person(), &application).await?;
    if !matches!(application.state, State::Submitted | State::ChangesRequested) {
        let sentence = format!("La demande est {} : son secteur ne change plus.", application.state.label().to_lowercase());
        return Err(Problem::not_possible_but(sentence, "Voir le dossier", format!("/instruction/{}", id.0)));
    }
    experimentation::correct_sector(connection, &by.by(), id, sector, because, now).await
}

//! Act: change what was granted.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::{
    accounts::Applicant,
    applications,
    ids::{ApplicationId, AuthorizationId},
    problem::Problem,
};

/// The holder opens the demande of a right again, to change it: the right stays valid until the change is granted. Doing it twice does it
/// once.
///
/// # Errors
/// [`Problem::NotFound`] for somebody else's; [`Problem::NotPossible`] when the right is not in force; the database's.
pub async fn reopen(
    connection: &mut PgConnection,
    by: &Applicant,
    right: AuthorizationId,
    now: OffsetDateTime,
) -> Result<ApplicationId, Problem> {
    let id = store::find(connection, right).await?.application;
    // The demande first, as a decision takes them.
    let application = applications::lock(connection, id).await?;
    if application.applicant != by.person().account {
        return Err(Problem::NotFound);
    }
    if application.state == applications::State::Reopened {
        return Ok(id);
    }
    let authorization = store::lock(connection, right).await?;
    if !authorization.state.may_be_changed() {
        let sentence = format!("L’habilitation {right} est {} : elle ne se modifie pas.", authorization.state.label().to_lowercase());
        return Err(Problem::not_possible_but(sentence, "Voir l’habilitation", format!("/habilitations/{}", right.0)));
    }
    applications::reopen(connection, by, &application, now).await?;
    Ok(id)
}

//! A right is not replaced while its suspension or its revocation is being decided.

use sqlx::PgConnection;

use super::store;
use crate::{
    authorizations::{self, State},
    ids::ApplicationId,
    problem::Problem,
};

/// Refuses to grant a change of a right whose suspension or revocation is being decided, or that was revoked meanwhile: its holder was heard
/// on that right, not on another. The right is held from here on. A demande that led to no right waits for nothing.
///
/// # Errors
/// [`Problem::NotPossible`] saying what to do first; the database's.
pub async fn wait_for_procedure(connection: &mut PgConnection, application: ApplicationId) -> Result<(), Problem> {
    let Some(right) = authorizations::find_of_application(connection, application).await? else { return Ok(()) };
    let authorization = authorizations::store::lock(connection, right).await?;
    let page = format!("/habilitations/{}/procedure", right.0);
    let envisaged = store::find_procedures(connection, right).await?.into_iter().find(|procedure| procedure.ruling.is_none());
    let sentence = match envisaged {
        Some(procedure) => format!(
            "Une procédure est ouverte sur l’habilitation {right}\u{a0}: il est envisagé de la {}. La modification ne peut pas être accordée avant qu’elle soit close. Terminez d’abord la procédure, puis décidez.",
            procedure.measure.verb()
        ),
        None if authorization.state == State::Revoked => format!(
            "L’habilitation {right} est révoquée\u{a0}: il n’y a plus rien à modifier. Refusez la modification\u{a0}; son titulaire peut déposer une nouvelle demande."
        ),
        None => return Ok(()),
    };
    Err(Problem::not_possible_but(sentence, "Voir la procédure", page))
}

//! Act: leave for good, once no demande waits for an answer.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::{
    accounts::{self, Applicant, Compared},
    ids::ApplicationId,
    problem::Problem,
};

/// Closes the account of whoever typed its password; false when it was not the one. A demande that is handed in keeps its applicant: the
/// decision must reach somebody.
///
/// # Errors
/// [`Problem::NotPossible`] when a demande is in progress; the database's.
pub async fn close_account(
    connection: &mut PgConnection,
    by: &Applicant,
    compared: Compared,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    // Demandes before the account, as a submission takes them: whichever is second sees what the first did.
    let in_progress = store::lock_in_progress(connection, by.person().account).await?;
    if accounts::close_account(connection, compared, now).await?.is_none() {
        return Ok(false);
    }
    match why_not(&in_progress) {
        Some(sentence) => Err(Problem::not_possible_but(sentence, "Voir ce que vous pouvez faire", "/compte/fermer")),
        None => Ok(true),
    }
}

/// Why somebody with these demandes in progress must stay, and what they can do.
pub(super) fn why_not(in_progress: &[ApplicationId]) -> Option<String> {
    let numbers: Vec<String> = in_progress.iter().map(ApplicationId::to_string).collect();
    let (unfinished, do_what) = match &numbers[..] {
        [] => return None,
        [one] => (format!("Votre demande {one} n’est pas terminée"), "Transmettez-la à un collègue, retirez-la"),
        _ => (format!("Vos demandes {} ne sont pas terminées", numbers.join(", ")), "Transmettez chacune à un collègue, retirez-la"),
    };
    Some(format!(
        "{unfinished}\u{a0}: l’équipe doit pouvoir écrire à quelqu’un jusqu’à la décision. Votre compte reste ouvert. {do_what} ou \
         attendez la décision, puis fermez votre compte."
    ))
}

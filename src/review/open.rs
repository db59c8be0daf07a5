//! A demande that may be decided now: holding one means its row is locked and the version shown is the current one.

use sqlx::PgConnection;

use super::{decision::Outcome, store};
use crate::{
    accounts::Reviewer,
    applications::{self, Application, Version},
    ids::ApplicationId,
    organisations,
    problem::Problem,
};

/// A locked demande, its current version, and what it becomes.
#[derive(Debug)]
pub(super) struct Open {
    pub application: Application,
    pub version: Version,
    pub becomes: applications::State,
}

/// Locks a demande for one outcome. `shown` is the version the reviewer read: another one must be read before it is decided.
///
/// # Errors
/// [`Problem::NotPossible`] naming who decided what and when, or saying that a new version arrived; [`Problem::Forbidden`] for one's own
/// demande or organisation; the database's.
pub(super) async fn lock(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    shown: i32,
    outcome: Outcome,
) -> Result<Open, Problem> {
    let application = applications::lock(connection, id).await?;
    let dossier = format!("/instruction/{}", id.0);
    let here = "Voir le dossier";
    let belongs = organisations::find_membership(connection, by.person().account, application.organisation).await?.is_some();
    if application.applicant == by.person().account || belongs {
        return Err(Problem::Forbidden("Vous appartenez à l’organisme qui demande : un autre membre de l’équipe doit décider.".into()));
    }
    if application.version > shown {
        let sentence = format!(
            "Le demandeur a déposé la version {} depuis que vous avez ouvert ce dossier. Relisez-le avant de décider.",
            application.version
        );
        return Err(Problem::not_possible_but(sentence, here, dossier));
    }
    let becomes = match application.state.after(outcome.act()) {
        Ok(state) => state,
        Err(refusal) => {
            let sentence = match store::find_last_decision(connection, id).await? {
                Some(decision) if decision.version == application.version => decision.sentence(),
                _ => refusal.to_string(),
            };
            return Err(Problem::not_possible_but(format!("{sentence} Votre décision n’a pas été enregistrée."), here, dossier));
        }
    };
    let version = applications::find_version(connection, id, application.version).await?;
    Ok(Open { application, version, becomes })
}

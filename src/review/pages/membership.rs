//! A reviewer confirms that the applicant belongs to the organisation.

use axum::{extract::State, response::Redirect};
use tower_sessions::Session;

use super::extract::Dossier;
use crate::{
    AppState,
    accounts::Reviewer,
    fields::{Field, Fields},
    organisations::{self, Reason},
    problem::Problem,
    web::tell,
};

const BECAUSE: Field = Field { name: "because", label: "Comment vous l’avez vérifié" };

pub(super) async fn confirm(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    mut form: Fields,
) -> Result<Redirect, Problem> {
    let dossier = format!("/instruction/{}", application.id.0);
    let Some(because) = form.parse(BECAUSE, Reason::parse) else {
        let sentence = "L’appartenance n’a pas été confirmée : dites en une ligne comment vous l’avez vérifiée.";
        return Err(Problem::not_possible_but(sentence, "Revenir au dossier", format!("{dossier}#organisme")));
    };
    let mut transaction = state.db.begin().await?;
    organisations::verify_membership::by_reviewer(
        &mut transaction,
        &reviewer,
        application.applicant,
        application.organisation,
        &because,
        state.clock.now(),
    )
    .await?;
    transaction.commit().await?;
    tell(&session, "L’appartenance du demandeur à l’organisme est confirmée.").await?;
    Ok(Redirect::to(&format!("{dossier}#organisme")))
}

//! `POST /instruction/{numero}/relance`: an applicant who does not answer is reminded.

use axum::{extract::State, response::Response};
use tower_sessions::Session;

use super::extract::{Dossier, to_dossier};
use crate::{AppState, accounts::Reviewer, problem::Problem, review::closing::remind, web::tell};

pub(super) async fn act(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
) -> Result<Response, Problem> {
    let id = application.id;
    let mut transaction = state.db.begin().await?;
    remind(&mut transaction, &reviewer, id, &state.config.desk.desk_service, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("Le demandeur de {id} est relancé\u{a0}: une lettre part.")).await?;
    Ok(to_dossier(id))
}

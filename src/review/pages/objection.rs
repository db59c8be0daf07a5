//! `/instruction/{numero}/oppositions/{opposition}/lecture`: a reviewer has read what somebody of the client objects.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use tower_sessions::Session;

use super::extract::Dossier;
use crate::{AppState, accounts::Reviewer, applications::read_objection, problem::Problem, web::tell};

pub(super) async fn read(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    Path((_, objection)): Path<(String, String)>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let objection: i64 = objection.parse().map_err(|_| Problem::NotFound)?;
    let mut transaction = state.db.begin().await?;
    read_objection(&mut transaction, &reviewer, application.id, objection, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Cette opposition est lue. Elle reste au dossier ; la décision est de nouveau possible.").await?;
    Ok(Redirect::to(&format!("/instruction/{}#client", application.id.0)))
}

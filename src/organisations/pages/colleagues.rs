//! `POST /compte/organismes/{organisation}/collegues/{account}/confirmation`: a verified member confirms a colleague.

use axum::{extract::State, response::Redirect};
use tower_sessions::Session;

use super::here::{Here, Numbers};
use crate::{
    AppState,
    ids::{AccountId, OrganisationId},
    organisations::verify_membership::by_colleague,
    problem::Problem,
    web::{Audience, Routes, tell},
};

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().post(Audience::SignedIn, "/compte/organismes/{organisation}/collegues/{account}/confirmation", confirm)
}

/// For whoever may not confirm anybody there is nobody to confirm.
async fn confirm(
    here: Here,
    Numbers((_, colleague)): Numbers<(OrganisationId, AccountId)>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let by = here.verified().ok_or(Problem::NotFound)?;
    let mut transaction = state.db.begin().await?;
    by_colleague(&mut transaction, &by, colleague, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "L’appartenance de votre collègue est confirmée.").await?;
    Ok(Redirect::to("/compte/organismes"))
}

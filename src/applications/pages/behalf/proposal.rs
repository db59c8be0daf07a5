//! `/demandes/{numero}/propositions/{proposition}`: the applicant takes over what somebody of the client proposes of themself.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use tower_sessions::Session;

use crate::{
    AppState,
    applications::{behalf::take_proposal, pages::OwnApplication},
    problem::Problem,
    web::tell,
};

pub(super) async fn take(
    own: OwnApplication,
    Path((_, proposal)): Path<(String, String)>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let proposal: i64 = proposal.parse().map_err(|_| Problem::NotFound)?;
    let mut transaction = state.db.begin().await?;
    take_proposal(&mut transaction, &own.applicant, own.application.id, proposal, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Ces coordonnées sont reprises. Relisez-les avant de déposer.").await?;
    Ok(Redirect::to(&format!("/demandes/{}/contacts", own.application.id.0)))
}

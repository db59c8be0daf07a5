//! `/instruction/{numero}/fichiers/{fichier}`: a file a submitted version came with.

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::extract::Dossier;
use crate::{
    AppState,
    applications::pages::{find_readable, send_back},
    problem::Problem,
};

/// What was never handed in is the applicant's alone.
pub(super) async fn read(
    Dossier(application): Dossier,
    State(state): State<AppState>,
    Path((_, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let attachment = find_readable(&state, application.id, &file, false).await?;
    send_back(&state, &attachment).await
}

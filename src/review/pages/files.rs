//! `/instruction/{numero}/fichiers/{fichier}`: a file a submitted version came with.

use axum::{
    extract::{Path, State},
    response::Response,
};
use uuid::Uuid;

use super::extract::Dossier;
use crate::{AppState, applications::pages::send_back, attachments, problem::Problem};

/// What was never handed in is the applicant's alone.
pub(super) async fn read(
    Dossier(application): Dossier,
    State(state): State<AppState>,
    Path((_, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let file = Uuid::parse_str(&file).map_err(|_| Problem::NotFound)?;
    let mut connection = state.db.acquire().await?;
    let attachment = attachments::find(&mut connection, application.id, file).await?;
    if !attachments::is_in_a_version(&mut connection, file).await? {
        return Err(Problem::NotFound);
    }
    drop(connection);
    send_back(&state, &attachment).await
}

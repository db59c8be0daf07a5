//! Files read by the team, and those sent with messages, read by both sides. Who may is asked at each access.

use axum::{
    extract::{Path, State},
    response::Response,
};
use uuid::Uuid;

use super::{extract::Dossier, write_message::number};
use crate::{
    AppState,
    applications::pages::{ReadableApplication, find_readable, send_back},
    ids::ApplicationId,
    messages,
    problem::Problem,
};

/// `/instruction/{numero}/fichiers/{fichier}`: a file a submitted version came with. What was never handed in is the applicant's alone.
pub(super) async fn read(
    Dossier(application): Dossier,
    State(state): State<AppState>,
    Path((_, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let attachment = find_readable(&state, application.id, &file, false).await?;
    send_back(&state, &attachment).await
}

/// `/demandes/{numero}/messages/{message}/fichiers/{piece}`: a file sent with a message, for whoever reads the messages.
pub(super) async fn read_of_message(
    readable: ReadableApplication,
    State(state): State<AppState>,
    Path((_, message, piece)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    send_of_message(&state, readable.application.id, &message, &piece).await
}

/// `/instruction/{numero}/messages/{message}/fichiers/{piece}`: the same for the team.
pub(super) async fn read_of_message_as_team(
    Dossier(application): Dossier,
    State(state): State<AppState>,
    Path((_, message, piece)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    send_of_message(&state, application.id, &message, &piece).await
}

async fn send_of_message(state: &AppState, application: ApplicationId, message: &str, piece: &str) -> Result<Response, Problem> {
    let piece = Uuid::parse_str(piece).map_err(|_| Problem::NotFound)?;
    let file = messages::find_file(&mut *state.db.acquire().await?, application, number(message)?, piece).await?;
    send_back(state, &file).await
}

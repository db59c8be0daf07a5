//! `/demandes/{numero}/decision.pdf` and `/instruction/{numero}/decision.pdf`: the refusal that stands, on paper. What is granted has its
//! certificate, under the right.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use super::extract::Dossier;
use crate::{
    AppState,
    applications::{self, Application, pages::ReadableApplication},
    problem::Problem,
    review::decisions::{self, Refusal, refusal_paper},
    web::PdfFile,
};

pub(super) async fn to_applicant(readable: ReadableApplication, State(state): State<AppState>) -> Result<Response, Problem> {
    Ok(print(&state, &readable.application).await?.unwrap_or_else(|| back("/demandes", &readable.application)))
}

pub(super) async fn to_team(Dossier(application): Dossier, State(state): State<AppState>) -> Result<Response, Problem> {
    Ok(print(&state, &application).await?.unwrap_or_else(|| back("/instruction", &application)))
}

/// To the page that tells where the demande stands, when no refusal stands: it was reopened since the link was kept.
fn back(from: &str, application: &Application) -> Response {
    Redirect::to(&format!("{from}/{}", application.id.0)).into_response()
}

async fn print(state: &AppState, application: &Application) -> Result<Option<Response>, Problem> {
    let mut connection = state.db.acquire().await?;
    let decision = decisions::find_last_decision(&mut connection, application.id).await?;
    let Some(decision) = decision.filter(|decision| decision.is_standing_refusal(application)) else { return Ok(None) };
    let version = applications::find_version(&mut connection, application.id, decision.version).await?;
    let keeps = decisions::find_kept_right(&mut connection, application).await?;
    drop(connection);
    let document = refusal_paper(&Refusal { application, version: &version, decision: &decision, keeps, desk: &state.config.desk });
    let file = PdfFile { name: format!("decision-demande-{}", application.id), bytes: state.printer.print(document).await? };
    Ok(Some(file.into_response()))
}

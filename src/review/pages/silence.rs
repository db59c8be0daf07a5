//! `/demandes/{numero}/attestation` and `/motifs`: what an applicant may ask for once silence has decided.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use crate::{
    AppState,
    applications::{
        find_version,
        pages::{OwnApplication, ReadableApplication},
    },
    calendar,
    problem::Problem,
    review::silence::{Aftermath, Attestation, ask_reasons, attest, attestation, find_aftermath},
    web::{PdfFile, tell},
};

/// Makes the attestation out, and leads to it.
pub(super) async fn ask_attestation(own: OwnApplication, State(state): State<AppState>) -> Result<Redirect, Problem> {
    let id = own.application.id;
    let mut transaction = state.db.begin().await?;
    attest(&mut transaction, &own.applicant, id, state.clock.now()).await?;
    transaction.commit().await?;
    Ok(Redirect::to(&format!("/demandes/{}/attestation.pdf", id.0)))
}

/// The attestation, once it was made out; before, the page of the demande, where it is asked for.
pub(super) async fn attestation_pdf(readable: ReadableApplication, State(state): State<AppState>) -> Result<Response, Problem> {
    let application = &readable.application;
    let mut connection = state.db.acquire().await?;
    let Some(Aftermath::Accepted { decision, attested_at: Some(asked_at) }) = find_aftermath(&mut connection, application).await? else {
        return Ok(Redirect::to(&format!("/demandes/{}", application.id.0)).into_response());
    };
    let version = find_version(&mut connection, application.id, decision.version).await?;
    drop(connection);
    let desk = &state.config.desk;
    let document = attestation(&Attestation { application, version: &version, decision, desk, asked_at });
    let name = format!("attestation-acceptation-implicite-{}", application.id);
    Ok(PdfFile { name, bytes: state.printer.print(document).await? }.into_response())
}

/// Asks for the reasons.
pub(super) async fn ask_for_reasons(own: OwnApplication, State(state): State<AppState>, session: Session) -> Result<Redirect, Problem> {
    let id = own.application.id;
    let mut transaction = state.db.begin().await?;
    let due_on = ask_reasons(&mut transaction, &own.applicant, id, state.clock.now()).await?;
    transaction.commit().await?;
    let due_on = calendar::date_in_full(due_on);
    tell(&session, format!("Les motifs sont demandés. Ils vous seront communiqués par lettre le {due_on} au plus tard.")).await?;
    Ok(Redirect::to(&format!("/demandes/{}", id.0)))
}

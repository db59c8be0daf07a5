//! `/demandes/preparees/{preparation}`: what the team prepared for somebody, who takes it as their draft.

use askama::Template;
use axum::{
    extract::{FromRequestParts, Path, State},
    http::request::Parts,
    response::Redirect,
};
use tower_sessions::Session;
use uuid::Uuid;

use crate::{
    AppState,
    accounts::Applicant,
    applications::{
        Preset,
        prepared::{Prepared, PreparedState, claim, find_prepared},
    },
    problem::Problem,
    web::{Audience, Frame, Page, Routes, filters, tell},
};

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::SignedIn, "/demandes/preparees/{preparation}", show).post(
        Audience::SignedIn,
        "/demandes/preparees/{preparation}/reprise",
        take,
    )
}

/// What was prepared, before the owner of the address. Anybody else who holds its link is told whose account opens it.
#[derive(Debug)]
struct Addressed {
    applicant: Applicant,
    prepared: Prepared,
}

impl FromRequestParts<AppState> for Addressed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let applicant = Applicant::from_request_parts(parts, state).await?;
        let Path(typed) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Problem::NotFound)?;
        let id = Uuid::parse_str(&typed).map_err(|_| Problem::NotFound)?;
        let prepared = find_prepared(&mut *state.db.acquire().await?, id).await?;
        if prepared.address == applicant.person().email {
            return Ok(Self { applicant, prepared });
        }
        Err(Problem::Forbidden(
            "Cette demande a été préparée pour une autre adresse que celle de votre compte. Déconnectez-vous, puis ouvrez de nouveau le lien avec le compte de l’adresse qui a reçu le courriel. Rien n’a été fait.".into(),
        ))
    }
}

#[derive(Debug, Template)]
#[template(path = "applications/prepared.html")]
struct PreparedPage {
    frame: Frame,
    prepared: Prepared,
    state: PreparedState,
    preset: &'static Preset,
}

async fn show(addressed: Addressed, State(state): State<AppState>, frame: Frame) -> Result<Page<PreparedPage>, Problem> {
    let prepared = addressed.prepared;
    let preset = Preset::named(&prepared.preset).ok_or(Problem::NotFound)?;
    Ok(Page(PreparedPage { frame, state: prepared.state(state.clock.now()), preset, prepared }))
}

async fn take(addressed: Addressed, State(state): State<AppState>, session: Session) -> Result<Redirect, Problem> {
    let mut transaction = state.db.begin().await?;
    let application = claim(&mut transaction, &addressed.applicant, addressed.prepared.id, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Cette demande est maintenant votre brouillon. Relisez ce que l’équipe propose à chaque étape, corrigez, complétez.")
        .await?;
    Ok(Redirect::to(&format!("/demandes/{}/organisme", application.0)))
}

//! `POST /compte/organismes/{organisation}/collegues/{account}/confirmation`: a verified member confirms a colleague.

use axum::{
    extract::{FromRequestParts, Path, State},
    http::request::Parts,
    response::Redirect,
};
use tower_sessions::Session;

use crate::{
    AppState,
    accounts::Applicant,
    ids::{AccountId, OrganisationId},
    organisations::{VerifiedMember, find_membership, verify_membership::by_colleague},
    problem::Problem,
    web::{Audience, Routes, tell},
};

/// Somebody who may confirm people of the organisation in the address, and whom they would confirm. For anybody else there is nothing here.
#[derive(Debug)]
struct Confirmation {
    by: VerifiedMember,
    colleague: AccountId,
}

impl FromRequestParts<AppState> for Confirmation {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let applicant = Applicant::from_request_parts(parts, state).await?;
        let Path((organisation, colleague)) =
            Path::<(OrganisationId, AccountId)>::from_request_parts(parts, state).await.map_err(|_| Problem::NotFound)?;
        let mut connection = state.db.acquire().await?;
        let own = find_membership(&mut connection, applicant.person().account, organisation).await?;
        let by = own.and_then(|membership| VerifiedMember::new(applicant, &membership)).ok_or(Problem::NotFound)?;
        Ok(Self { by, colleague })
    }
}

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().post(Audience::SignedIn, "/compte/organismes/{organisation}/collegues/{account}/confirmation", confirm)
}

async fn confirm(State(state): State<AppState>, confirmation: Confirmation, session: Session) -> Result<Redirect, Problem> {
    let mut transaction = state.db.begin().await?;
    by_colleague(&mut transaction, &confirmation.by, confirmation.colleague, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "L’appartenance de votre collègue est confirmée.").await?;
    Ok(Redirect::to("/compte/organismes"))
}

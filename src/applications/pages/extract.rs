//! The demande of a path, if it is the visitor's: looked up before any form is read.

use std::collections::HashMap;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use crate::{
    AppState,
    accounts::Applicant,
    applications::{Application, store},
    ids::ApplicationId,
    problem::Problem,
};

/// The visitor and their demande.
#[derive(Clone, Debug)]
pub struct OwnApplication {
    /// Who.
    pub applicant: Applicant,
    /// What.
    pub application: Application,
}

impl FromRequestParts<AppState> for OwnApplication {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let applicant = Applicant::from_request_parts(parts, state).await?;
        let id = application_in_path(parts, state).await?;
        let mut connection = state.db.acquire().await?;
        let application = store::find_own(&mut connection, id, applicant.person().account).await?;
        Ok(Self { applicant, application })
    }
}

/// The number of a demande in a path, under the name `numero`.
pub(crate) async fn application_in_path(parts: &mut Parts, state: &AppState) -> Result<ApplicationId, Problem> {
    let Path(parameters) = Path::<HashMap<String, String>>::from_request_parts(parts, state).await.map_err(|_| Problem::NotFound)?;
    parameters.get("numero").and_then(|typed| ApplicationId::parse(typed)).ok_or(Problem::NotFound)
}

//! The dossier of a path, as the team may open it: received at least once.

use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    AppState,
    accounts::Staff,
    applications::{self, Application, pages::application_in_path},
    ids::ApplicationId,
    problem::Problem,
};

/// A received demande: drafts are their applicant's alone.
#[derive(Clone, Debug)]
pub(super) struct Dossier(pub Application);

/// To the dossier, once an act is done, or when there is nothing to do on its page: the dossier says where the demande stands.
pub(super) fn to_dossier(id: ApplicationId) -> Response {
    Redirect::to(&format!("/instruction/{}", id.0)).into_response()
}

impl FromRequestParts<AppState> for Dossier {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let _staff: Staff = <Staff as FromRequestParts<AppState>>::from_request_parts(parts, state).await?;
        let id = application_in_path(parts, state).await?;
        let mut connection = state.db.acquire().await?;
        let application = applications::find(&mut connection, id).await?;
        if application.version == 0 { Err(Problem::NotFound) } else { Ok(Self(application)) }
    }
}

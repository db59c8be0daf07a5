//! `/demandes/{numero}/organisme`: the first step, already answered: whose demande this is.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use super::{extract::EditableApplication, step::last_request};
use crate::{
    AppState,
    applications::{Act, Application, Asked, Draft, find_draft},
    organisations::{self, Affiliation, Identity},
    problem::Problem,
    web::{Frame, Page},
};

#[derive(Debug, Template)]
#[template(path = "applications/organisation.html")]
struct OrganisationPage {
    frame: Frame,
    application: Application,
    affiliation: Affiliation,
    identity: Identity,
    draft: Draft,
    asked: Option<Asked>,
    is_own: bool,
}

pub(super) async fn show(editable: EditableApplication, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    if !editable.application.state.allows(Act::Edit) {
        return Ok(Redirect::to(&format!("/demandes/{}", editable.application.id.0)).into_response());
    }
    let mut connection = state.db.acquire().await?;
    let account = editable.application.applicant;
    let affiliation =
        organisations::find_for(&mut connection, account, editable.application.organisation).await?.ok_or(Problem::NotFound)?;
    let draft = find_draft(&mut connection, editable.application.id).await?;
    let asked = last_request(&mut connection, &editable.application).await?;
    let standing = organisations::find_standing(&mut connection, editable.application.organisation).await?;
    let identity = Identity::of(&affiliation.organisation, standing);
    let is_own = editable.is_own();
    Ok(Page(OrganisationPage { frame, is_own, application: editable.application, affiliation, identity, draft, asked }).into_response())
}

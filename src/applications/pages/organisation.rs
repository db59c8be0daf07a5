//! `/demandes/{numero}/organisme`: the first step, already answered: whose demande this is.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use super::{extract::OwnApplication, step::last_request};
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
}

pub(super) async fn show(own: OwnApplication, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    if !own.application.state.allows(Act::Edit) {
        return Ok(Redirect::to(&format!("/demandes/{}", own.application.id.0)).into_response());
    }
    let mut connection = state.db.acquire().await?;
    let account = own.applicant.person().account;
    let affiliation = organisations::find_for(&mut connection, account, own.application.organisation).await?.ok_or(Problem::NotFound)?;
    let draft = find_draft(&mut connection, own.application.id).await?;
    let asked = last_request(&mut connection, &own.application).await?;
    let standing = organisations::find_standing(&mut connection, own.application.organisation).await?;
    let identity = Identity::of(&affiliation.organisation, standing);
    Ok(Page(OrganisationPage { frame, application: own.application, affiliation, identity, draft, asked }).into_response())
}

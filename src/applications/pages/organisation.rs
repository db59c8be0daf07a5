//! `/demandes/{numero}/organisme`: the first step, already answered: whose demande this is.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use super::extract::OwnApplication;
use crate::{
    AppState,
    applications::{Act, Application, Draft, Step, behalf, find_draft, store},
    ids::ApplicationId,
    organisations::{self, Affiliation, Identity},
    problem::Problem,
    web::{Frame, Page},
};

#[derive(Debug, Template)]
#[template(path = "applications/organisation.html")]
struct OrganisationPage {
    frame: Frame,
    application: Application,
    /// The applicant's tie to it; none when a vendor files for it.
    affiliation: Option<Affiliation>,
    /// What must be read again in a copy, and of which demande it is one.
    copy: Option<(ApplicationId, Vec<(Step, String)>)>,
    identity: Identity,
    draft: Draft,
}

pub(super) async fn show(own: OwnApplication, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    if !own.application.state.allows(Act::Edit) {
        return Ok(Redirect::to(&format!("/demandes/{}", own.application.id.0)).into_response());
    }
    let mut connection = state.db.acquire().await?;
    let account = own.applicant.person().account;
    let organisation = behalf::find_organisation_of(&mut connection, &own.application).await?;
    let affiliation = organisations::find_for(&mut connection, account, own.application.organisation).await?;
    let draft = find_draft(&mut connection, own.application.id).await?;
    let standing = organisations::find_standing(&mut connection, own.application.organisation).await?;
    let identity = Identity::of(&organisation, standing);
    let copy = match behalf::copied_from(&mut connection, own.application.id).await? {
        Some(from) if own.application.version == 0 => {
            let source = store::find(&mut connection, from).await?;
            let former = behalf::find_organisation_of(&mut connection, &source).await?.name;
            Some((from, behalf::to_check(&draft, &former)))
        }
        _ => None,
    };
    Ok(Page(OrganisationPage { frame, application: own.application, affiliation, copy, identity, draft }).into_response())
}

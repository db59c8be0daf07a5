//! `/demandes/{numero}/organisme`: the first step, already answered: whose demande this is.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use super::{extract::EditableApplication, step::last_request};
use crate::{
    AppState,
    applications::{
        Act, Application, Asked, Draft,
        behalf::{self, CopyReview},
        find_draft, store,
    },
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
    /// What there is to know of a copy, and of which demande it is one.
    copy: Option<(ApplicationId, CopyReview)>,
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
    let application = editable.application.clone();
    let organisation = behalf::find_organisation_of(&mut connection, &application).await?;
    let affiliation = organisations::find_for(&mut connection, application.applicant, application.organisation).await?;
    let draft = find_draft(&mut connection, application.id).await?;
    let asked = last_request(&mut connection, &application).await?;
    let standing = organisations::find_standing(&mut connection, application.organisation).await?;
    let identity = Identity::of(&organisation, standing);
    let copy = match behalf::copied_from(&mut connection, application.id).await? {
        Some(from) if application.version == 0 => {
            let source = store::find(&mut connection, from).await?;
            let former = behalf::find_organisation_of(&mut connection, &source).await?.name;
            Some((from, behalf::review_copy(&draft, &former)))
        }
        _ => None,
    };
    let is_own = editable.is_own();
    Ok(Page(OrganisationPage { frame, application, affiliation, copy, identity, draft, asked, is_own }).into_response())
}

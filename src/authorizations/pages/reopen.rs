//! `/habilitations/{numero}/modification`: what changing a right means, and the button that opens its demande again.

use askama::Template;
use axum::{extract::State, response::Redirect};
use tower_sessions::Session;

use super::extract::ReadableAuthorization;
use crate::{
    AppState,
    accounts::Applicant,
    authorizations::{Authorization, reopen},
    problem::Problem,
    web::{Frame, Page, tell},
};

#[derive(Debug, Template)]
#[template(path = "authorizations/reopen.html")]
pub(super) struct ReopenPage {
    frame: Frame,
    authorization: Authorization,
}

/// The right, if it is the visitor's own.
fn own(applicant: &Applicant, authorization: Authorization) -> Result<Authorization, Problem> {
    if authorization.applicant == applicant.person().account { Ok(authorization) } else { Err(Problem::NotFound) }
}

pub(super) async fn ask(
    applicant: Applicant,
    ReadableAuthorization(authorization): ReadableAuthorization,
    frame: Frame,
) -> Result<Page<ReopenPage>, Problem> {
    Ok(Page(ReopenPage { frame, authorization: own(&applicant, authorization)? }))
}

pub(super) async fn open(
    applicant: Applicant,
    ReadableAuthorization(authorization): ReadableAuthorization,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let mut transaction = state.db.begin().await?;
    let authorization = own(&applicant, authorization)?;
    let id = reopen(&mut transaction, &applicant, authorization.id, state.clock.now()).await?;
    transaction.commit().await?;
    let stays = authorization.state.while_changed();
    tell(&session, format!("La demande est rouverte\u{a0}: modifiez-la, puis déposez-la. Votre habilitation {stays}.")).await?;
    Ok(Redirect::to(&format!("/demandes/{}", id.0)))
}

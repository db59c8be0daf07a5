//! `/invitations/{invitation}`: what somebody is offered of a demande, and their answer.

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
    applications::{Application, Invitation, InvitationState, accept_invitation, find_invitation, invite::about, refuse_invitation, store},
    notifications::AboutApplication,
    problem::Problem,
    web::{Audience, Frame, Page, Routes, filters, tell},
};

pub(super) fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::SignedIn, "/invitations/{invitation}", show)
        .post(Audience::SignedIn, "/invitations/{invitation}/acceptation", accept)
        .post(Audience::SignedIn, "/invitations/{invitation}/refus", refuse)
}

/// An offer, before the owner of the address it was sent to. Anybody else who holds its link is told whose account opens it.
#[derive(Debug)]
struct Addressed {
    applicant: Applicant,
    invitation: Invitation,
}

impl FromRequestParts<AppState> for Addressed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let applicant = Applicant::from_request_parts(parts, state).await?;
        let Path(typed) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Problem::NotFound)?;
        let id = Uuid::parse_str(&typed).map_err(|_| Problem::NotFound)?;
        let mut connection = state.db.acquire().await?;
        let invitation = find_invitation(&mut connection, id).await?;
        if invitation.address == applicant.person().email {
            return Ok(Self { applicant, invitation });
        }
        Err(Problem::Forbidden(
            "Cette proposition a été envoyée à une autre adresse que celle de votre compte. Déconnectez-vous, puis ouvrez de nouveau le lien avec le compte de l’adresse qui a reçu le courriel. Rien n’a été fait.".into(),
        ))
    }
}

#[derive(Debug, Template)]
#[template(path = "applications/invitation.html")]
struct InvitationPage {
    frame: Frame,
    invitation: Invitation,
    state: InvitationState,
    application: Application,
    about: AboutApplication,
}

async fn show(addressed: Addressed, State(state): State<AppState>, frame: Frame) -> Result<Page<InvitationPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let invitation = addressed.invitation;
    let application = store::find(&mut connection, invitation.application).await?;
    let about = about(&mut connection, &application).await?;
    Ok(Page(InvitationPage { frame, state: invitation.state(state.clock.now()), invitation, application, about }))
}

async fn accept(addressed: Addressed, State(state): State<AppState>, session: Session) -> Result<Redirect, Problem> {
    let mut transaction = state.db.begin().await?;
    let invitation = accept_invitation(&mut transaction, &addressed.applicant, addressed.invitation.id, state.clock.now()).await?;
    transaction.commit().await?;
    let told = if invitation.is_hand_over() {
        "La demande est maintenant la vôtre : vous la remplissez, vous la déposez, et les décisions vous parviennent."
    } else {
        "Vous pouvez remplir cette demande. La personne qui vous a invité la relira et la déposera."
    };
    tell(&session, told).await?;
    Ok(Redirect::to(&format!("/demandes/{}", invitation.application.0)))
}

async fn refuse(addressed: Addressed, State(state): State<AppState>, session: Session) -> Result<Redirect, Problem> {
    let mut transaction = state.db.begin().await?;
    refuse_invitation(&mut transaction, &addressed.applicant, addressed.invitation.id, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Vous avez refusé. La personne qui vous l’avait proposé en est prévenue.").await?;
    Ok(Redirect::to("/demandes"))
}

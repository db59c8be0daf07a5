//! `/demandes/{numero}/releve`: a verified member takes over the demande of somebody who has left.

use askama::Template;
use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::extract::application_in_path;
use crate::{
    AppState,
    accounts::Applicant,
    applications::{Application, State as Status, applicant_has_left, invite::about, store, take_over},
    fields::{Field, Fields},
    notifications::AboutApplication,
    organisations::{Reason, VerifiedMember, find_membership},
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, tell},
};

const BECAUSE: Field = Field { name: "because", label: "Pourquoi vous la reprenez" };

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::SignedIn, "/demandes/{numero}/releve", show).post(Audience::SignedIn, "/demandes/{numero}/releve", act)
}

/// A demande whose applicant has left, before a verified member of the organisation that files it. For anybody else there is nothing.
#[derive(Debug)]
struct Abandoned {
    by: VerifiedMember,
    application: Application,
}

impl FromRequestParts<AppState> for Abandoned {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let applicant = Applicant::from_request_parts(parts, state).await?;
        let id = application_in_path(parts, state).await?;
        let mut connection = state.db.acquire().await?;
        let application = store::find(&mut connection, id).await?;
        let own = find_membership(&mut connection, applicant.person().account, application.filed_by()).await?.ok_or(Problem::NotFound)?;
        let by = VerifiedMember::new(applicant, &own).ok_or(Problem::NotFound)?;
        let is_open = application.state != Status::Withdrawn && applicant_has_left(&mut connection, &application).await?;
        if is_open { Ok(Self { by, application }) } else { Err(Problem::NotFound) }
    }
}

#[derive(Debug, Template)]
#[template(path = "applications/take_over.html")]
struct TakeOverPage {
    frame: Frame,
    application: Application,
    about: AboutApplication,
    form: Fields,
}

async fn prepare(state: &AppState, application: Application, frame: Frame, form: Fields) -> Result<TakeOverPage, Problem> {
    let about = about(&mut *state.db.acquire().await?, &application).await?;
    Ok(TakeOverPage { frame, application, about, form })
}

async fn show(abandoned: Abandoned, State(state): State<AppState>, frame: Frame) -> Result<Page<TakeOverPage>, Problem> {
    Ok(Page(prepare(&state, abandoned.application, frame, Fields::default()).await?))
}

async fn act(
    Abandoned { by, application }: Abandoned,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let Some(because) = form.parse(BECAUSE, Reason::parse) else {
        return Ok(Refused(prepare(&state, application, frame, form).await?).into_response());
    };
    let mut transaction = state.db.begin().await?;
    take_over(&mut transaction, &by, application.id, &because, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("La demande {} est maintenant la vôtre. L’équipe voit que vous l’avez reprise, et pourquoi.", application.id))
        .await?;
    Ok(Redirect::to(&format!("/demandes/{}", application.id.0)).into_response())
}

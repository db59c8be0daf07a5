//! `/deconnexion`: ends the session.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use crate::{
    AppState,
    accounts::{Person, sign_out::sign_out},
    problem::Problem,
    web::{Audience, Routes, session},
};

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().post(Audience::Anyone, "/deconnexion", leave)
}

/// Whoever has no session any more is signed out too.
async fn leave(State(state): State<AppState>, session: Session, person: Option<axum::Extension<Person>>) -> Result<Response, Problem> {
    if let Some(axum::Extension(person)) = person {
        let mut transaction = state.db.begin().await?;
        sign_out(&mut transaction, &person, state.clock.now()).await?;
        transaction.commit().await?;
        session::leave(&session).await?;
    }
    let mut response = Redirect::to("/connexion?deconnecte=1").into_response();
    session::forget_pages(&mut response);
    Ok(response)
}

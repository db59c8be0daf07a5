//! `/demandes/{numero}/reprise`: a refused or withdrawn demande goes on as a new draft.

use axum::{extract::State, response::Redirect};
use tower_sessions::Session;

use super::extract::OwnApplication;
use crate::{
    AppState,
    applications::resume,
    fields::Fields,
    problem::Problem,
    web::{StartKey, tell},
};

pub(super) async fn resume_demande(
    own: OwnApplication,
    State(state): State<AppState>,
    session: Session,
    form: Fields,
) -> Result<Redirect, Problem> {
    let key = StartKey::from_fields(&form)?;
    let from = own.application.id;
    let mut transaction = state.db.begin().await?;
    let id = resume(&mut transaction, &own.applicant, from, key.0, state.clock.now()).await?;
    transaction.commit().await?;
    let sentence = format!("Le brouillon {id} reprend tout le contenu de {from}. Relisez-le, changez ce qui doit l’être, puis déposez-le.");
    tell(&session, sentence).await?;
    Ok(Redirect::to(&format!("/demandes/{}/recapitulatif", id.0)))
}

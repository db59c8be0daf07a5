//! Taking a dossier, taking the next one, giving one back.

use axum::{extract::State, response::Redirect};
use tower_sessions::Session;

use super::List;
use crate::{
    AppState,
    accounts::Reviewer,
    fields::Fields,
    problem::Problem,
    review::{
        pages::extract::Dossier,
        queue::{self, Filter},
    },
    web::tell,
};

/// Where the list a form carries leads back to; the dossier when there is none.
fn back(form: &Fields, dossier: &Dossier) -> String {
    let id = dossier.0.id;
    match form.values("liste").next() {
        Some(list) => List::parse(list).back_from(id),
        None => format!("/instruction/{}", id.0),
    }
}

pub(in crate::review::pages) async fn take(
    reviewer: Reviewer,
    dossier: Dossier,
    State(state): State<AppState>,
    session: Session,
    form: Fields,
) -> Result<Redirect, Problem> {
    let id = dossier.0.id;
    let mut transaction = state.db.begin().await?;
    queue::take(&mut transaction, &reviewer, id, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("Vous avez pris le dossier {id}.")).await?;
    Ok(Redirect::to(&back(&form, &dossier)))
}

pub(in crate::review::pages) async fn take_next(
    reviewer: Reviewer,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let mut transaction = state.db.begin().await?;
    let taken = queue::take_next(&mut transaction, &reviewer, state.clock.now()).await?;
    transaction.commit().await?;
    let mine = List::first(queue::Preset::Mine.filter());
    if let Some(id) = taken {
        tell(&session, format!("Vous avez pris le dossier {id}, le plus ancien de ceux que personne n’avait.")).await?;
        Ok(Redirect::to(&mine.dossier(id)))
    } else {
        tell(&session, "Il n’y a pas de dossier à prendre\u{a0}: chacun de ceux qui attendent l’équipe a un responsable.").await?;
        Ok(Redirect::to(&List::first(Filter::default()).address()))
    }
}

pub(in crate::review::pages) async fn release(
    reviewer: Reviewer,
    dossier: Dossier,
    State(state): State<AppState>,
    session: Session,
    form: Fields,
) -> Result<Redirect, Problem> {
    let id = dossier.0.id;
    let mut transaction = state.db.begin().await?;
    queue::release(&mut transaction, &reviewer, id, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("Le dossier {id} est rendu à la file\u{a0}: quelqu’un d’autre peut le prendre.")).await?;
    Ok(Redirect::to(&back(&form, &dossier)))
}

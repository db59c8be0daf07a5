//! Saving the present view of the queue under a name, and forgetting it.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use tower_sessions::Session;

use super::List;
use crate::{
    AppState,
    accounts::Staff,
    fields::{Field, Fields},
    problem::Problem,
    review::queue::{delete_view, save_view},
    web::tell,
};

const NAME: Field = Field { name: "name", label: "Nom de la vue" };

pub(in crate::review::pages) async fn save(
    staff: Staff,
    State(state): State<AppState>,
    session: Session,
    mut form: Fields,
) -> Result<Redirect, Problem> {
    let list = List::first(List::parse(form.value("liste")).filter);
    let Some(name) = form.line(NAME, 60) else {
        let sentence = "La vue n’a pas été enregistrée\u{a0}: donnez-lui un nom, de 60\u{a0}caractères au plus.";
        return Err(Problem::not_possible_but(sentence, "Revenir à la liste", list.address()));
    };
    let mut transaction = state.db.begin().await?;
    save_view(&mut transaction, &staff, &name, &list.filter, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("La vue «\u{a0}{name}\u{a0}» est enregistrée, à la suite des listes prêtes.")).await?;
    Ok(Redirect::to(&list.address()))
}

pub(in crate::review::pages) async fn delete(
    staff: Staff,
    Path(number): Path<String>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let number: i64 = number.parse().map_err(|_| Problem::NotFound)?;
    let mut transaction = state.db.begin().await?;
    let name = delete_view(&mut transaction, &staff, number).await?;
    transaction.commit().await?;
    let told = name.map_or_else(|| "Cette vue était déjà supprimée.".into(), |name| format!("La vue «\u{a0}{name}\u{a0}» est supprimée."));
    tell(&session, told).await?;
    Ok(Redirect::to("/instruction"))
}

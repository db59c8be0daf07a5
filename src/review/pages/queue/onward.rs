//! Where one goes after a decision: back to the dossier, or on to the next one of the list.

use axum::response::Redirect;

use super::{List, neighbours::reading};
use crate::{
    AppState,
    accounts::Reviewer,
    fields::Fields,
    ids::ApplicationId,
    problem::Problem,
    review::queue::{self, Cursor, Filter, find_list},
};

/// The dossier; or, when the form asks to go on, the next one of the list it was opened from that day, or of what waits when it was opened
/// otherwise. After the last one, the list.
pub(in crate::review::pages) async fn onward(
    state: &AppState,
    reviewer: &Reviewer,
    id: ApplicationId,
    form: &Fields,
) -> Result<Redirect, Problem> {
    if form.value("suite") != "suivant" {
        return Ok(Redirect::to(&format!("/instruction/{}", id.0)));
    }
    let reader = reviewer.person().account;
    let mut connection = state.db.acquire().await?;
    let opened_from = find_list(&mut connection, id, reader).await?;
    let list = opened_from.map_or_else(|| List::first(Filter::default()), |query| List::parse(&query));
    let reading = queue::find_reading(&mut connection, &list.filter, reading(state, reader)).await?;
    let after = queue::find_rows(&mut connection, &list.filter, reading, Cursor::After(id), 1).await?;
    Ok(Redirect::to(&after.first().map_or_else(|| list.back_from(id), |row| list.dossier(row.id))))
}

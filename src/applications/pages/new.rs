//! `/demandes/nouvelle`: which organisation; its number typed once, its name and address come back to confirm.

use askama::Template;
use axum::{
    extract::{Query, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    AppState,
    accounts::Applicant,
    applications::{Kind, Prefill, find_draft, save_step, start},
    fields::Fields,
    organisations::{self, Affiliation, Choice, NAME, SIRET, TOWN},
    problem::Problem,
    web::{Frame, Page, StartKey},
};

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    siret: String,
    /// What a link prefills, carried from the page before.
    #[serde(default)]
    prefill: String,
}

#[derive(Debug, Template)]
#[template(path = "applications/new.html")]
pub(super) struct NewPage {
    frame: Frame,
    form: Fields,
    /// Where this person has already acted.
    mine: Vec<Affiliation>,
    /// What the typed number leads to.
    choice: Option<Choice>,
    /// The number can be found by the name, in the stock.
    can_search: bool,
    start_key: StartKey,
    /// What the link that led here prefills.
    prefill: Prefill,
}

pub(super) async fn show(
    applicant: Applicant,
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    RawQuery(query): RawQuery,
    frame: Frame,
) -> Result<Response, Problem> {
    let query = if asked.prefill.is_empty() { query.unwrap_or_default() } else { asked.prefill };
    let prefill = Prefill::read(&query);
    let mut form = Fields::default();
    form.set(SIRET.name, &asked.siret);
    let mut connection = state.db.acquire().await?;
    let mine = organisations::find_of_account(&mut connection, applicant.person().account).await?;
    let can_search = organisations::stock::is_there(&mut connection).await?;
    drop(connection);
    let choice = if asked.siret.trim().is_empty() {
        None
    } else {
        Some(organisations::choose(&state.db, &state.register, &asked.siret, state.clock.now()).await?)
    };
    Ok(answer(NewPage { frame, form, mine, choice, can_search, start_key: StartKey::fresh(), prefill }))
}

/// The page, with the refusal beside the number when there is one.
fn answer(mut page: NewPage) -> Response {
    if let Some(choice) = &page.choice {
        choice.note(&mut page.form);
    }
    let status = if page.form.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, Page(page)).into_response()
}

pub(super) async fn start_demande(
    applicant: Applicant,
    State(state): State<AppState>,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let start_key = StartKey::from_fields(&form)?;
    let prefill = Prefill::read(form.value("prefill"));
    let now = state.clock.now();
    let choice = organisations::choose(&state.db, &state.register, form.value(SIRET.name), now).await?;
    let Some(facts) = choice.facts(&mut form) else {
        let mine = organisations::find_of_account(&mut *state.db.acquire().await?, applicant.person().account).await?;
        return Ok(answer(NewPage { frame, form, mine, choice: Some(choice), can_search: false, start_key, prefill }));
    };
    let mut transaction = state.db.begin().await?;
    let organisation = organisations::start_for(&mut transaction, &applicant, &facts, now).await?;
    let id = start(&mut transaction, &applicant, Kind::Administration, organisation, start_key.0, now).await?;
    if !prefill.is_empty() {
        let steps = find_draft(&mut transaction, id).await?.form.steps();
        for (step, mut fields) in prefill.steps().filter(|(step, _)| steps.contains(step)) {
            // Posted twice, it is already there, or has been corrected since: nothing is overwritten.
            save_step(&mut transaction, &applicant, id, step, &mut fields, 0, now).await?;
        }
    }
    transaction.commit().await?;
    Ok(Redirect::to(&format!("/demandes/{}/organisme", id.0)).into_response())
}

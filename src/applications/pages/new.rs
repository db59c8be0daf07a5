//! `/demandes/nouvelle`: which organisation, its number typed once; its name and address come back to confirm, with the kinds of demande
//! that the register proposes for it.

use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};

use super::offer::{ALL, Offer, category, read_preset};
use crate::{
    AppState,
    accounts::Applicant,
    applications::{PRESET, Prefill, find_draft, propose, save_step, start},
    fields::Fields,
    organisations::{self, Affiliation, Choice, NAME, SIRET, TOWN},
    problem::Problem,
    web::{Frame, Page, StartKey},
};

/// What addresses that lead here may say besides the number: answers of the wizard, kept for the first draft.
const TOLD: [&str; 3] = ["profil", "secteur", "usage"];

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
    /// The kinds of demande it may be.
    offer: Offer,
    start_key: StartKey,
    /// What the link that led here prefills.
    prefill: Prefill,
}

impl NewPage {
    /// What was told, and the kind while it is not asked yet.
    fn told(&self) -> Vec<(&'static str, &str)> {
        let kind = (!self.offer.is_asked()).then_some(PRESET.name);
        let names = TOLD.into_iter().chain(kind);
        names.map(|name| (name, self.form.value(name))).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The same and what a link prefills, after a number in an address.
    fn told_in_address(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.told());
        let query = query.finish();
        let prefill = self.prefill.to_query();
        let mut address = String::new();
        if !query.is_empty() {
            address = format!("&{query}");
        }
        if !prefill.is_empty() {
            address.push_str("&prefill=");
            address.extend(url::form_urlencoded::byte_serialize(prefill.as_bytes()));
        }
        address
    }

    fn address_of_all(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair(SIRET.name, self.form.value(SIRET.name)).extend_pairs(self.told()).append_pair(ALL, "1");
        format!("/demandes/nouvelle?{}", query.finish())
    }
}

pub(super) async fn show(applicant: Applicant, State(state): State<AppState>, uri: Uri, frame: Frame) -> Result<Response, Problem> {
    let query = uri.query().unwrap_or_default();
    let mut form = Fields::from_query(query);
    let carried = form.value("prefill").to_owned();
    let prefill = Prefill::read(if carried.is_empty() { query } else { &carried });
    let siret = form.value(SIRET.name).to_owned();
    let mut connection = state.db.acquire().await?;
    let mine = organisations::find_of_account(&mut connection, applicant.person().account).await?;
    let can_search = organisations::stock::is_there(&mut connection).await?;
    drop(connection);
    let choice = if form.values(SIRET.name).next().is_none() {
        None
    } else {
        Some(organisations::choose(&state.db, &state.register, &siret, state.clock.now()).await?)
    };
    let offer = Offer::find(&state, &mut *state.db.acquire().await?, choice.as_ref(), &mut form).await?;
    Ok(answer(NewPage { frame, form, mine, choice, can_search, offer, start_key: StartKey::fresh(), prefill }))
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
    let category = category(&choice);
    let facts = choice.facts(&mut form);
    let preset = read_preset(&mut form, category);
    let (Some(facts), Some(preset)) = (facts, preset) else {
        let mut connection = state.db.acquire().await?;
        let mine = organisations::find_of_account(&mut connection, applicant.person().account).await?;
        let offer = Offer::find(&state, &mut connection, Some(&choice), &mut form).await?;
        return Ok(answer(NewPage { frame, form, mine, choice: Some(choice), can_search: false, offer, start_key, prefill }));
    };
    let mut transaction = state.db.begin().await?;
    let organisation = organisations::start_for(&mut transaction, &applicant, &facts, now).await?;
    let id = start(&mut transaction, &applicant, preset.kind, organisation, start_key.0, now).await?;
    propose(&mut transaction, &applicant, id, &preset.prefilled(&form, category)).await?;
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

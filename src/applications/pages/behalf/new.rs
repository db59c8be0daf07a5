//! `/clients/{organisation}/nouvelle`: for which client; its number typed once, its name and address come back to confirm.

use askama::Template;
use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    AppState,
    applications::{Kind, behalf::start_for_client},
    fields::Fields,
    ids::{ApplicationId, OrganisationId},
    organisations::{self, Choice, NAME, Organisation, Representation, SIRET, TOWN, find_representations, pages::Here},
    problem::Problem,
    web::{Frame, Page, Refused, StartKey},
};

/// What is told to whoever names their own organisation.
pub(super) const ONESELF: &str =
    "C’est le SIRET de votre propre organisme. Indiquez celui de votre client, ou déposez depuis « Mes demandes ».";

#[derive(Debug, Template)]
#[template(path = "applications/behalf/new.html")]
pub(super) struct NewPage {
    frame: Frame,
    form: Fields,
    /// Who files, by name.
    vendor: String,
    /// Those it declared.
    clients: Vec<Representation>,
    choice: Option<Choice>,
    /// The demande to copy, when it is one.
    copied: Option<ApplicationId>,
    ask_at: String,
    confirm_at: String,
    start_key: StartKey,
}

/// Where the page asks and where it confirms.
pub(super) struct Addresses {
    pub ask_at: String,
    pub confirm_at: String,
    pub copied: Option<ApplicationId>,
}

/// The page, with what a typed number leads to.
pub(super) async fn page(
    state: &AppState,
    vendor: &Organisation,
    addresses: Addresses,
    (frame, mut form, choice): (Frame, Fields, Option<Choice>),
    start_key: StartKey,
) -> Result<Response, Problem> {
    if let Some(choice) = &choice {
        choice.note(&mut form);
    }
    let mut clients = find_representations(&mut *state.db.acquire().await?, vendor.id).await?;
    clients.retain(|known| known.vendor.organisation == vendor.id && known.lasts());
    let Addresses { ask_at, confirm_at, copied } = addresses;
    let page = NewPage { frame, form, vendor: vendor.name.clone(), clients, choice, copied, ask_at, confirm_at, start_key };
    Ok(if page.form.is_valid() { Page(page).into_response() } else { Refused(page).into_response() })
}

/// The number of an address and what it leads to.
pub(super) async fn asked(state: &AppState, uri: &Uri) -> Result<(Fields, Option<Choice>), Problem> {
    let form = Fields::from_query(uri.query().unwrap_or_default());
    if form.values(SIRET.name).next().is_none() {
        return Ok((form, None));
    }
    let choice = organisations::choose(&state.db, &state.register, form.value(SIRET.name), state.clock.now()).await?;
    Ok((form, Some(choice)))
}

fn addresses(vendor: OrganisationId) -> Addresses {
    Addresses { ask_at: format!("/clients/{vendor}/nouvelle"), confirm_at: format!("/clients/{vendor}/demandes"), copied: None }
}

pub(super) async fn show(here: Here, State(state): State<AppState>, uri: Uri, frame: Frame) -> Result<Response, Problem> {
    let by = here.speaking_for()?;
    let (form, choice) = asked(&state, &uri).await?;
    page(&state, &here.affiliation.organisation, addresses(by.organisation()), (frame, form, choice), StartKey::fresh()).await
}

pub(super) async fn start_demande(here: Here, State(state): State<AppState>, frame: Frame, mut form: Fields) -> Result<Response, Problem> {
    let by = here.speaking_for()?;
    let start_key = StartKey::from_fields(&form)?;
    let now = state.clock.now();
    let vendor = &here.affiliation.organisation;
    let choice = organisations::choose(&state.db, &state.register, form.value(SIRET.name), now).await?;
    let Some(facts) = choice.facts(&mut form) else {
        return page(&state, vendor, addresses(vendor.id), (frame, form, Some(choice)), start_key).await;
    };
    let mut transaction = state.db.begin().await?;
    let started = start_for_client(&mut transaction, &by, &facts, Kind::Administration, None, start_key.0, now).await?;
    transaction.commit().await?;
    let Some(id) = started else {
        form.refuse(SIRET, ONESELF);
        return page(&state, vendor, addresses(vendor.id), (frame, form, None), start_key).await;
    };
    Ok(Redirect::to(&format!("/demandes/{}/organisme", id.0)).into_response())
}

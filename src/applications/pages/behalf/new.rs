//! `/clients/{organisation}/nouvelle`: for which client; its number typed once, its name and address come back to confirm, with the kinds of
//! demande that the register proposes for it.

use askama::Template;
use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    AppState,
    applications::{
        Application, Kind, PRESET,
        behalf::start_for_client,
        doubt,
        pages::offer::{ALL, Offer, category, read_preset},
        propose,
    },
    fields::Fields,
    organisations::{
        self, Choice, LegalCategory, NAME, Organisation, Representation, SIRET, Siret, TOWN, find_representations, pages::Here,
    },
    problem::Problem,
    web::{Frame, Page, Refused, StartKey},
};

/// What is told to whoever names their own organisation.
const ONESELF: &str = "C’est le SIRET de votre propre organisme. Indiquez celui de votre client, ou déposez depuis « Mes demandes ».";

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
    /// The kinds of demande it may be.
    offer: Offer,
    /// The demande to copy, when it is one.
    copied: Option<Application>,
    ask_at: String,
    confirm_at: String,
    start_key: StartKey,
}

impl NewPage {
    fn address_of_all(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair(SIRET.name, self.form.value(SIRET.name)).append_pair(ALL, "1");
        format!("{}?{}", self.ask_at, query.finish())
    }

    /// What the register says otherwise than the demande to copy.
    fn doubt(&self) -> Option<&'static str> {
        let choice = self.choice.as_ref().filter(|_| self.offer.is_asked())?;
        doubt(self.copied.as_ref()?.kind, category(choice).map(LegalCategory::nature))
    }

    fn copies_a_candidature(&self) -> bool {
        self.copied.as_ref().is_some_and(|copied| copied.kind == Kind::Experiment)
    }
}

/// Where the page asks and where it confirms.
pub(super) struct Addresses {
    pub ask_at: String,
    pub confirm_at: String,
    pub copied: Option<Application>,
}

/// The page, with what a typed number leads to.
pub(super) async fn page(
    state: &AppState,
    vendor: &Organisation,
    addresses: Addresses,
    (frame, mut form, choice): (Frame, Fields, Option<Choice>),
    start_key: StartKey,
) -> Result<Response, Problem> {
    let mut connection = state.db.acquire().await?;
    let offer = Offer::find(state, &mut connection, choice.as_ref(), &mut form).await?;
    if let Some(choice) = &choice {
        choice.note(&mut form);
    }
    let mut clients = find_representations(&mut connection, vendor.id).await?;
    clients.retain(|known| known.vendor.organisation == vendor.id && known.lasts());
    let Addresses { ask_at, confirm_at, copied } = addresses;
    let page = NewPage { frame, form, vendor: vendor.name.clone(), clients, choice, offer, copied, ask_at, confirm_at, start_key };
    Ok(if page.form.is_valid() { Page(page).into_response() } else { Refused(page).into_response() })
}

/// What the number of a form leads to; the vendor's own is refused, and leads nowhere.
pub(super) async fn choose(state: &AppState, vendor: &Organisation, form: &mut Fields) -> Result<Option<Choice>, Problem> {
    if Siret::parse(form.value(SIRET.name)).is_ok_and(|(siret, _)| siret == vendor.siret) {
        form.refuse(SIRET, ONESELF);
        return Ok(None);
    }
    organisations::choose(&state.db, &state.register, form.value(SIRET.name), state.clock.now()).await.map(Some)
}

/// The number of an address, if it holds one, and what it leads to.
pub(super) async fn asked(state: &AppState, vendor: &Organisation, uri: &Uri) -> Result<(Fields, Option<Choice>), Problem> {
    let mut form = Fields::from_query(uri.query().unwrap_or_default());
    let is_asked = form.values(SIRET.name).next().is_some();
    let choice = if is_asked { choose(state, vendor, &mut form).await? } else { None };
    Ok((form, choice))
}

fn addresses(here: &Here) -> Addresses {
    let vendor = here.affiliation.organisation.id;
    Addresses { ask_at: format!("/clients/{vendor}/nouvelle"), confirm_at: format!("/clients/{vendor}/demandes"), copied: None }
}

pub(super) async fn show(here: Here, State(state): State<AppState>, uri: Uri, frame: Frame) -> Result<Response, Problem> {
    here.speaking_for()?;
    let vendor = &here.affiliation.organisation;
    let (form, choice) = asked(&state, vendor, &uri).await?;
    page(&state, vendor, addresses(&here), (frame, form, choice), StartKey::fresh()).await
}

pub(super) async fn start_demande(here: Here, State(state): State<AppState>, frame: Frame, mut form: Fields) -> Result<Response, Problem> {
    let by = here.speaking_for()?;
    let start_key = StartKey::from_fields(&form)?;
    let now = state.clock.now();
    let vendor = &here.affiliation.organisation;
    let Some(choice) = choose(&state, vendor, &mut form).await? else {
        return page(&state, vendor, addresses(&here), (frame, form, None), start_key).await;
    };
    let category = category(&choice);
    let facts = choice.facts(&mut form);
    let preset = read_preset(&mut form, category);
    let (Some(facts), Some(preset)) = (facts, preset) else {
        return page(&state, vendor, addresses(&here), (frame, form, Some(choice)), start_key).await;
    };
    let mut transaction = state.db.begin().await?;
    let started = start_for_client(&mut transaction, &by, &facts, preset.kind, None, start_key.0, now).await?;
    let id = started.ok_or(Problem::NotFound)?;
    propose(&mut transaction, &here.applicant, id, &preset.prefilled(&form, category)).await?;
    transaction.commit().await?;
    Ok(Redirect::to(&format!("/demandes/{}/organisme", id.0)).into_response())
}

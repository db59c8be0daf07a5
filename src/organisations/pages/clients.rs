//! `/compte/organismes/{organisation}/clients`: the organisations a vendor says it acts for.

use askama::Template;
use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::here::{Here, Numbers};
use crate::{
    AppState,
    fields::Fields,
    ids::{OrganisationId, RepresentationId},
    organisations::{
        Choice, Declared, NAME, Representation, SIRET, TOWN, choose, declare_client, end_representation, find_representations,
    },
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, filters, tell},
};

#[derive(Debug, Template)]
#[template(path = "organisations/clients.html")]
struct ClientsPage {
    frame: Frame,
    form: Fields,
    choice: Option<Choice>,
    here: Here,
    desk_email: String,
    /// What lasts.
    clients: Vec<Representation>,
    /// What is over.
    formerly: Vec<Representation>,
}

pub(super) fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::SignedIn, "/compte/organismes/{organisation}/clients", show)
        .post(Audience::SignedIn, "/compte/organismes/{organisation}/clients", declare)
        .post(Audience::SignedIn, "/compte/organismes/{organisation}/clients/{client}/fin", end)
}

async fn prepare(state: &AppState, here: Here, frame: Frame, form: Fields, choice: Option<Choice>) -> Result<ClientsPage, Problem> {
    let organisation = here.affiliation.organisation.id;
    let mut declared = Vec::new();
    if here.affiliation.membership.is_verified() {
        declared = find_representations(&mut *state.db.acquire().await?, organisation).await?;
        declared.retain(|known| known.vendor.organisation == organisation);
    }
    let (clients, formerly) = declared.into_iter().partition(Representation::lasts);
    let desk_email = state.config.desk.desk_email.clone();
    Ok(ClientsPage { frame, form, choice, here, desk_email, clients, formerly })
}

async fn show(here: Here, State(state): State<AppState>, uri: Uri, frame: Frame) -> Result<Response, Problem> {
    let mut form = Fields::from_query(uri.query().unwrap_or_default());
    let mut choice = None;
    if form.values(SIRET.name).next().is_some() && here.affiliation.membership.is_verified() {
        let found = choose(&state.db, &state.register, form.value(SIRET.name), state.clock.now()).await?;
        found.note(&mut form);
        choice = Some(found);
    }
    let page = prepare(&state, here, frame, form, choice).await?;
    Ok(if page.form.is_valid() { Page(page).into_response() } else { Refused(page).into_response() })
}

async fn declare(here: Here, State(state): State<AppState>, session: Session, frame: Frame, mut form: Fields) -> Result<Response, Problem> {
    let by = here.speaking_for()?;
    let choice = choose(&state.db, &state.register, form.value(SIRET.name), state.clock.now()).await?;
    let Some(facts) = choice.facts(&mut form) else {
        return Ok(Refused(prepare(&state, here, frame, form, Some(choice)).await?).into_response());
    };
    let mut transaction = state.db.begin().await?;
    let declared = declare_client(&mut transaction, &by, &facts, state.clock.now()).await?;
    transaction.commit().await?;
    let sentence = match declared {
        Declared::Now => "Ce client est ajouté.",
        Declared::Before => "Ce client était déjà dans la liste.",
        Declared::Oneself => {
            form.refuse(SIRET, "C’est le SIRET de votre propre organisme. Indiquez celui de votre client.");
            return Ok(Refused(prepare(&state, here, frame, form, None).await?).into_response());
        }
    };
    tell(&session, sentence).await?;
    Ok(Redirect::to(&here.path("clients")).into_response())
}

async fn end(
    here: Here,
    Numbers((_, client)): Numbers<(OrganisationId, RepresentationId)>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let by = here.speaking_for()?;
    let mut transaction = state.db.begin().await?;
    let ended = end_representation(&mut transaction, &by, client, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("Vous n’agissez plus pour {}.", ended.client.name)).await?;
    Ok(Redirect::to(&here.path("clients")))
}

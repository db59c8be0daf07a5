//! `/clients/{organisation}/import`: a list of clients, read again before anything is created.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;
use uuid::Uuid;

use crate::{
    AppState,
    applications::{
        behalf::{Import, MOST_LINES, Outcome, confirm_import, find_import, prepare_import, read_clients},
        store,
    },
    fields::{Field, Fields},
    ids::ApplicationId,
    organisations::{Answer, Organisation, Siret, VerifiedMember, pages::Here},
    problem::Problem,
    web::{Frame, Page, Refused, tell},
};

const LIST: Field = Field { name: "liste", label: "Liste des clients" };
const MODEL: Field = Field { name: "modele", label: "Demande à reprendre" };

#[derive(Debug, Template)]
#[template(path = "applications/behalf/import.html")]
struct ImportPage {
    frame: Frame,
    form: Fields,
    vendor: Organisation,
    /// The person's own demandes, by number.
    models: Vec<(String, String)>,
}

async fn prepare(state: &AppState, here: Here, frame: Frame, form: Fields) -> Result<ImportPage, Problem> {
    let own = store::list_own(&mut *state.db.acquire().await?, here.applicant.person().account).await?;
    let named = own.into_iter().rev().filter(|application| !application.service_name.is_empty());
    let models = named.map(|application| (application.id.0.to_string(), format!("{}, {}", application.id, application.title()))).collect();
    Ok(ImportPage { frame, form, vendor: here.affiliation.organisation, models })
}

pub(super) async fn show(here: Here, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    here.speaking_for()?;
    Ok(Page(prepare(&state, here, frame, Fields::default()).await?).into_response())
}

/// What the sources on this machine say of these numbers; no call leaves it.
async fn look_up<'a>(state: &AppState, typed: impl Iterator<Item = &'a str>) -> BTreeMap<Siret, Answer> {
    let sirets: BTreeSet<Siret> = typed.filter_map(|typed| Siret::parse(typed).ok()).map(|(siret, _)| siret).collect();
    let mut answers = BTreeMap::new();
    for siret in sirets {
        let answer = state.register.look_up_nearby(&siret).await;
        answers.insert(siret, answer);
    }
    answers
}

pub(super) async fn read(
    here: Here,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let by = here.speaking_for()?;
    let file = form.parse(LIST, |typed| read_clients(typed.as_bytes()));
    let model = match form.value(MODEL.name) {
        "" => Ok(None),
        typed => ApplicationId::parse(typed).ok_or(Problem::NotFound).map(Some),
    }?;
    let Some(file) = file else { return Ok(Refused(prepare(&state, here, frame, form).await?).into_response()) };
    let answers = look_up(&state, file.lines.iter().map(|line| line.siret.as_str())).await;
    let mut transaction = state.db.begin().await?;
    if let Some(model) = model {
        store::find_own(&mut transaction, model, by.person().account).await?;
    }
    let id = prepare_import(&mut transaction, &by, model, file.lines, &answers, state.clock.now()).await?;
    transaction.commit().await?;
    if !file.ignored.is_empty() {
        tell(&session, format!("Colonnes sans champ de ce nom, laissées de côté : {}.", file.ignored.join(", "))).await?;
    }
    Ok(Redirect::to(&format!("/clients/{}/import/{id}", by.organisation())).into_response())
}

#[derive(Debug, Template)]
#[template(path = "applications/behalf/preview.html")]
struct PreviewPage {
    frame: Frame,
    vendor: Organisation,
    import: Import,
    address: String,
}

/// The list of a path, if it is this person's and this vendor's.
async fn find(state: &AppState, by: &VerifiedMember, typed: &str) -> Result<Import, Problem> {
    let id = Uuid::try_parse(typed).map_err(|_| Problem::NotFound)?;
    let import = find_import(&mut *state.db.acquire().await?, id, by.person().account).await?;
    if import.vendor == by.organisation() { Ok(import) } else { Err(Problem::NotFound) }
}

pub(super) async fn preview(
    here: Here,
    Path((_, import)): Path<(String, String)>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let by = here.speaking_for()?;
    let import = find(&state, &by, &import).await?;
    let address = format!("/clients/{}/import", by.organisation());
    Ok(Page(PreviewPage { frame, vendor: here.affiliation.organisation, import, address }).into_response())
}

/// Creates the drafts a few at a time: a stop in the middle loses nothing, asking again goes on.
pub(super) async fn confirm(
    here: Here,
    Path((_, import)): Path<(String, String)>,
    State(state): State<AppState>,
) -> Result<Redirect, Problem> {
    let by = here.speaking_for()?;
    let import = find(&state, &by, &import).await?;
    let answers = look_up(&state, import.lines.iter().map(|line| line.siret.as_str())).await;
    loop {
        let mut transaction = state.db.begin().await?;
        let remain = confirm_import(&mut transaction, &by, import.id, &answers, state.clock.now()).await?;
        transaction.commit().await?;
        if !remain {
            return Ok(Redirect::to(&format!("/clients/{}/import/{}", by.organisation(), import.id)));
        }
    }
}

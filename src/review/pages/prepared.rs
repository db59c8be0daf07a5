//! `/instruction/nouvelle`: a demande is prepared for an applicant; `/instruction/preparees`: those nobody has taken yet.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use time::OffsetDateTime;
use tower_sessions::Session;
use uuid::Uuid;

use crate::{
    AppState,
    accounts::{EmailAddress, Reviewer, Staff},
    applications::{
        Kind, Prefill, Preset,
        prepared::{Preparation, Prepared, PreparedState, Preparing, cancel, find_unclaimed, prepare, renew},
    },
    calendar, experimentation,
    fields::{Field, Fields},
    organisations::{self, Choice, NAME, SIRET, TOWN},
    problem::Problem,
    web::{Frame, Page, Refused, StartKey, filters, tell},
};

const EMAIL: Field = Field { name: "email", label: "Adresse électronique du demandeur" };
const KIND: Field = Field { name: "type", label: "Quelle demande ?" };
const NOTE: Field = Field { name: "note", label: "Votre mot au demandeur" };
const SERVICE_NAME: Field = Field { name: "service_name", label: "Nom du service" };
const SERVICE_DESCRIPTION: Field = Field { name: "service_description", label: "Ce que fait le service" };
const SERVICE_URL: Field = Field { name: "service_url", label: "Adresse du service" };

/// Where those nobody has taken yet are listed.
const LIST: &str = "/instruction/preparees";

#[derive(Debug, Template)]
#[template(path = "review/prepare.html")]
pub(super) struct PreparePage {
    frame: Frame,
    form: Fields,
    choice: Option<Choice>,
    /// A campaign receives candidatures today.
    receives: bool,
    start_key: StartKey,
}

impl PreparePage {
    fn presets(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let open = Preset::all().iter().filter(|preset| self.receives || preset.kind != Kind::Experiment);
        open.map(|preset| (preset.slug.as_str(), preset.label.as_str(), preset.about.as_str())).collect()
    }

    /// The organisation is known: the rest can be asked.
    fn asks_the_rest(&self) -> bool {
        matches!(self.choice, Some(Choice::Known(_) | Choice::ToDeclare(_)))
    }
}

async fn page(state: &AppState, frame: Frame, form: Fields, choice: Option<Choice>, start_key: StartKey) -> Result<PreparePage, Problem> {
    let today = calendar::paris_day(state.clock.now());
    let receives = experimentation::find_receiving(&mut *state.db.acquire().await?, today).await?.is_some();
    Ok(PreparePage { frame, form, choice, receives, start_key })
}

pub(super) async fn ask(_: Reviewer, State(state): State<AppState>, uri: Uri, frame: Frame) -> Result<Response, Problem> {
    let mut form = Fields::from_query(uri.query().unwrap_or_default());
    let choice = if form.values(SIRET.name).next().is_none() {
        None
    } else {
        Some(organisations::choose(&state.db, &state.register, form.value(SIRET.name), state.clock.now()).await?)
    };
    if let Some(choice) = &choice {
        choice.note(&mut form);
    }
    let page = page(&state, frame, form, choice, StartKey::fresh()).await?;
    Ok(if page.form.is_valid() { Page(page).into_response() } else { Refused(page).into_response() })
}

fn check(form: &mut Fields, choice: &Choice) -> Option<Preparation> {
    let facts = choice.facts(form);
    let preset = form.parse(KIND, |typed| Preset::named(typed).ok_or("Choisissez la demande qui correspond au cas du demandeur."));
    let address = form.parse(EMAIL, EmailAddress::parse);
    let note = form.optional_paragraph(NOTE, 2000);
    let name = form.optional_line(SERVICE_NAME, 200);
    let description = form.optional_paragraph(SERVICE_DESCRIPTION, 5000);
    let url = form.optional_line(SERVICE_URL, 300);
    let answers = [(SERVICE_NAME, name?), (SERVICE_DESCRIPTION, description?), (SERVICE_URL, url?)];
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(answers.iter().map(|(field, value)| (field.name, value.as_str())))
        .finish();
    let answers = Prefill::read(&query).proposed();
    Some(Preparation { address: address?, facts: facts?, preset: preset?, answers, note: note? })
}

pub(super) async fn act(
    by: Reviewer,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let start_key = StartKey::from_fields(&form)?;
    let now = state.clock.now();
    let choice = organisations::choose(&state.db, &state.register, form.value(SIRET.name), now).await?;
    let Some(preparation) = check(&mut form, &choice) else {
        choice.note(&mut form);
        return Ok(Refused(page(&state, frame, form, Some(choice), start_key).await?).into_response());
    };
    let address = preparation.address.clone();
    let mut transaction = state.db.begin().await?;
    let preparing = prepare(&mut transaction, &by, preparation, start_key.0, now).await?;
    transaction.commit().await?;
    let told = match preparing {
        Preparing::Done => format!("La demande est préparée. Une lettre part à {address} avec le lien pour la reprendre."),
        Preparing::AlreadyWaiting => {
            format!(
                "Une demande de ce type attend déjà {address} pour cet organisme : rien n’est parti de nouveau. Renouvelez-la ci-dessous."
            )
        }
    };
    tell(&session, told).await?;
    Ok(Redirect::to(LIST).into_response())
}

#[derive(Debug, Template)]
#[template(path = "review/prepared.html")]
pub(super) struct PreparedPage {
    frame: Frame,
    waiting: Vec<Prepared>,
    can_decide: bool,
    now: OffsetDateTime,
}

impl PreparedPage {
    fn label(prepared: &Prepared) -> &'static str {
        Preset::named(&prepared.preset).map_or("", |preset| preset.label.as_str())
    }

    fn is_expired(&self, prepared: &Prepared) -> bool {
        prepared.state(self.now) == PreparedState::Expired
    }
}

pub(super) async fn list(
    _: Staff,
    reviewer: Option<Reviewer>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<PreparedPage>, Problem> {
    let waiting = find_unclaimed(&mut *state.db.acquire().await?).await?;
    Ok(Page(PreparedPage { frame, waiting, can_decide: reviewer.is_some(), now: state.clock.now() }))
}

fn number(typed: &str) -> Result<Uuid, Problem> {
    Uuid::parse_str(typed).map_err(|_| Problem::NotFound)
}

pub(super) async fn renew_one(
    by: Reviewer,
    Path(prepared): Path<String>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let mut transaction = state.db.begin().await?;
    renew(&mut transaction, &by, number(&prepared)?, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Le lien vaut de nouveau trente jours : une lettre part à la personne.").await?;
    Ok(Redirect::to(LIST))
}

pub(super) async fn cancel_one(
    by: Reviewer,
    Path(prepared): Path<String>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let mut transaction = state.db.begin().await?;
    cancel(&mut transaction, &by, number(&prepared)?, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "La demande préparée est annulée : son lien n’ouvre plus rien.").await?;
    Ok(Redirect::to(LIST))
}

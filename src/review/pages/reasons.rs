//! `/instruction/{numero}/motifs`: the reasons of an implicit rejection, in law and in fact, to whoever asked for them.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use tower_sessions::Session;

use super::extract::{Dossier, to_dossier};
use crate::{
    AppState,
    accounts::Reviewer,
    applications::{self, Application},
    calendar,
    fields::{Field, Fields},
    notifications::Author,
    problem::Problem,
    review::{
        decisions::author,
        silence::{Reasons, answer_reasons, find_aftermath},
    },
    web::{Frame, Page, filters, tell},
};

const IN_LAW: Field = Field { name: "in_law", label: "En droit" };
const IN_FACT: Field = Field { name: "in_fact", label: "En fait" };

/// Characters of each, as in a refusal.
const MOST: usize = 5000;

#[derive(Debug, Template)]
#[template(path = "review/silence/reasons.html")]
struct ReasonsPage {
    frame: Frame,
    application: Application,
    organisation: String,
    reasons: Reasons,
    today: Date,
    form: Fields,
    /// Somebody was faster: the sentence that says so.
    late: Option<String>,
    /// The reader, as the letter will name them.
    author: Author,
}

impl ReasonsPage {
    /// The Paris date, as templates hand it on.
    fn today(&self) -> Date {
        self.today
    }
}

/// The page, while reasons were asked of this demande.
async fn prepare(state: &AppState, reviewer: &Reviewer, application: Application, frame: Frame) -> Result<Option<ReasonsPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let aftermath = find_aftermath(&mut connection, &application).await?;
    let Some(reasons) = aftermath.and_then(|aftermath| aftermath.reasons().cloned()) else { return Ok(None) };
    let version = applications::find_version(&mut connection, application.id, application.version).await?;
    let today = calendar::paris_date(state.clock.now());
    Ok(Some(ReasonsPage {
        frame,
        organisation: version.organisation.name,
        application,
        reasons,
        today,
        form: Fields::default(),
        late: None,
        author: author(reviewer, &state.config.desk.desk_service),
    }))
}

pub(super) async fn show(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let id = application.id;
    match prepare(&state, &reviewer, application, frame).await? {
        Some(page) if page.reasons.answer.is_none() => Ok(Page(page).into_response()),
        _ => Ok(to_dossier(id)),
    }
}

pub(super) async fn answer(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let id = application.id;
    let (in_law, in_fact) = (form.paragraph(IN_LAW, MOST), form.paragraph(IN_FACT, MOST));
    let (Some(in_law), Some(in_fact)) = (in_law, in_fact) else {
        // Nobody asked for reasons: the dossier says where the demande stands.
        let Some(page) = prepare(&state, &reviewer, application, frame).await? else {
            return Ok(to_dossier(id));
        };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(ReasonsPage { form, ..page })).into_response());
    };
    let mut transaction = state.db.begin().await?;
    let service = &state.config.desk.desk_service;
    match answer_reasons(&mut transaction, &reviewer, id, (&in_law, &in_fact), service, state.clock.now()).await {
        Ok(()) => {}
        Err(Problem::NotPossible { sentence, next }) => {
            drop(transaction);
            let Some(page) = prepare(&state, &reviewer, application, frame).await? else {
                return Err(Problem::NotPossible { sentence, next });
            };
            return Ok((StatusCode::CONFLICT, Page(ReasonsPage { form, late: Some(sentence), ..page })).into_response());
        }
        Err(problem) => return Err(problem),
    }
    transaction.commit().await?;
    tell(&session, format!("Les motifs de {id} sont communiqués au demandeur.")).await?;
    Ok(to_dossier(id))
}

//! `/instruction/{numero}/classement`: warn the applicant of a demande nobody answers for, then close it; what each does, and when it may be done.

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
    applications::{self, Act, Application},
    calendar,
    fields::{Field, Fields},
    ids::AuthorizationId,
    problem::Problem,
    review::{
        clock::{LEAST_DAYS, MissingItems},
        closing::{Stage, announce, close, find_unanswered},
        decisions::{self, author},
    },
    web::{Frame, Page, filters, tell},
};

const LIMIT: Field = Field { name: "limit_on", label: "Dernier jour pour répondre" };

#[derive(Debug, Template)]
#[template(path = "review/closing/closing.html")]
struct ClosingPage {
    frame: Frame,
    application: Application,
    organisation: String,
    /// The right, when what would be closed is a change of it.
    changes: Option<AuthorizationId>,
    stage: Stage,
    form: Fields,
    /// It could not be done: the sentence that says why.
    late: Option<String>,
    author: String,
    quality: String,
}

/// The page, while the demande is back with its applicant.
async fn prepare(
    reviewer: &Reviewer,
    application: Application,
    form: Fields,
    state: &AppState,
    frame: Frame,
) -> Result<Option<ClosingPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let Some(unanswered) = find_unanswered(&mut connection, &application).await? else { return Ok(None) };
    let organisation = applications::find_version(&mut connection, application.id, application.version).await?.organisation.name;
    let changes = decisions::find_kept_right(&mut connection, &application).await?;
    let author = author(reviewer, &state.config.desk.desk_service);
    let (author, quality) = (author.name, author.quality);
    let now = state.clock.now();
    Ok(Some(ClosingPage {
        frame,
        application,
        organisation,
        changes,
        stage: unanswered.stage(calendar::paris_date(now)),
        form,
        late: None,
        author,
        quality,
    }))
}

pub(super) async fn show(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let id = application.id;
    if !application.state.allows(Act::Close) {
        return Ok(to_dossier(id));
    }
    let mut form = Fields::default();
    form.set(LIMIT.name, calendar::days_after(calendar::paris_date(state.clock.now()), LEAST_DAYS).to_string());
    match prepare(&reviewer, application, form, &state, frame).await? {
        Some(page) => Ok(Page(page).into_response()),
        None => Ok(to_dossier(id)),
    }
}

pub(super) async fn warn(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let (id, now) = (application.id, state.clock.now());
    let limit_on = form.parse(LIMIT, |typed| {
        let typed: Date = typed.parse().map_err(|_| "Choisissez une date.".to_owned())?;
        MissingItems::check_limit(typed, calendar::paris_date(now))
    });
    let Some(limit_on) = limit_on else {
        // It is not back with its applicant: the dossier says where it stands.
        let Some(page) = prepare(&reviewer, application, form, &state, frame).await? else {
            return Ok(to_dossier(id));
        };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    };
    let mut transaction = state.db.begin().await?;
    match announce(&mut transaction, &reviewer, id, limit_on, &state.config.desk.desk_service, now).await {
        Ok(()) => transaction.commit().await?,
        Err(problem) => {
            drop(transaction);
            return give_back(&reviewer, application, form, &state, frame, problem).await;
        }
    }
    tell(&session, format!("Le demandeur de {id} est averti\u{a0}: il a jusqu’au {} pour répondre.", calendar::date_in_full(limit_on)))
        .await?;
    Ok(to_dossier(id))
}

pub(super) async fn end(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
) -> Result<Response, Problem> {
    let (id, is_change) = (application.id, application.is_change());
    let mut transaction = state.db.begin().await?;
    match close(&mut transaction, &reviewer, id, &state.config.desk.desk_service, state.clock.now()).await {
        Ok(()) => transaction.commit().await?,
        Err(problem) => {
            drop(transaction);
            return give_back(&reviewer, application, Fields::default(), &state, frame, problem).await;
        }
    }
    let what = if is_change { format!("La modification demandée par {id}") } else { id.to_string() };
    tell(&session, format!("{what} est classée sans suite. Le demandeur est prévenu.")).await?;
    Ok(to_dossier(id))
}

/// Somebody was faster, or it is too early: the page again, with the sentence that says so.
async fn give_back(
    reviewer: &Reviewer,
    application: Application,
    form: Fields,
    state: &AppState,
    frame: Frame,
    problem: Problem,
) -> Result<Response, Problem> {
    let Problem::NotPossible { sentence, next } = problem else { return Err(problem) };
    let application = applications::find(&mut *state.db.acquire().await?, application.id).await?;
    match prepare(reviewer, application, form, state, frame).await? {
        Some(page) => Ok((StatusCode::CONFLICT, Page(ClosingPage { late: Some(sentence), ..page })).into_response()),
        None => Err(Problem::NotPossible { sentence, next }),
    }
}

//! `/instruction/{numero}/reouverture`: a refused demande instructed again, and what that does; why a granted right is not undone there.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use tower_sessions::Session;

use super::extract::{Dossier, to_dossier};
use crate::{
    AppState,
    accounts::Reviewer,
    applications::{self, Act, Application, Lineage, State as Status},
    authorizations,
    fields::{Field, Fields},
    ids::AuthorizationId,
    problem::Problem,
    review::{Decision, decisions, find_last_decision},
    web::{Frame, Page, tell},
};

const BECAUSE: Field = Field { name: "because", label: "Pourquoi rouvrir cette demande" };

/// Characters of a reason.
const MOST: usize = 2000;

#[derive(Debug, Template)]
#[template(path = "review/reopening.html")]
struct ReopeningPage {
    frame: Frame,
    application: Application,
    organisation: String,
    decision: Option<Decision>,
    authorization: Option<AuthorizationId>,
    lineage: Lineage,
    form: Fields,
    /// Somebody was faster: the sentence that says so.
    late: Option<String>,
}

async fn prepare(state: &AppState, application: Application, frame: Frame) -> Result<ReopeningPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let version = applications::find_version(&mut connection, application.id, application.version).await?;
    Ok(ReopeningPage {
        frame,
        organisation: version.organisation.name,
        decision: find_last_decision(&mut connection, application.id).await?,
        authorization: authorizations::find_of_application(&mut connection, application.id).await?,
        lineage: applications::find_lineage(&mut connection, application.id).await?.as_others_know_it(),
        application,
        form: Fields::default(),
        late: None,
    })
}

pub(super) async fn show(
    _reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    if !application.state.allows(Act::Reopen) && application.state != Status::Approved {
        return Ok(to_dossier(application.id));
    }
    Ok(Page(prepare(&state, application, frame).await?).into_response())
}

pub(super) async fn act(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let id = application.id;
    let Some(because) = form.paragraph(BECAUSE, MOST) else {
        let page = ReopeningPage { form, ..prepare(&state, application, frame).await? };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    };
    let mut transaction = state.db.begin().await?;
    match decisions::reopen(&mut transaction, &reviewer, id, &because, &state.config.desk.desk_service, state.clock.now()).await {
        Ok(()) => {}
        Err(Problem::NotPossible { sentence, .. }) => {
            drop(transaction);
            let mut page = prepare(&state, application, frame).await?;
            (page.form, page.late) = (form, Some(sentence));
            return Ok((StatusCode::CONFLICT, Page(page)).into_response());
        }
        Err(problem) => return Err(problem),
    }
    transaction.commit().await?;
    tell(&session, format!("{id} est rouverte : elle est de nouveau en cours d’instruction, et son demandeur est prévenu.")).await?;
    Ok(to_dossier(id))
}

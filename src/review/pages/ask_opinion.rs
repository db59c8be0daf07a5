//! `/instruction/{numero}/avis`: a reviewer asks services for their opinion.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::extract::Dossier;
use crate::{
    AppState,
    accounts::{self, Reviewer},
    applications::{self, Application, Version},
    fields::{Field, Fields},
    problem::Problem,
    review::{
        open::refuse_own,
        opinions::{self, Board, Service},
    },
    web::{Frame, Page, tell},
};

const SERVICES: Field = Field { name: "services", label: "À qui" };
const QUESTION: Field = Field { name: "question", label: "Votre question" };

/// Characters a question may hold.
const MOST: usize = 2000;

#[derive(Debug, Template)]
#[template(path = "review/ask_opinion.html")]
struct AskPage {
    frame: Frame,
    application: Application,
    version: Version,
    /// Those that were not asked yet.
    services: Vec<Service>,
    form: Fields,
    /// Somebody was faster, or the demande changed: the sentence that says so.
    late: Option<String>,
}

impl AskPage {
    fn choices(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let hint = |service: Service| match service {
            Service::FranceConnect => "Instructeurs et signataires. Le vôtre, si vous le rendez vous-même.",
            Service::Legal => "Juristes de la DINUM.",
        };
        self.services.iter().map(|service| (service.slug(), service.label(), hint(*service))).collect()
    }
}

async fn prepare(state: &AppState, reviewer: &Reviewer, application: Application, frame: Frame, form: Fields) -> Result<AskPage, Problem> {
    let mut connection = state.db.acquire().await?;
    refuse_own(&mut connection, reviewer.person(), &application).await?;
    let version = applications::find_version(&mut connection, application.id, application.version).await?;
    let asked = opinions::find_asked(&mut connection, application.id).await?;
    let board = Board::of(application.kind, application.version, &asked, &[], reviewer.person());
    Ok(AskPage { frame, services: board.can_be_asked, application, version, form, late: None })
}

pub(super) async fn show(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let here = format!("/instruction/{}", application.id.0);
    if !application.state.is_in_progress() {
        return Ok(Redirect::to(&format!("{here}#avis")).into_response());
    }
    let mut transaction = state.db.begin().await?;
    let kept = accounts::take_kept_form(&mut transaction, reviewer.person().account, &frame.path).await?;
    transaction.commit().await?;
    let page = prepare(&state, &reviewer, application, frame, kept.unwrap_or_default()).await?;
    if page.services.is_empty() { Ok(Redirect::to(&format!("{here}#avis")).into_response()) } else { Ok(Page(page).into_response()) }
}

pub(super) async fn ask(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let services: Vec<Service> = form.values(SERVICES.name).filter_map(Service::from_slug).collect();
    if services.is_empty() {
        form.refuse(SERVICES, "Choisissez au moins un service.");
    }
    let question = form.optional_paragraph(QUESTION, MOST);
    let (Some(question), true) = (question, form.is_valid()) else {
        let page = prepare(&state, &reviewer, application, frame, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    };
    let shown: i32 =
        form.value("version").parse().map_err(|_| Problem::BadRequest("Rouvrez le dossier avant de demander un avis.".into()))?;
    let mut transaction = state.db.begin().await?;
    match opinions::ask(&mut transaction, &reviewer, application.id, shown, &services, &question, state.clock.now()).await {
        Ok(()) => {
            transaction.commit().await?;
            let sentence = if services.len() == 1 {
                "L’avis est demandé : un courriel part."
            } else {
                "Les avis sont demandés : les courriels partent."
            };
            tell(&session, sentence).await?;
            Ok(Redirect::to(&format!("/instruction/{}#avis", application.id.0)).into_response())
        }
        Err(Problem::NotPossible { sentence, .. }) => {
            drop(transaction);
            let current = applications::find(&mut *state.db.acquire().await?, application.id).await?;
            let mut page = prepare(&state, &reviewer, current, frame, form).await?;
            page.late = Some(sentence);
            Ok((StatusCode::CONFLICT, Page(page)).into_response())
        }
        Err(problem) => Err(problem),
    }
}

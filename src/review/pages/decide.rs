//! The three decisions: a page to write each, one address that takes them.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::{
    extract::Dossier,
    points::{self, POINTS},
};
use crate::{
    AppState,
    accounts::{self, Reviewer},
    applications::{self, Application, Contacts, Section, Version},
    fields::{Field, Fields},
    organisations,
    problem::Problem,
    review::{Ground, Outcome, Request, approve, refuse, request_changes},
    web::{Frame, Notice, Page, tell},
};

const MESSAGE: Field = Field { name: "message", label: "Message au demandeur" };
const ASKED: Field = Field { name: "message", label: "Ce que vous demandez" };
const FACTS: Field = Field { name: "message", label: "Les faits" };
const GROUND: Field = Field { name: "ground", label: "Motif en droit" };

/// Characters a message may hold.
const MOST: usize = 5000;

#[derive(Debug, Template)]
#[template(path = "review/decide.html")]
struct DecidePage {
    frame: Frame,
    application: Application,
    version: Version,
    sections: Vec<Section>,
    outcome: Outcome,
    form: Fields,
    /// Somebody was faster, or the demande changed: the sentence that says so.
    late: Option<String>,
    author: String,
    quality: String,
}

impl DecidePage {
    /// Whether a point of the section is being written: it is shown unfolded.
    fn is_open(&self, section: &Section) -> bool {
        section.lines.iter().any(|line| !self.form.value(&points::name(section.step.slug(), &line.field)).is_empty())
    }

    fn contacts(&self) -> &Contacts {
        &self.version.content.contacts
    }

    fn title(&self) -> &'static str {
        match self.outcome {
            Outcome::Approved => "Valider",
            Outcome::ChangesRequested => "Demander des modifications",
            Outcome::Refused => "Refuser",
        }
    }
}

fn grounds() -> Vec<(String, &'static str, String)> {
    Ground::ALL.iter().map(|ground| (ground.to_string(), ground.label(), format!("En droit, {}", ground.in_law()))).collect()
}

pub(super) async fn approval(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    open(Outcome::Approved, &reviewer, application, &state, frame).await
}

pub(super) async fn changes(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    open(Outcome::ChangesRequested, &reviewer, application, &state, frame).await
}

pub(super) async fn refusal(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    open(Outcome::Refused, &reviewer, application, &state, frame).await
}

async fn open(
    outcome: Outcome,
    reviewer: &Reviewer,
    application: Application,
    state: &AppState,
    frame: Frame,
) -> Result<Response, Problem> {
    if !application.state.allows(outcome.act()) {
        return Ok(Redirect::to(&format!("/instruction/{}", application.id.0)).into_response());
    }
    organisations::pages::refresh(state, application.organisation).await?;
    let address = format!("/instruction/{}/decision", application.id.0);
    let mut transaction = state.db.begin().await?;
    let kept = accounts::take_kept_form(&mut transaction, reviewer.person().account, &address).await?;
    transaction.commit().await?;
    let mut page = prepare(outcome, reviewer, application, state, frame).await?;
    if let Some(kept) = kept {
        page.form = kept;
        page.frame.notice.get_or_insert_with(|| Notice {
            sentence: "Votre session avait expiré\u{a0}: voici ce que vous étiez en train d’écrire. Rien n’a été décidé.".into(),
        });
    }
    Ok(Page(page).into_response())
}

async fn prepare(
    outcome: Outcome,
    reviewer: &Reviewer,
    application: Application,
    state: &AppState,
    frame: Frame,
) -> Result<DecidePage, Problem> {
    let mut connection = state.db.acquire().await?;
    let version = applications::find_version(&mut connection, application.id, application.version).await?;
    let author = crate::review::author(reviewer, &state.config.desk.desk_service);
    Ok(DecidePage {
        frame,
        application,
        sections: Section::of_content(&version.content),
        version,
        outcome,
        form: Fields::default(),
        late: None,
        author: author.name,
        quality: author.quality,
    })
}

/// What a decision says, read from its form.
enum Verdict {
    Approve { message: String },
    RequestChanges { asked: Request },
    Refuse { ground: Ground, message: String },
}

fn read(outcome: Outcome, form: &mut Fields, sections: &[Section]) -> Option<Verdict> {
    match outcome {
        Outcome::Approved => Some(Verdict::Approve { message: form.optional_paragraph(MESSAGE, MOST)? }),
        Outcome::ChangesRequested => {
            let message = form.optional_paragraph(ASKED, MOST);
            let points = points::read(form, sections);
            let asked = Request::new(message?, points?);
            if asked.is_none() {
                form.refuse(ASKED, "Dites ce que vous demandez, ici ou dans un des points ci-dessous.");
            }
            Some(Verdict::RequestChanges { asked: asked? })
        }
        Outcome::Refused => {
            let ground = form.parse(GROUND, |typed| typed.parse::<Ground>().map_err(|_| "Choisissez le motif en droit."));
            let message = form.paragraph(FACTS, MOST);
            Some(Verdict::Refuse { ground: ground?, message: message? })
        }
    }
}

pub(super) async fn decide(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let outcome: Outcome =
        form.value("outcome").parse().map_err(|_| Problem::BadRequest("Choisissez une des trois décisions du dossier.".into()))?;
    let shown: i32 = form.value("version").parse().map_err(|_| Problem::BadRequest("Rouvrez le dossier avant de décider.".into()))?;
    let sections = match outcome {
        Outcome::ChangesRequested => shown_sections(&state, &application, shown).await?,
        Outcome::Approved | Outcome::Refused => Vec::new(),
    };
    let Some(verdict) = read(outcome, &mut form, &sections) else {
        let mut page = prepare(outcome, &reviewer, application, &state, frame).await?;
        page.form = form;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    };
    let id = application.id;
    match settle(&state, &reviewer, &application, shown, verdict).await {
        Ok(sentence) => {
            tell(&session, sentence).await?;
            Ok(Redirect::to(&format!("/instruction/{}", id.0)).into_response())
        }
        // Somebody was faster: what was typed is given back with who decided what.
        Err(Problem::NotPossible { sentence, .. }) => {
            let mut connection = state.db.acquire().await?;
            let application = applications::find(&mut connection, id).await?;
            drop(connection);
            let mut page = prepare(outcome, &reviewer, application, &state, frame).await?;
            page.form = form;
            page.late = Some(sentence);
            Ok((StatusCode::CONFLICT, Page(page)).into_response())
        }
        Err(problem) => Err(problem),
    }
}

/// The answers the reviewer read: the points are about them. A version that does not exist has none.
async fn shown_sections(state: &AppState, application: &Application, shown: i32) -> Result<Vec<Section>, Problem> {
    let mut connection = state.db.acquire().await?;
    match applications::find_version(&mut connection, application.id, shown).await {
        Ok(version) => Ok(Section::of_content(&version.content)),
        Err(Problem::NotFound) => Ok(Vec::new()),
        Err(problem) => Err(problem),
    }
}

async fn settle(state: &AppState, reviewer: &Reviewer, application: &Application, shown: i32, verdict: Verdict) -> Result<String, Problem> {
    let (id, now, service) = (application.id, state.clock.now(), state.config.desk.desk_service.as_str());
    if !matches!(verdict, Verdict::RequestChanges { .. }) {
        organisations::pages::refresh(state, application.organisation).await?;
    }
    let mut transaction = state.db.begin().await?;
    let sentence = match verdict {
        Verdict::Approve { message } => {
            let authorization = approve(&mut transaction, reviewer, id, shown, message, service, now).await?;
            format!("{id} est validée : l’habilitation {authorization} est accordée. Les lettres partent.")
        }
        Verdict::RequestChanges { asked } => {
            request_changes(&mut transaction, reviewer, id, shown, asked, service, now).await?;
            format!("{id} est renvoyée à son demandeur avec votre message.")
        }
        Verdict::Refuse { ground, message } => {
            refuse(&mut transaction, reviewer, id, shown, ground, message, service, now).await?;
            format!("{id} est refusée. La lettre part avec les motifs et les voies de recours.")
        }
    };
    transaction.commit().await?;
    Ok(sentence)
}

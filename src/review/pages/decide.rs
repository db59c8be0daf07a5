//! The three decisions: a page to write each, one address that takes them. A request for changes is sent at once; an approval or a refusal
//! is prepared, then read and signed.

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
    queue::onward,
    starting_text::{self, StartingText},
};
use crate::{
    AppState,
    accounts::{self, Reviewer},
    applications::{self, Application, Contacts, Kind, Section, Version},
    fields::{Field, Fields},
    organisations,
    problem::Problem,
    review::{
        Ground, Outcome, Request,
        decisions::{self, Prepared, Writing},
        request_changes,
        templates::find_for,
    },
    web::{Frame, Notice, Page, tell},
};

const MESSAGE: Field = Field { name: "message", label: "Message au demandeur" };
const ASKED: Field = Field { name: "message", label: "Ce que vous demandez" };
const FACTS: Field = Field { name: "message", label: "Les faits" };
const GROUND: Field = Field { name: "ground", label: "Motif en droit" };
const LAW: Field = Field { name: "in_law", label: "Considérations de droit" };

/// Characters a message may hold, and what is said in law.
const MOST: usize = 5000;
const MOST_OF_LAW: usize = 2000;

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
    /// What is prepared on this version.
    prepared: Option<Prepared>,
    /// The revision of it that the reader has seen.
    read: i32,
    /// What the answer may start from.
    texts: Vec<StartingText>,
}

impl DecidePage {
    /// Whether a point of the section is being written: it is shown unfolded.
    fn is_open(&self, section: &Section) -> bool {
        section.lines.iter().any(|line| !self.form.value(&points::name(section.step.slug(), &line.field)).is_empty())
    }

    fn contacts(&self) -> &Contacts {
        &self.version.content.contacts
    }

    fn grounds(&self) -> Vec<(String, String, String)> {
        let of_kind = Ground::of(self.application.kind).into_iter();
        of_kind.map(|ground| (ground.to_string(), ground.label(), format!("En droit, {}", ground.in_law()))).collect()
    }

    fn title(&self) -> &'static str {
        match self.outcome {
            Outcome::Approved => "Valider",
            Outcome::ChangesRequested => "Demander des modifications",
            Outcome::Refused => "Refuser",
        }
    }
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
    let templates = find_for(&mut connection, outcome, application.kind).await?;
    let texts = starting_text::filled(templates, (&application, &version), reviewer.person(), &state.config.desk);
    let prepared = decisions::find_prepared(&mut connection, application.id).await?;
    let prepared = prepared.filter(|prepared| prepared.version == version.number);
    Ok(DecidePage {
        frame,
        application,
        sections: Section::of_content(&version.content),
        version,
        outcome,
        form: prepared.as_ref().filter(|prepared| prepared.outcome == outcome).map(written).unwrap_or_default(),
        late: None,
        read: prepared.as_ref().map_or(0, |prepared| prepared.revision),
        prepared,
        texts,
    })
}

/// What is prepared, in its form.
fn written(prepared: &Prepared) -> Fields {
    let mut form = Fields::default();
    form.set(MESSAGE.name, prepared.message.as_str());
    if let Some(ground) = prepared.ground {
        form.set(GROUND.name, ground.to_string());
        // The sentence of the ground is written by itself.
        form.set(LAW.name, if prepared.in_law == ground.in_law() { "" } else { prepared.in_law.as_str() });
    }
    form
}

/// What a decision says, read from its form.
enum Verdict {
    Approve { message: String },
    RequestChanges { asked: Request },
    Refuse { ground: Ground, in_law: String, message: String },
}

fn read(outcome: Outcome, kind: Kind, form: &mut Fields, sections: &[Section]) -> Option<Verdict> {
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
            let of_kind = |typed: &str| typed.parse::<Ground>().ok().filter(|ground| Ground::of(kind).contains(ground));
            let ground = form.parse(GROUND, |typed| of_kind(typed).ok_or("Choisissez le motif en droit."));
            let in_law = form.optional_paragraph(LAW, MOST_OF_LAW);
            let message = form.paragraph(FACTS, MOST);
            let (ground, in_law) = (ground?, in_law?);
            let in_law = if in_law.is_empty() { ground.in_law() } else { in_law };
            Some(Verdict::Refuse { ground, in_law, message: message? })
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
    let seen: i32 = form.value("read").parse().unwrap_or(0);
    let sections = match outcome {
        Outcome::ChangesRequested => shown_sections(&state, &application, shown).await?,
        Outcome::Approved | Outcome::Refused => Vec::new(),
    };
    if form.has("inserer", "oui") {
        let mut page = prepare(outcome, &reviewer, application, &state, frame).await?;
        starting_text::insert(&mut form, MESSAGE.name, &page.texts);
        (page.read, page.form) = (seen, form);
        return Ok(Page(page).into_response());
    }
    let Some(verdict) = read(outcome, application.kind, &mut form, &sections) else {
        let mut page = prepare(outcome, &reviewer, application, &state, frame).await?;
        (page.read, page.form) = (seen, form);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    };
    let id = application.id;
    match settle(&state, &reviewer, &application, (shown, seen), verdict).await {
        Ok(Settled::Sent) => {
            tell(&session, format!("{id} est renvoyée à son demandeur avec votre message.")).await?;
            Ok(onward(&state, &reviewer, id, &form).await?.into_response())
        }
        Ok(Settled::Prepared) => Ok(Redirect::to(&format!("/instruction/{}/signature", id.0)).into_response()),
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

/// What became of a verdict.
enum Settled {
    Sent,
    Prepared,
}

async fn settle(
    state: &AppState,
    reviewer: &Reviewer,
    application: &Application,
    (shown, read): (i32, i32),
    verdict: Verdict,
) -> Result<Settled, Problem> {
    let (id, now) = (application.id, state.clock.now());
    if !matches!(verdict, Verdict::RequestChanges { .. }) {
        organisations::pages::refresh(state, application.organisation).await?;
    }
    let mut transaction = state.db.begin().await?;
    let writing = match verdict {
        Verdict::Approve { message } => Writing { shown, read, outcome: Outcome::Approved, ground: None, in_law: String::new(), message },
        Verdict::Refuse { ground, in_law, message } => {
            Writing { shown, read, outcome: Outcome::Refused, ground: Some(ground), in_law, message }
        }
        Verdict::RequestChanges { asked } => {
            request_changes(&mut transaction, reviewer, id, shown, asked, &state.config.desk.desk_service, now).await?;
            transaction.commit().await?;
            return Ok(Settled::Sent);
        }
    };
    decisions::prepare(&mut transaction, reviewer, id, writing, now).await?;
    transaction.commit().await?;
    Ok(Settled::Prepared)
}

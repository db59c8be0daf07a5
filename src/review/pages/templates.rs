//! `/instruction/modeles`: the texts the team answers with; each is written, changed and retired there, and shown filled as it is typed.

use askama::Template as Rendered;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use strum::VariantArray;
use tower_sessions::Session;

use crate::{
    AppState,
    accounts::{Reviewer, Staff},
    applications::Kind,
    fields::{Field, Fields},
    problem::Problem,
    review::{
        Outcome,
        templates::{
            Placeholder, Template, Wording, change, check_placeholders, create, fill, find_template, find_templates, find_versions, retire,
        },
    },
    web::{Frame, Page, Refused, filters, tell},
};

const ACT: Field = Field { name: "act", label: "Pour" };
const KIND: Field = Field { name: "kind", label: "Demandes concernées" };
const TITLE: Field = Field { name: "title", label: "Titre" };
const BODY: Field = Field { name: "body", label: "Texte" };

/// Where they are.
const HERE: &str = "/instruction/modeles";

/// What stands for every kind in the form.
const EVERY_KIND: &str = "toutes";

#[derive(Debug, Rendered)]
#[template(path = "review/templates.html")]
pub(super) struct ListPage {
    frame: Frame,
    templates: Vec<Template>,
    can_write: bool,
}

pub(super) async fn list(
    _staff: Staff,
    reviewer: Option<Reviewer>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<ListPage>, Problem> {
    let templates = find_templates(&mut *state.db.acquire().await?).await?;
    Ok(Page(ListPage { frame, templates, can_write: reviewer.is_some() }))
}

#[derive(Debug, Rendered)]
#[template(path = "review/template.html")]
struct EditPage {
    frame: Frame,
    /// The text that is changed; nothing for a new one.
    template: Option<Template>,
    /// What it said before, the last first.
    before: Vec<Template>,
    form: Fields,
    /// The text as typed, filled with examples.
    preview: String,
    /// Somebody was faster: the sentence that says so.
    late: Option<String>,
}

impl EditPage {
    fn address(&self) -> String {
        self.template.as_ref().map_or_else(|| HERE.to_owned(), |template| format!("{HERE}/{}", template.id))
    }

    fn is_retired(&self) -> bool {
        self.template.as_ref().is_some_and(|template| template.retired_at.is_some())
    }
}

fn acts() -> [(String, &'static str, &'static str); 3] {
    [
        (Outcome::Approved.to_string(), "Valider", "Le mot ajouté à la lettre."),
        (Outcome::ChangesRequested.to_string(), "Demander des modifications", ""),
        (Outcome::Refused.to_string(), "Refuser", "Les faits, que la lettre écrit après « En fait, »."),
    ]
}

fn kinds() -> Vec<(String, &'static str)> {
    let each = Kind::VARIANTS.iter().map(|kind| (kind.to_string(), kind.label()));
    std::iter::once((EVERY_KIND.to_owned(), "Toutes")).chain(each).collect()
}

async fn prepare(state: &AppState, id: Option<i64>, frame: Frame) -> Result<EditPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let (template, before) = match id {
        Some(id) => (Some(find_template(&mut connection, id).await?), find_versions(&mut connection, id).await?),
        None => (None, Vec::new()),
    };
    let mut form = Fields::default();
    form.set(KIND.name, EVERY_KIND);
    if let Some(template) = &template {
        form.set(TITLE.name, template.title.as_str());
        form.set(BODY.name, template.body.as_str());
        form.set("read", template.version.to_string());
    }
    Ok(EditPage { frame, preview: fill(form.value(BODY.name), &Placeholder::examples()), template, before, form, late: None })
}

pub(super) async fn new(_reviewer: Reviewer, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    Ok(Page(prepare(&state, None, frame).await?).into_response())
}

pub(super) async fn show(
    _reviewer: Reviewer,
    Path(number): Path<String>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    Ok(Page(prepare(&state, Some(read_number(&number)?), frame).await?).into_response())
}

fn read_number(number: &str) -> Result<i64, Problem> {
    number.parse().map_err(|_| Problem::NotFound)
}

fn read_wording(form: &mut Fields) -> Option<Wording> {
    let title = form.line(TITLE, 100);
    let body = form.paragraph(BODY, 5000);
    if let Some(Err(sentence)) = body.as_deref().map(check_placeholders) {
        form.refuse(BODY, sentence);
        return None;
    }
    Some(Wording { title: title?, body: body? })
}

fn read_purpose(form: &mut Fields) -> Option<(Outcome, Option<Kind>)> {
    let act = form.parse(ACT, |typed| typed.parse::<Outcome>().map_err(|_| "Choisissez à quoi sert ce modèle."));
    let kind = form.parse(KIND, |typed| match typed {
        EVERY_KIND => Ok(None),
        kind => kind.parse::<Kind>().map(Some).map_err(|_| "Choisissez les demandes concernées."),
    });
    act.zip(kind)
}

/// The page as it was typed, filled with examples.
async fn again(state: &AppState, id: Option<i64>, frame: Frame, form: Fields, late: Option<String>) -> Result<EditPage, Problem> {
    let preview = fill(form.value(BODY.name), &Placeholder::examples());
    Ok(EditPage { form, preview, late, ..prepare(state, id, frame).await? })
}

pub(super) async fn add(
    reviewer: Reviewer,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    form: Fields,
) -> Result<Response, Problem> {
    save(reviewer, None, &state, session, frame, form).await
}

pub(super) async fn edit(
    reviewer: Reviewer,
    Path(number): Path<String>,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    form: Fields,
) -> Result<Response, Problem> {
    save(reviewer, Some(read_number(&number)?), &state, session, frame, form).await
}

async fn save(
    reviewer: Reviewer,
    id: Option<i64>,
    state: &AppState,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    if form.has("apercu", "oui") {
        return Ok(Page(again(state, id, frame, form, None).await?).into_response());
    }
    let wording = read_wording(&mut form);
    let purpose = if id.is_none() { read_purpose(&mut form) } else { None };
    let Some(wording) = wording.filter(|_| form.is_valid()) else {
        return Ok(Refused(again(state, id, frame, form, None).await?).into_response());
    };
    let (now, read) = (state.clock.now(), form.value("read").parse().unwrap_or(0));
    let mut transaction = state.db.begin().await?;
    let saved = match (id, purpose) {
        (Some(id), _) => change(&mut transaction, &reviewer, (id, read), &wording, now).await,
        (None, Some(purpose)) => create(&mut transaction, &reviewer, purpose, &wording, now).await.map(drop),
        (None, None) => Ok(()),
    };
    match saved {
        Ok(()) => {}
        Err(Problem::NotPossible { sentence, .. }) => {
            drop(transaction);
            return Ok((StatusCode::CONFLICT, Page(again(state, id, frame, form, Some(sentence)).await?)).into_response());
        }
        Err(problem) => return Err(problem),
    }
    transaction.commit().await?;
    tell(&session, format!("Le modèle « {} » est enregistré.", wording.title)).await?;
    Ok(Redirect::to(HERE).into_response())
}

pub(super) async fn withdraw(
    reviewer: Reviewer,
    Path(number): Path<String>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Response, Problem> {
    let mut transaction = state.db.begin().await?;
    retire(&mut transaction, &reviewer, read_number(&number)?, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Le modèle est retiré : il n’est plus proposé. Ce qui a été écrit avec lui ne change pas.").await?;
    Ok(Redirect::to(HERE).into_response())
}

//! `POST /instruction/{numero}/grille`: the grid of a dossier, in one form.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use sqlx::PgConnection;
use tower_sessions::Session;

use super::{
    dossier::{self, Shown},
    extract::Dossier,
};
use crate::{
    AppState,
    accounts::{Reviewer, Staff},
    applications::{self, Application, Version},
    criteria::Rule,
    fields::{FieldError, Fields},
    problem::Problem,
    review::grid::{self, Appraisal, Read, Row, Wanted, criteria, rows},
    text,
    web::{Frame, Page, tell},
};

/// Characters a note of the grid may hold.
const MOST: usize = 1000;

/// The grid as the dossier shows it.
#[derive(Debug)]
pub(super) struct Grid {
    pub rows: Vec<Row>,
    pub form: Fields,
    /// What is wrong, each with the criterion it is about.
    pub wrong: Vec<FieldError>,
    /// The last fact it was made of.
    pub seen: i64,
    /// Somebody was faster, or the demande changed: the sentence that says so.
    pub late: Option<String>,
}

impl Grid {
    pub async fn of(connection: &mut PgConnection, application: &Application, version: &Version) -> Result<Self, Problem> {
        let appraised = grid::find_appraised(connection, application.id).await?;
        let rows = rows(application.kind, version, &appraised);
        let mut form = Fields::default();
        for row in &rows {
            if let Some(appraisal) = row.starts_with() {
                form.set(&appraisal_name(row.rule), appraisal.to_string());
            }
            form.set(&note_name(row.rule), row.note());
        }
        let seen = appraised.iter().map(|appraised| appraised.id).max().unwrap_or_default();
        Ok(Self { rows, form, wrong: Vec::new(), seen, late: None })
    }

    /// Some of it was thought of an earlier version.
    pub fn is_carried(&self) -> bool {
        self.rows.iter().any(|row| row.carried_from().is_some())
    }

    /// How many criteria a person has appraised.
    pub fn done(&self) -> usize {
        self.rows.iter().filter(|row| row.appraised.is_some()).count()
    }

    /// The three answers to a criterion, each with whether it is chosen.
    pub fn choices(&self, row: &Row) -> Vec<(Appraisal, bool)> {
        let name = appraisal_name(row.rule);
        Appraisal::ALL.iter().map(|appraisal| (*appraisal, self.form.has(&name, appraisal.to_string()))).collect()
    }

    pub fn note(&self, row: &Row) -> &str {
        self.form.value(&note_name(row.rule))
    }

    pub fn wrong(&self, row: &Row) -> Option<&str> {
        let label = row.rule.title();
        self.wrong.iter().find(|error| error.label == label).map(|error| error.sentence.as_str())
    }
}

/// The field of a criterion: `grille-E3`.
fn appraisal_name(rule: Rule) -> String {
    format!("grille-{rule}")
}

/// The field of its note.
fn note_name(rule: Rule) -> String {
    format!("grille-note-{rule}")
}

/// What was typed, or what is wrong with it.
fn read(application: &Application, form: &Fields) -> Result<Vec<Wanted>, Vec<FieldError>> {
    let (mut wanted, mut wrong) = (Vec::new(), Vec::new());
    for rule in criteria(application.kind) {
        let mut refuse = |sentence: String| wrong.push(FieldError { name: "grille", label: rule.title(), sentence });
        let note = match text::optional_paragraph(form.value(&note_name(*rule)), MOST) {
            Ok(note) => note,
            Err(fault) => {
                refuse(fault.to_string());
                continue;
            }
        };
        match form.value(&appraisal_name(*rule)).parse::<Appraisal>() {
            Ok(appraisal) => wanted.push(Wanted { rule: *rule, appraisal, note }),
            Err(_) if note.is_empty() => {}
            Err(_) => refuse("Choisissez une appréciation pour que votre note soit gardée avec elle.".into()),
        }
    }
    if wrong.is_empty() { Ok(wanted) } else { Err(wrong) }
}

pub(super) async fn save(
    staff: Staff,
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    form: Fields,
) -> Result<Response, Problem> {
    let number = |name: &str| form.value(name).parse::<i64>().ok();
    let again = || Problem::BadRequest("Rouvrez le dossier avant de remplir la grille.".into());
    let version = number("version").and_then(|version| i32::try_from(version).ok()).ok_or_else(again)?;
    let shown = Read { version, seen: number("seen").ok_or_else(again)?, confirms: form.has("confirms", "oui") };
    let id = application.id;
    let (status, wrong, late) = match read(&application, &form) {
        Err(wrong) => (StatusCode::UNPROCESSABLE_ENTITY, wrong, None),
        Ok(wanted) => {
            let mut transaction = state.db.begin().await?;
            match grid::fill(&mut transaction, &reviewer, id, shown, &wanted, state.clock.now()).await {
                Ok(count) => {
                    transaction.commit().await?;
                    let sentence = match count {
                        0 => "Rien n’a changé dans la grille.".to_owned(),
                        1 => "La grille est enregistrée : un critère a changé.".to_owned(),
                        count => format!("La grille est enregistrée : {count} critères ont changé."),
                    };
                    tell(&session, sentence).await?;
                    return Ok(Redirect::to(&format!("/instruction/{}#grille", id.0)).into_response());
                }
                Err(Problem::NotPossible { sentence, .. }) => (StatusCode::CONFLICT, Vec::new(), Some(sentence)),
                Err(problem) => return Err(problem),
            }
        }
    };
    let application = applications::find(&mut *state.db.acquire().await?, id).await?;
    let mut page = dossier::prepare(&state, &staff, Some(&reviewer), application, &Shown::default(), frame).await?;
    if let Some(grid) = page.examination.grid_mut() {
        grid.form = form;
        grid.wrong = wrong;
        grid.late = late;
    }
    Ok((status, Page(page)).into_response())
}

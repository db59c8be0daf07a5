//! `/habilitations/{numero}/rapports/import`: reports from a file, and the file to fill.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::extract::Participant;
use crate::{
    AppState,
    accounts::Applicant,
    applications::behalf::MOST_LIST_BYTES,
    calendar,
    fields::{Field, Fields},
    participation::{Month, Participation, find_reports, import, reports_file},
    problem::Problem,
    web::{Frame, NotRead, Page, Refused, Upload, UploadedFile, tell},
};

const FILE: Field = Field { name: "fichier", label: "Fichier CSV" };

#[derive(Debug, Template)]
#[template(path = "participation/import.html")]
pub(super) struct ImportPage {
    frame: Frame,
    participation: Participation,
    form: Fields,
    /// What is wrong, line by line.
    errors: Vec<String>,
}

impl ImportPage {
    fn base(&self) -> String {
        format!("/habilitations/{}", self.participation.authorization.0)
    }
}

/// The file to fill: the months that are awaited, or the first one to come when none is.
pub(super) async fn template(here: Participant, State(state): State<AppState>) -> Result<Response, Problem> {
    let participation = here.participation;
    let today = calendar::paris_date(state.clock.now());
    let reports = find_reports(&mut *state.db.acquire().await?, participation.application).await?;
    let mut months: Vec<Month> = participation.awaited(&reports, today).into_iter().map(|(month, _)| month).collect();
    if months.is_empty() {
        months.extend(participation.months().find(|month| !reports.contains_key(month)));
    }
    let name = format!("attachment; filename=\"rapports-{}.csv\"", participation.authorization);
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(anyhow::Error::from)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, reports_file::template(months.into_iter())).into_response())
}

pub(super) async fn show(here: Participant, frame: Frame) -> Result<Page<ImportPage>, Problem> {
    let participation = here.of_its_side()?;
    Ok(Page(ImportPage { frame, participation, form: Fields::default(), errors: Vec::new() }))
}

async fn read_file(form: &mut Fields, files: Vec<UploadedFile>) -> Option<Vec<u8>> {
    let mut files: Vec<UploadedFile> = files.into_iter().filter(|file| file.field == FILE.name).collect();
    let fault = match (files.pop(), files.is_empty()) {
        (None, _) => "Choisissez le fichier CSV rempli.",
        (Some(_), false) => "Choisissez un seul fichier : il peut contenir plusieurs mois.",
        (Some(file), true) => match file.read(MOST_LIST_BYTES).await {
            Ok(bytes) => return Some(bytes),
            Err(NotRead::TooBig) => "Ce fichier est bien plus gros qu’un an de rapports. Gardez les colonnes du modèle.",
            Err(NotRead::Lost) => {
                "Ce fichier n’a pas pu être reçu en entier. Rien n’a été gardé : choisissez-le de nouveau dans quelques minutes."
            }
        },
    };
    form.refuse(FILE, fault);
    None
}

pub(super) async fn read(
    by: Applicant,
    here: Participant,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    Upload { fields: mut form, files }: Upload,
) -> Result<Response, Problem> {
    let participation = here.of_its_side()?;
    let Some(bytes) = read_file(&mut form, files).await else {
        return Ok(Refused(ImportPage { frame, participation, form, errors: Vec::new() }).into_response());
    };
    let mut transaction = state.db.begin().await?;
    match import(&mut transaction, &by, participation.application, &bytes, state.clock.now()).await? {
        Ok(count) => {
            transaction.commit().await?;
            let said = if count == 1 { "Un rapport est reçu.".to_owned() } else { format!("{count}\u{a0}rapports sont reçus.") };
            tell(&session, format!("{said} Vous pouvez corriger chacun sur sa page, en disant pourquoi.")).await?;
            Ok(Redirect::to(&format!("/habilitations/{}/rapports", participation.authorization.0)).into_response())
        }
        Err(errors) => {
            let count = errors.len();
            let said = if count == 1 { "un point".to_owned() } else { format!("{count}\u{a0}points") };
            form.refuse(
                FILE,
                format!(
                    "Rien n’a été gardé\u{a0}: cette page liste {said} à corriger. Corrigez le fichier, puis choisissez-le de nouveau."
                ),
            );
            let errors = errors.iter().map(crate::participation::FileError::words).collect();
            Ok(Refused(ImportPage { frame, participation, form, errors }).into_response())
        }
    }
}

//! Files of a demande: sent with their step, or one by one by the browser; taken away; read again.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::extract::OwnApplication;
use crate::{
    AppState,
    applications::{Draft, Form, Step, find_draft, join_files, remove_file},
    attachments::{self, Attachment, receive},
    fields::{Field, Fields},
    problem::Problem,
    web::{Page, Refused, Upload, UploadedFile, filters},
};

/// The name of the buttons that take a file away; their value is its number.
pub(super) const REMOVE: &str = "retirer";

/// Stores the files that came with a step and joins them, takes away the one whose button was pressed; what is wrong is told beside its
/// field. The form then holds the files the step has.
pub(super) async fn change_files(
    state: &AppState,
    own: &OwnApplication,
    step: Step,
    form: &mut Fields,
    files: Vec<UploadedFile>,
) -> Result<(), Problem> {
    let id = own.application.id;
    let mut stored = Vec::new();
    for UploadedFile { field, sent_name, file } in files {
        let Some(field) = field_of(own, step, &field) else { continue };
        match receive(&state.storage, &sent_name, file).await? {
            Ok(file) => stored.push((field, file)),
            Err(refusal) => form.refuse(field, refusal.sentence(&sent_name)),
        }
    }
    let now = state.clock.now();
    let mut transaction = state.db.begin().await?;
    join_files(&mut transaction, &own.applicant, id, stored, form, state.antivirus.at_first(), now).await?;
    if let Ok(file) = Uuid::parse_str(form.value(REMOVE)) {
        remove_file(&mut transaction, &own.applicant, id, file, now).await?;
    }
    find_draft(&mut transaction, id).await?.add_files(step, form);
    transaction.commit().await?;
    Ok(())
}

fn field_of(own: &OwnApplication, step: Step, name: &str) -> Option<Field> {
    Form::of(own.application.kind).file_fields(step).iter().copied().find(|field| field.name == name)
}

/// The list of a field's files, which the browser puts in place of the one it shows.
#[derive(Debug, Template)]
#[template(path = "applications/files.html")]
struct FilesPart {
    /// The address of the demande.
    base: String,
    field: Field,
    form: Fields,
    draft: Draft,
}

/// `POST /demandes/{numero}/{etape}/fichiers`: files sent as soon as they are chosen.
pub(super) async fn send(
    own: OwnApplication,
    State(state): State<AppState>,
    Path((_, slug)): Path<(String, String)>,
    Upload { fields: mut form, files }: Upload,
) -> Result<Response, Problem> {
    let step = Step::from_slug(&slug).ok_or(Problem::NotFound)?;
    let field = files.first().and_then(|file| field_of(&own, step, &file.field)).ok_or(Problem::NotFound)?;
    change_files(&state, &own, step, &mut form, files).await?;
    let id = own.application.id;
    let draft = find_draft(&mut *state.db.acquire().await?, id).await?;
    let part = FilesPart { base: format!("/demandes/{}", id.0), field, form, draft };
    Ok(if part.form.is_valid() { Page(part).into_response() } else { Refused(part).into_response() })
}

/// `GET /demandes/{numero}/fichiers/{fichier}`: a file of one's own demande.
pub(super) async fn read_own(
    own: OwnApplication,
    State(state): State<AppState>,
    Path((_, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let file = Uuid::parse_str(&file).map_err(|_| Problem::NotFound)?;
    let attachment = attachments::find(&mut *state.db.acquire().await?, own.application.id, file).await?;
    send_back(&state, &attachment).await
}

/// A file as it leaves: always to be saved, never shown on our origin. An infected one stays where it is.
///
/// # Errors
/// [`Problem::NotPossible`] when it is infected; [`Problem::Busy`] when the storage does not answer.
pub async fn send_back(state: &AppState, attachment: &Attachment) -> Result<Response, Problem> {
    if !attachment.scan.may_be_opened() {
        return Err(Problem::not_possible(format!(
            "L’antivirus a trouvé un virus dans «\u{a0}{}\u{a0}» : ce fichier ne peut pas être ouvert. Retirez-le et joignez-en un autre.",
            attachment.name
        )));
    }
    let bytes = state.storage.get(attachment.id).await.map_err(|fault| Problem::Busy(fault.to_string()))?;
    let disposition = HeaderValue::from_str(&attachment.name.disposition()).map_err(anyhow::Error::from)?;
    let kind = HeaderValue::from_str(&attachment.kind.to_string()).map_err(anyhow::Error::from)?;
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'")),
    ];
    Ok((StatusCode::OK, headers, bytes).into_response())
}

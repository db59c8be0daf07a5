//! Files of a demande: sent with their step, or one by one by the browser; taken away; read again.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::extract::{EditableApplication, ReadableApplication};
use crate::{
    AppState,
    applications::{Draft, Joining, Step, find_draft, join_files, remove_file},
    attachments::{self, Attachment, receive},
    fields::{Field, Fields},
    ids::ApplicationId,
    problem::Problem,
    web::{Page, Refused, Upload, UploadedFile, filters},
};

/// The name of the buttons that take a file away; their value is its number.
pub(super) const REMOVE: &str = "retirer";

/// Begins the name of the fields whose file takes the place of another, whose number ends it.
const REPLACE: &str = "remplacer-";

/// Stores the files that came with a step and joins them, takes away the one whose button was pressed; what is wrong is told beside its
/// field. The form then holds the files the step has;
/// gives back the field whose files changed.
pub(super) async fn change_files(
    state: &AppState,
    editable: &EditableApplication,
    step: Step,
    form: &mut Fields,
    files: Vec<UploadedFile>,
) -> Result<Option<Field>, Problem> {
    let id = editable.application.id;
    let draft = find_draft(&mut *state.db.acquire().await?, id).await?;
    let removed = Uuid::parse_str(form.value(REMOVE)).ok();
    let mut changed = removed.and_then(|file| place_of(&draft, step, &format!("{REPLACE}{file}"))).map(|(field, _)| field);
    let (mut joining, mut wrong) = (Vec::new(), Vec::new());
    for file in files {
        let Some((field, replaces)) = place_of(&draft, step, &file.field) else { continue };
        changed = Some(field);
        let sent_name = file.sent_name.clone();
        match receive(&state.storage, file).await {
            Ok(stored) => joining.push(Joining { field, replaces, stored }),
            Err(refusal) => wrong.push((field, refusal.sentence(&sent_name))),
        }
    }
    let now = state.clock.now();
    let mut transaction = state.db.begin().await?;
    wrong.extend(join_files(&mut transaction, &editable.editor, id, joining, state.antivirus.at_first(), now).await?);
    if let Some(file) = removed {
        remove_file(&mut transaction, &editable.editor, id, file, now).await?;
    }
    find_draft(&mut transaction, id).await?.add_files(step, form);
    transaction.commit().await?;
    for field in draft.form.file_fields(step) {
        let sentences: Vec<&str> = wrong.iter().filter(|(of, _)| of == field).map(|(_, sentence)| sentence.as_str()).collect();
        if !sentences.is_empty() {
            form.refuse(*field, sentences.join(" "));
        }
    }
    Ok(changed)
}

/// The field of the step a sent file answers, and the file it replaces.
fn place_of(draft: &Draft, step: Step, name: &str) -> Option<(Field, Option<Uuid>)> {
    let fields = draft.form.file_fields(step);
    let Some(number) = name.strip_prefix(REPLACE) else {
        return Some((*fields.iter().find(|field| field.name == name)?, None));
    };
    let old = Uuid::parse_str(number).ok()?;
    let field = fields.iter().find(|field| draft.files(field.name).iter().any(|file| file.id == old))?;
    Some((*field, Some(old)))
}

/// The files of a field, which the browser puts in place of those it shows.
#[derive(Debug, Template)]
#[template(path = "applications/files.html")]
struct FilesPart {
    /// The address of the demande.
    base: String,
    field: Field,
    form: Fields,
    draft: Draft,
}

/// `POST /demandes/{numero}/{etape}/fichiers`: files sent as soon as they are chosen, or one taken away.
pub(super) async fn send(
    editable: EditableApplication,
    State(state): State<AppState>,
    Path((_, slug)): Path<(String, String)>,
    Upload { fields: mut form, files }: Upload,
) -> Result<Response, Problem> {
    let id = editable.application.id;
    let draft = find_draft(&mut *state.db.acquire().await?, id).await?;
    let step = draft.form.step_at(&slug).ok_or(Problem::NotFound)?;
    let removed = form.value(REMOVE).to_owned();
    let name = files.first().map(|file| file.field.clone()).or((!removed.is_empty()).then(|| format!("{REPLACE}{removed}")));
    let Some((field, _)) = name.and_then(|name| place_of(&draft, step, &name)) else {
        return Err(Problem::BadRequest(
            "Aucun fichier n’est arrivé. Rien n’a changé. Revenez à l’étape, choisissez un fichier, puis enregistrez.".into(),
        ));
    };
    change_files(&state, &editable, step, &mut form, files).await?;
    let draft = find_draft(&mut *state.db.acquire().await?, id).await?;
    let part = FilesPart { base: format!("/demandes/{}", id.0), field, form, draft };
    Ok(if part.form.is_valid() { Page(part).into_response() } else { Refused(part).into_response() })
}

/// `GET /demandes/{numero}/fichiers/{fichier}`: a file of a demande one may read. A colleague reads what was handed in, as the rest of it.
pub(super) async fn read_own(
    readable: ReadableApplication,
    State(state): State<AppState>,
    Path((_, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let attachment = find_readable(&state, readable.application.id, &file, readable.is_own()).await?;
    send_back(&state, &attachment).await
}

/// A file of that demande, if it was handed in or the reader may read drafts too. A message's file is its message's affair.
///
/// # Errors
/// [`Problem::NotFound`]; the database's.
pub async fn find_readable(state: &AppState, id: ApplicationId, file: &str, drafts_too: bool) -> Result<Attachment, Problem> {
    let file = Uuid::parse_str(file).map_err(|_| Problem::NotFound)?;
    let mut connection = state.db.acquire().await?;
    let attachment = attachments::find(&mut connection, id, file).await?;
    let is_readable = attachments::is_in_a_version(&mut connection, file).await? || (drafts_too && attachment.field.is_some());
    if is_readable { Ok(attachment) } else { Err(Problem::NotFound) }
}

/// A file as it leaves: always to be saved, never shown on our origin. An infected one stays where it is.
///
/// # Errors
/// [`Problem::NotPossible`] when it is infected; [`Problem::Busy`] when the storage does not answer.
pub async fn send_back(state: &AppState, attachment: &Attachment) -> Result<Response, Problem> {
    if !attachment.scan.may_be_opened() {
        return Err(Problem::not_possible(format!(
            "L’antivirus a trouvé un virus dans «\u{a0}{}\u{a0}» : personne ne peut l’ouvrir. S’il est à vous, vérifiez votre poste\u{a0}: {}.",
            attachment.name,
            attachment.remedy()
        )));
    }
    let bytes = state.storage.get(attachment.object).await.map_err(|fault| Problem::Busy(fault.to_string()))?;
    let disposition = HeaderValue::from_str(&attachment.name.disposition()).map_err(anyhow::Error::from)?;
    let kind = HeaderValue::from_str(&attachment.kind.to_string()).map_err(anyhow::Error::from)?;
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'")),
    ];
    Ok((StatusCode::OK, headers, bytes).into_response())
}

//! Reads a posted form that may carry files: text into [`Fields`], files into temporary ones that vanish with whoever holds them.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
};

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::Field},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::security::MOST_BYTES;
use crate::{AppState, fields::Fields, problem::Problem};

/// Bytes of one file; beyond them, only that it is longer is known.
pub const MOST_FILE_BYTES: u64 = 10 * 1024 * 1024;

/// Parts a form may hold; ours have dozens.
const MOST_PARTS: usize = 500;

/// Files of a form that are looked at: those of two fields.
const MOST_FILES: usize = 12;

/// Bytes of files read for nothing, at most.
const MOST_LET_GO: usize = 100 * 1024 * 1024;

/// What a page of ours sent.
#[derive(Debug, Default)]
pub struct Upload {
    /// The text.
    pub fields: Fields,
    /// The files, in the order of the page; a field left empty sends none.
    pub files: Vec<UploadedFile>,
}

/// A file as it came in.
#[derive(Debug)]
pub struct UploadedFile {
    /// The field it answers.
    pub field: String,
    /// What the browser calls it; nothing is believed of it.
    pub sent_name: String,
    /// Its bytes.
    pub content: Incoming,
}

/// What became of a file's bytes while they came in.
#[derive(Debug)]
pub enum Incoming {
    /// All of them, or one more than [`MOST_FILE_BYTES`].
    Whole(File),
    /// There was no room for them on this machine: the rest of the form was read all the same.
    Lost,
    /// They were not kept: the form held more files than one takes.
    OneTooMany,
}

/// Why the bytes of a file are not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// There are more than were asked for.
    TooBig,
    /// They were lost on the way, or not kept.
    Lost,
}

impl UploadedFile {
    /// All its bytes, when there are no more than that many.
    ///
    /// # Errors
    /// [`NotRead`].
    pub async fn read(self, most: u64) -> Result<Vec<u8>, NotRead> {
        let Incoming::Whole(file) = self.content else { return Err(NotRead::Lost) };
        let bytes = tokio::task::spawn_blocking(move || read_back(file, most + 1)).await;
        let bytes = bytes.map_err(std::io::Error::from).flatten().map_err(|error| {
            tracing::error!(%error, "a file that was received could not be read");
            NotRead::Lost
        })?;
        if bytes.len() as u64 > most { Err(NotRead::TooBig) } else { Ok(bytes) }
    }
}

/// The first bytes of a file that came in, that many at most.
///
/// # Errors
/// The disk's.
pub fn read_back(mut file: File, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl FromRequest<AppState> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        if !is_multipart(request.headers()) {
            return Ok(Self { fields: Fields::from_request(request, state).await?, files: Vec::new() });
        }
        let parts = Multipart::from_request(request, state).await.map_err(|_| refuse())?;
        let (typed, files) = read(parts, Some(&state.config.data_dir)).await?;
        Ok(Self { fields: Fields::from_pairs(typed), files })
    }
}

/// Whether a request carries a form with files.
pub fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data")
}

/// The text of a form with files, which are read and let go: a browser whose sending is cut shows no answer. Nothing when it is no form of
/// ours.
pub async fn text_of_upload(mut request: Request) -> Vec<(String, String)> {
    DefaultBodyLimit::max(MOST_LET_GO).apply(&mut request);
    let Ok(parts) = Multipart::from_request(request, &()).await else { return Vec::new() };
    read(parts, None).await.map(|(typed, _)| typed).unwrap_or_default()
}

/// Names and values, in the order of the page.
type Typed = Vec<(String, String)>;

/// Without a directory, no file is kept.
async fn read(mut parts: Multipart, directory: Option<&Path>) -> Result<(Typed, Vec<UploadedFile>), Response> {
    let (mut typed, mut files, mut length) = (Vec::new(), Vec::new(), 0);
    while let Some(part) = parts.next_field().await.map_err(|error| cut(error.status()))? {
        let name = part.name().unwrap_or_default().to_owned();
        if typed.len() + files.len() >= MOST_PARTS {
            return Err(refuse());
        }
        match part.file_name().map(str::to_owned) {
            None => {
                let text = text_of(part, MOST_BYTES - length).await?;
                length += text.len();
                typed.push((name, text));
            }
            Some(sent_name) => {
                let directory = directory.filter(|_| files.len() < MOST_FILES);
                let (content, size) = spool(part, directory).await?;
                // A field without a chosen file sends an empty one without a name.
                if !(sent_name.is_empty() && size == 0) {
                    files.push(UploadedFile { field: name, sent_name, content });
                }
            }
        }
    }
    Ok((typed, files))
}

async fn text_of(mut part: Field<'_>, room: usize) -> Result<String, Response> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| cut(error.status()))? {
        if bytes.len() + chunk.len() > room {
            return Err(cut(StatusCode::PAYLOAD_TOO_LARGE));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes a part to a file without a name: whatever happens to the program, nothing of it stays. A disk without room loses the file, not
/// the form.
async fn spool(mut part: Field<'_>, directory: Option<&Path>) -> Result<(Incoming, u64), Response> {
    let mut kept = directory.map(tempfile::tempfile_in);
    let mut size = 0;
    while let Some(chunk) = part.chunk().await.map_err(|error| cut(error.status()))? {
        // One byte beyond the limit is enough to say that it is beyond.
        let room = usize::try_from((MOST_FILE_BYTES + 1).saturating_sub(size)).unwrap_or(usize::MAX);
        size += chunk.len() as u64;
        if let Some(Ok(file)) = &mut kept {
            // Written into the page cache: the disk itself is not waited for.
            if let Err(error) = file.write_all(&chunk[..chunk.len().min(room)]) {
                kept = Some(Err(error));
            }
        }
    }
    let content = match kept {
        None => Incoming::OneTooMany,
        Some(Ok(file)) => Incoming::Whole(file),
        Some(Err(error)) => {
            tracing::error!(%error, "a file could not be received");
            Incoming::Lost
        }
    };
    Ok((content, size))
}

/// The form ended before its end, or is longer than the route takes.
fn cut(status: StatusCode) -> Response {
    if status == StatusCode::PAYLOAD_TOO_LARGE { status.into_response() } else { refuse() }
}

fn refuse() -> Response {
    Problem::BadRequest("Ce formulaire n’est pas arrivé entier, ou pas comme nos pages l’envoient. Rien n’a été enregistré. Revenez en arrière, puis envoyez-le de nouveau.".into()).into_response()
}

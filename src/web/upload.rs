//! Reads a posted form that may carry files: text into [`Fields`], files into temporary ones that vanish with whoever holds them.

use std::{fs::File, io::Write};

use axum::{
    extract::{FromRequest, Multipart, Request, multipart::Field},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::security::MOST_BYTES;
use crate::{AppState, fields::Fields, problem::Problem};

/// Parts a form may hold; ours have dozens.
const MOST_PARTS: usize = 500;

/// Files a form may hold: those of two fields.
const MOST_FILES: usize = 12;

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
    /// Its bytes, as far as they were kept: reading beyond what one file may hold is left to whoever refuses it.
    pub file: File,
}

impl FromRequest<AppState> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data") {
            return Ok(Self { fields: Fields::from_request(request, state).await?, files: Vec::new() });
        }
        let parts = Multipart::from_request(request, state).await.map_err(|_| refuse())?;
        read(parts, &state.config.data_dir).await
    }
}

async fn read(mut parts: Multipart, directory: &std::path::Path) -> Result<Upload, Response> {
    let (mut typed, mut files, mut length) = (Vec::new(), Vec::new(), 0);
    while let Some(part) = parts.next_field().await.map_err(|error| error.status().into_response())? {
        let name = part.name().unwrap_or_default().to_owned();
        if typed.len() + files.len() >= MOST_PARTS || files.len() > MOST_FILES {
            return Err(refuse());
        }
        match part.file_name().map(str::to_owned) {
            None => {
                let text = text_of(part, MOST_BYTES - length).await?;
                length += text.len();
                typed.push((name, text));
            }
            Some(sent_name) => {
                let (file, size) = spool(part, directory).await?;
                // A field without a chosen file sends an empty one without a name.
                if !(sent_name.is_empty() && size == 0) {
                    files.push(UploadedFile { field: name, sent_name, file });
                }
            }
        }
    }
    Ok(Upload { fields: Fields::from_pairs(typed), files })
}

async fn text_of(mut part: Field<'_>, room: usize) -> Result<String, Response> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| error.status().into_response())? {
        if bytes.len() + chunk.len() > room {
            return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes a part to a file without a name: whatever happens to the program, nothing of it stays.
async fn spool(mut part: Field<'_>, directory: &std::path::Path) -> Result<(File, usize), Response> {
    let full = |error: std::io::Error| {
        tracing::error!(%error, "a file could not be received");
        Problem::Busy(error.to_string()).into_response()
    };
    let mut file = tempfile::tempfile_in(directory).map_err(full)?;
    let mut size = 0;
    while let Some(chunk) = part.chunk().await.map_err(|error| error.status().into_response())? {
        size += chunk.len();
        // Written into the page cache: the disk itself is not waited for.
        file.write_all(&chunk).map_err(full)?;
    }
    Ok((file, size))
}

fn refuse() -> Response {
    Problem::BadRequest("Ce formulaire n’a pas été envoyé comme nos pages le font. Rien n’a été fait.".into()).into_response()
}

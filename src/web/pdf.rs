//! A PDF as an answer.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};

/// A PDF to keep, under a name of letters, digits and hyphens. It is never shown inside a page of ours.
#[derive(Clone, Debug)]
pub struct PdfFile {
    /// « recepisse-demande-D12 »: without « .pdf ».
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl IntoResponse for PdfFile {
    fn into_response(self) -> Response {
        let name: String = self.name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}.pdf\""));
        let headers: [(HeaderName, HeaderValue); 3] = [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
            (header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment"))),
            (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        ];
        (headers, self.bytes).into_response()
    }
}

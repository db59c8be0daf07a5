//! Files as a browser sends them.

use axum::{
    body::Body,
    http::{Request, header},
};
use bytes::Bytes;
use futures_util::stream;

use super::{Answer, Visitor};

/// A document of one page, as small as can be.
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

/// A picture; only its two ends are true.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\0\0\0\0IEND\xae\x42\x60\x82";

/// What every antivirus calls a virus and harms nobody, inside a document.
pub const EICAR: &[u8] =
    b"%PDF-1.7\nX5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*\ntrailer << /Root 1 0 R >>\n%%EOF\n";

/// What stands between the parts of a form.
pub const BOUNDARY: &str = "----une-limite";

/// A file as somebody chose it.
#[derive(Clone, Debug)]
pub struct SentFile {
    /// The field it was chosen for.
    pub field: String,
    /// What it is called there.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A file of the field « Maquettes ».
pub fn a_file(name: &str, bytes: &[u8]) -> SentFile {
    SentFile { field: "mockups".into(), name: name.into(), bytes: bytes.into() }
}

/// A document that no other is the same as.
pub fn a_pdf(name: &str) -> SentFile {
    a_file(name, &[b"%PDF-1.7\n% ", name.as_bytes(), b"\n", PDF].concat())
}

impl SentFile {
    /// The same, chosen for another field.
    pub fn of(mut self, field: impl Into<String>) -> Self {
        self.field = field.into();
        self
    }
}

/// The body of a form with files.
pub fn multipart(fields: &[(&str, &str)], files: &[SentFile]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    for SentFile { field, name, bytes } in files {
        // As browsers write it: RFC 7578 leaves these characters encoded, and nothing else.
        let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n");
        body.extend(head.bytes().chain(*b"content-type: application/octet-stream\r\n\r\n").chain(bytes.iter().copied()).chain(*b"\r\n"));
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

/// So many megabytes of one file, whose part says that it is twelve bytes long.
pub fn flood(field: &str, name: &str, megabytes: usize) -> Body {
    let head = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-length: 12\r\n\r\n%PDF-1.7\n"
    );
    let end = format!("\r\n--{BOUNDARY}--\r\n");
    let megabyte = Bytes::from(vec![b'x'; 1024 * 1024]);
    let body = std::iter::once(Bytes::from(head)).chain(std::iter::repeat_n(megabyte, megabytes)).chain([Bytes::from(end)]);
    Body::from_stream(stream::iter(body.map(Ok::<_, std::io::Error>)))
}

impl Visitor {
    /// Sends a form with files, as a page of the site would.
    pub async fn post_files(&mut self, path: &str, fields: &[(&str, &str)], files: &[SentFile]) -> Answer {
        self.post_multipart(path, multipart(fields, files)).await
    }

    /// Sends whatever as a form with files.
    pub async fn post_multipart(&mut self, path: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .header("sec-fetch-site", "same-origin")
            .body(body.into())
            .unwrap();
        self.send(request).await
    }
}

/// The words of a PDF; spaces and line breaks made one.
pub fn words(pdf: &[u8]) -> String {
    let read = lopdf::Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = read.get_pages().keys().copied().collect();
    read.extract_text(&pages).unwrap().replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

//! A rendered template as an answer.

use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::problem::Problem;

/// A page, 200.
#[derive(Debug)]
pub struct Page<T>(pub T);

/// The same page given back with what must be corrected, 422.
#[derive(Debug)]
pub struct Refused<T>(pub T);

/// Whether a script asks, and reads JSON: it is answered without pages nor redirections.
pub fn wants_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"))
}

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => Html(html).into_response(),
            Err(error) => Problem::Internal(error.into()).into_response(),
        }
    }
}

impl<T: Template> IntoResponse for Refused<T> {
    fn into_response(self) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, Page(self.0)).into_response()
    }
}

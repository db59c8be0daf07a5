//! A rendered template as an answer.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

use crate::problem::Problem;

/// A page, 200.
#[derive(Debug)]
pub struct Page<T>(pub T);

/// The same page given back with what must be corrected, 422.
#[derive(Debug)]
pub struct Refused<T>(pub T);

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

//! What a page says when something was tried too often.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use time::OffsetDateTime;

use crate::{accounts::limits::Wait, calendar, problem::Problem};

/// When tries are accepted again: « 10 h 15 », with the day when it is another one.
pub(super) fn until(wait: Wait, now: OffsetDateTime) -> String {
    if calendar::paris_date(wait.until) == calendar::paris_date(now) {
        calendar::time_of_day(wait.until)
    } else {
        format!("le {}", calendar::moment(wait.until))
    }
}

/// The page, as a refusal that says when to come back.
pub(super) fn answer(page: impl IntoResponse, wait: Wait, now: OffsetDateTime) -> Response {
    let mut response = page.into_response();
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.seconds(now)));
    response
}

/// The same where the desk's own page of problems will do.
pub(super) fn problem(wait: Wait, now: OffsetDateTime) -> Problem {
    Problem::TooManyTries { retry_after: wait.seconds(now) }
}

//! Filters of the templates: `{{ at|moment }}`. Askama finds them through `use crate::web::filters;` beside the template.
#![expect(missing_docs, clippy::inline_always, reason = "filter_fn writes a builder of its own beside each filter")]
#![expect(clippy::missing_errors_doc, reason = "none of them fails: askama asks for the type")]

use askama::{Result, Values};
use time::OffsetDateTime;

use crate::calendar;

/// « 3 décembre 2026 ».
#[askama::filter_fn]
pub fn day(at: &OffsetDateTime, _: &dyn Values) -> Result<String> {
    Ok(calendar::day(*at))
}

/// « 3 décembre 2026 à 14 h 03 ».
#[askama::filter_fn]
pub fn moment(at: &OffsetDateTime, _: &dyn Values) -> Result<String> {
    Ok(calendar::moment(*at))
}

/// « 14 h 03 ».
#[askama::filter_fn]
pub fn time_of_day(at: &OffsetDateTime, _: &dyn Values) -> Result<String> {
    Ok(calendar::time_of_day(*at))
}

/// For `datetime` attributes.
#[askama::filter_fn]
pub fn machine(at: &OffsetDateTime, _: &dyn Values) -> Result<String> {
    Ok(calendar::machine(*at))
}

/// A date in full: « 3 décembre 2026 ».
#[askama::filter_fn]
pub fn date(date: &jiff::civil::Date, _: &dyn Values) -> Result<String> {
    Ok(calendar::date_in_full(*date))
}

/// A date kept by the database, in full: « 24 mai 2017 ».
#[askama::filter_fn]
pub fn kept_date(date: &time::Date, _: &dyn Values) -> Result<String> {
    Ok(calendar::written(*date))
}

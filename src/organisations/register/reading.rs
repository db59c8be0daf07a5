//! What every answer of a register is read with: fields may be absent or null, and what is there may be a lie.

use serde::de::DeserializeOwned;
use serde_json::Value;
use time::{Date, format_description::well_known::Iso8601};

use super::{EstablishmentState, Location, UnitState, told};
use crate::{organisations::LegalCategory, text};

/// Why an answer says nothing that can be believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer cannot be believed: {0}")]
pub struct Unreadable(pub String);

impl Unreadable {
    pub(super) fn because(cause: &str) -> Self {
        Self(cause.to_owned())
    }
}

/// The fields of an answer, those nobody uses ignored.
pub(super) fn fields<T: DeserializeOwned>(raw: &Value) -> Result<T, Unreadable> {
    T::deserialize(raw).map_err(|fault| Unreadable(fault.to_string()))
}

/// A text on one line, unless it is masked or absent.
pub(super) fn words(value: Option<&String>, most: usize) -> Option<String> {
    told(&text::made_a_line(&told(value?)?, most))
}

/// As [`words()`], nothing when there is none.
pub(super) fn line(value: Option<&String>, most: usize) -> String {
    words(value, most).unwrap_or_default()
}

pub(super) fn date(value: Option<&String>) -> Result<Option<Date>, Unreadable> {
    let Some(written) = words(value, 40) else { return Ok(None) };
    Date::parse(&written, &Iso8601::DATE).map(Some).map_err(|_| Unreadable(format!("« {written} » is no date")))
}

pub(super) fn legal_category(value: Option<&String>) -> Result<Option<LegalCategory>, Unreadable> {
    let Some(written) = words(value, 40) else { return Ok(None) };
    LegalCategory::parse(&written).map(Some).ok_or_else(|| Unreadable(format!("« {written} » is no legal category")))
}

pub(super) fn establishment_state(value: Option<&String>) -> Result<Option<EstablishmentState>, Unreadable> {
    match words(value, 40).as_deref() {
        None => Ok(None),
        Some("A") => Ok(Some(EstablishmentState::Open)),
        Some("F") => Ok(Some(EstablishmentState::Closed)),
        Some(letter) => Err(Unreadable(format!("« {letter} » is no state of an establishment"))),
    }
}

pub(super) fn unit_state(value: Option<&String>) -> Result<Option<UnitState>, Unreadable> {
    match words(value, 40).as_deref() {
        None => Ok(None),
        Some("A") => Ok(Some(UnitState::Active)),
        Some("C") => Ok(Some(UnitState::Ceased)),
        Some(letter) => Err(Unreadable(format!("« {letter} » is no state of a legal unit"))),
    }
}

pub(super) fn location(commune: Option<&String>, country: Option<&String>) -> Location {
    match (words(country, 10), words(commune, 10)) {
        (Some(country), _) => Location::Abroad { country },
        (None, Some(commune)) => Location::France { commune },
        (None, None) => Location::NotTold,
    }
}

/// `statutDiffusion`: everything but O masks something.
pub(super) fn is_partial(statuses: [Option<&String>; 2]) -> bool {
    statuses.into_iter().flatten().any(|status| status != "O")
}

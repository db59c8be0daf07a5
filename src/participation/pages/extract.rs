//! The participation of a path, if the visitor may read it: looked up each time, before anything is shown.

use std::collections::HashMap;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use crate::{
    AppState,
    accounts::Staff,
    authorizations::{Authorization, pages::ReadableAuthorization},
    participation::{Month, Participation, find_of_application},
    problem::Problem,
};

/// A candidature's right the visitor may read, and its participation once access opened.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub authorization: Authorization,
    pub participation: Option<Participation>,
    /// Whether the visitor is of the team, who reads and sends nothing.
    pub is_staff: bool,
}

impl FromRequestParts<AppState> for Candidate {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let ReadableAuthorization(authorization) = ReadableAuthorization::from_request_parts(parts, state).await?;
        if authorization.content.case.candidature().is_none() {
            return Err(Problem::NotFound);
        }
        let is_staff = Staff::from_request_parts(parts, state).await.is_ok();
        let participation = find_of_application(&mut *state.db.acquire().await?, authorization.application).await?;
        Ok(Self { authorization, participation, is_staff })
    }
}

/// A participation the visitor may read.
#[derive(Clone, Debug)]
pub(super) struct Participant {
    pub participation: Participation,
    pub is_staff: bool,
}

impl FromRequestParts<AppState> for Participant {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let candidate = Candidate::from_request_parts(parts, state).await?;
        let participation = candidate.participation.ok_or(Problem::NotFound)?;
        Ok(Self { participation, is_staff: candidate.is_staff })
    }
}

impl Participant {
    /// The participation, for those of its own side: the team sends no report.
    pub(super) fn of_its_side(self) -> Result<Participation, Problem> {
        if self.is_staff { Err(Problem::NotFound) } else { Ok(self.participation) }
    }
}

/// The month of a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct OfMonth(pub Month);

impl FromRequestParts<AppState> for OfMonth {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let Path(parameters) = Path::<HashMap<String, String>>::from_request_parts(parts, state).await.map_err(|_| Problem::NotFound)?;
        parameters.get("mois").and_then(|typed| Month::parse(typed)).map(Self).ok_or(Problem::NotFound)
    }
}

//! The right of a path, if the visitor may read it: looked up each time, before anything is shown.

use std::collections::HashMap;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use crate::{
    AppState,
    accounts::{Applicant, Staff},
    applications::represents,
    authorizations::{Authorization, find},
    ids::AuthorizationId,
    organisations::find_membership,
    problem::Problem,
};

/// A right the visitor may read: one they obtained, one of an organisation they are a verified member of, one they filed for a client, or any
/// for the team.
#[derive(Clone, Debug)]
pub struct ReadableAuthorization(pub Authorization);

impl FromRequestParts<AppState> for ReadableAuthorization {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let reader = Applicant::from_request_parts(parts, state).await?;
        let is_staff = Staff::from_request_parts(parts, state).await.is_ok();
        let Path(parameters) = Path::<HashMap<String, String>>::from_request_parts(parts, state).await.map_err(|_| Problem::NotFound)?;
        let id = parameters.get("numero").and_then(|typed| AuthorizationId::parse(typed)).ok_or(Problem::NotFound)?;
        let mut connection = state.db.acquire().await?;
        let authorization = find(&mut connection, id).await?;
        let account = reader.person().account;
        if is_staff || authorization.applicant == account {
            return Ok(Self(authorization));
        }
        let membership = find_membership(&mut connection, account, authorization.organisation.id).await?;
        let is_member = membership.is_some_and(|membership| membership.is_verified());
        if is_member || represents(&mut connection, account, authorization.application).await? {
            Ok(Self(authorization))
        } else {
            Err(Problem::NotFound)
        }
    }
}

//! Who acts, read from the request before any form is.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};

use crate::{
    accounts::{Administrator, Applicant, CampaignManager, Person, Reviewer, Staff},
    problem::Problem,
};

/// Reads the person put into the request when the session was read.
fn person(parts: &Parts) -> Result<Person, Problem> {
    parts.extensions.get::<Person>().cloned().ok_or(Problem::SignedOut)
}

fn not_for_you() -> Problem {
    Problem::Forbidden("Votre rôle ne permet pas cette action. Demandez à un administrateur le rôle qu’il vous faut.".into())
}

impl<S: Send + Sync> FromRequestParts<S> for Applicant {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(Self::new(person(parts)?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Self::new(person(parts)?).ok_or_else(not_for_you)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, Problem> {
        Ok(person(parts).ok().and_then(Self::new))
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Reviewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, Problem> {
        Ok(person(parts).ok().and_then(Self::new))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Reviewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Self::new(person(parts)?).ok_or_else(not_for_you)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Administrator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Self::new(person(parts)?).ok_or_else(not_for_you)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for CampaignManager {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Self::new(person(parts)?).ok_or_else(not_for_you)
    }
}

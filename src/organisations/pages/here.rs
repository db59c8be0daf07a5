//! The organisation of a path, if the visitor belongs to it: looked up before any form is read.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    AppState,
    accounts::Applicant,
    ids::OrganisationId,
    organisations::{Affiliation, VerifiedMember, find_for},
    problem::Problem,
};

/// Somebody and the organisation in the address, as they see it. For whoever does not belong to it there is nothing here.
#[derive(Debug)]
pub(crate) struct Here {
    pub applicant: Applicant,
    pub affiliation: Affiliation,
}

impl Here {
    /// The permission to speak for it, while their membership is confirmed.
    pub fn verified(&self) -> Option<VerifiedMember> {
        VerifiedMember::new(self.applicant.clone(), &self.affiliation.membership)
    }

    /// As [`Here::verified`], or what somebody who has it no more is told. The page they come from says the same.
    pub fn speaking_for(&self) -> Result<VerifiedMember, Problem> {
        self.verified().ok_or_else(|| {
            Problem::Forbidden(
                "Votre appartenance à cet organisme n’est pas vérifiée : vous ne pouvez pas agir en son nom. Rien n’a été fait.".into(),
            )
        })
    }

    /// The address of a page of this organisation.
    pub fn path(&self, page: &str) -> String {
        format!("/compte/organismes/{}/{page}", self.affiliation.organisation.id)
    }
}

#[derive(Debug, Deserialize)]
struct InOrganisation {
    organisation: OrganisationId,
}

impl FromRequestParts<AppState> for Here {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let applicant = Applicant::from_request_parts(parts, state).await?;
        let Numbers(InOrganisation { organisation }) = Numbers::from_request_parts(parts, state).await?;
        let mut connection = state.db.acquire().await?;
        let affiliation = find_for(&mut connection, applicant.person().account, organisation).await?.ok_or(Problem::NotFound)?;
        Ok(Self { applicant, affiliation })
    }
}

/// The numbers of a path; where one is none there is nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for Numbers<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        Path::<T>::from_request_parts(parts, state).await.map(|Path(numbers)| Self(numbers)).map_err(|_| Problem::NotFound)
    }
}

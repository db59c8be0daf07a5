//! The demande of a path, if the visitor may act on it or read it: looked up before any form is read.

use std::collections::HashMap;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use crate::{
    AppState,
    accounts::Applicant,
    applications::{Application, may_edit, represents, store},
    ids::ApplicationId,
    organisations::find_membership,
    problem::Problem,
};

/// The visitor and their demande.
#[derive(Clone, Debug)]
pub struct OwnApplication {
    /// Who.
    pub applicant: Applicant,
    /// What.
    pub application: Application,
}

impl FromRequestParts<AppState> for OwnApplication {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let applicant = Applicant::from_request_parts(parts, state).await?;
        let id = application_in_path(parts, state).await?;
        let mut connection = state.db.acquire().await?;
        let application = store::find_own(&mut connection, id, applicant.person().account).await?;
        Ok(Self { applicant, application })
    }
}

/// The visitor and a demande whose draft they may change: their own, or one they were invited to fill. Handing it in, taking it back and
/// inviting take an [`OwnApplication`].
#[derive(Clone, Debug)]
pub struct EditableApplication {
    /// Who.
    pub editor: Applicant,
    /// What.
    pub application: Application,
}

impl EditableApplication {
    /// Whether the editor files it.
    pub fn is_own(&self) -> bool {
        self.application.applicant == self.editor.person().account
    }
}

impl FromRequestParts<AppState> for EditableApplication {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let editor = Applicant::from_request_parts(parts, state).await?;
        let id = application_in_path(parts, state).await?;
        let mut connection = state.db.acquire().await?;
        let application = store::find(&mut connection, id).await?;
        let may = may_edit(&mut connection, &application, editor.person().account).await?;
        if may { Ok(Self { editor, application }) } else { Err(Problem::NotFound) }
    }
}

/// A demande the visitor may read: their own, one they were invited to fill, or one a colleague handed in for an
/// organisation they are a verified member of, or for a client of theirs. Acting on it
/// takes an [`OwnApplication`]. Colleagues' drafts stay closed: what is being typed has not been told to anybody yet, and its contacts
/// have not been asked.
#[derive(Clone, Debug)]
pub struct ReadableApplication {
    /// Who reads.
    pub reader: Applicant,
    /// What.
    pub application: Application,
}

impl ReadableApplication {
    /// Whether it is the reader's own.
    pub fn is_own(&self) -> bool {
        self.application.applicant == self.reader.person().account
    }
}

impl FromRequestParts<AppState> for ReadableApplication {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let reader = Applicant::from_request_parts(parts, state).await?;
        let id = application_in_path(parts, state).await?;
        let mut connection = state.db.acquire().await?;
        let readable = Self { application: store::find(&mut connection, id).await?, reader };
        let reader = readable.reader.person().account;
        if may_edit(&mut connection, &readable.application, reader).await? {
            return Ok(readable);
        }
        let membership = find_membership(&mut connection, reader, readable.application.organisation).await?;
        let mut is_open = membership.is_some_and(|membership| membership.is_verified());
        if !is_open {
            is_open = represents(&mut connection, reader, readable.application.id).await?;
        }
        if is_open && readable.application.version > 0 { Ok(readable) } else { Err(Problem::NotFound) }
    }
}

/// The number of a demande in a path, under the name `numero`.
pub(crate) async fn application_in_path(parts: &mut Parts, state: &AppState) -> Result<ApplicationId, Problem> {
    let Path(parameters) = Path::<HashMap<String, String>>::from_request_parts(parts, state).await.map_err(|_| Problem::NotFound)?;
    parameters.get("numero").and_then(|typed| ApplicationId::parse(typed)).ok_or(Problem::NotFound)
}

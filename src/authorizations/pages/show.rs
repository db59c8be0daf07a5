//! `/habilitations/{numero}`: what was granted, as it was granted, with its files.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use uuid::Uuid;

use super::extract::ReadableAuthorization;
use crate::{
    AppState,
    accounts::Applicant,
    applications::{self, Kind, Section, Version, find_version, pages::send_back},
    authorizations::{
        Authorization, Filter, Granted, Proof, State as Status, Target, find_granted, find_proof, procedure::find_procedures,
    },
    problem::Problem,
    web::{Frame, Page, filters},
};

/// Rights one demande led to that are named on the page of one of them.
const MOST_RELATIVES: usize = 20;

#[derive(Debug, Template)]
#[template(path = "authorizations/show.html")]
pub(super) struct ShowPage {
    frame: Frame,
    authorization: Authorization,
    proof: Proof,
    kind: Kind,
    version: Version,
    sections: Vec<Section>,
    /// Whether the reader obtained it, and may ask to change it.
    is_own: bool,
    /// Whether somebody envisaged to suspend or revoke it.
    has_procedure: bool,
    /// All the rights this demande led to, this one included, when there are several.
    relatives: Vec<Granted>,
}

impl ShowPage {
    /// The address of the page.
    fn base(&self) -> String {
        format!("/habilitations/{}", self.authorization.id.0)
    }
}

pub(super) async fn show(
    applicant: Applicant,
    ReadableAuthorization(authorization): ReadableAuthorization,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<ShowPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let proof = find_proof(&mut connection, &authorization.code).await?.ok_or(Problem::NotFound)?;
    let kind = applications::find(&mut connection, authorization.application).await?.kind;
    let version = find_version(&mut connection, authorization.application, authorization.version).await?;
    let of_the_demande = Filter { reader: None, target: Target::Application(authorization.application), state: None, after: None };
    let mut relatives = find_granted(&mut connection, &of_the_demande, MOST_RELATIVES).await?;
    if relatives.len() == 1 {
        relatives.clear();
    }
    let has_procedure = !find_procedures(&mut connection, authorization.id).await?.is_empty();
    let sections = Section::of_content(&authorization.content);
    let is_own = authorization.applicant == applicant.person().account;
    Ok(Page(ShowPage { frame, authorization, proof, kind, version, sections, is_own, has_procedure, relatives }))
}

/// `/habilitations/{numero}/fichiers/{fichier}`: a file of the version that was granted, and no other.
pub(super) async fn read_file(
    ReadableAuthorization(authorization): ReadableAuthorization,
    State(state): State<AppState>,
    Path((_, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let file = Uuid::parse_str(&file).map_err(|_| Problem::NotFound)?;
    let version = find_version(&mut *state.db.acquire().await?, authorization.application, authorization.version).await?;
    let attachment = version.files.iter().find(|attachment| attachment.id == file).ok_or(Problem::NotFound)?;
    send_back(&state, attachment).await
}

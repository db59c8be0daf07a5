//! `/verification`: whether a right is valid, for anybody who holds its code.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    AppState,
    accounts::limits,
    authorizations::{Proof, VerificationCode, find_proof},
    fields::{Field, Fields},
    problem::Problem,
    web::{ClientAddress, Frame, Page, Refused},
};

const CODE: Field = Field { name: "code", label: "Code de vérification" };

#[derive(Debug, Template)]
#[template(path = "authorizations/verification.html")]
pub(super) struct VerificationPage {
    frame: Frame,
    form: Fields,
    /// The code asked about and what it proves.
    found: Option<(VerificationCode, Proof)>,
}

/// The form; what it sends leads to the page of the code.
pub(super) async fn ask(frame: Frame, uri: Uri) -> Response {
    let mut form = Fields::from_query(uri.query().unwrap_or_default());
    if form.values(CODE.name).next().is_none() {
        return Page(VerificationPage { frame, form, found: None }).into_response();
    }
    match form.parse(CODE, VerificationCode::parse) {
        Some(code) => Redirect::to(&format!("/verification/{}", code.as_str())).into_response(),
        None => Refused(VerificationPage { frame, form, found: None }).into_response(),
    }
}

pub(super) async fn show(
    State(state): State<AppState>,
    ClientAddress(client): ClientAddress,
    Path(typed): Path<String>,
    frame: Frame,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    let mut transaction = state.db.begin().await?;
    if let Err(wait) = limits::take(&mut transaction, limits::on_verification(client, now)).await? {
        return Err(Problem::TooManyTries { retry_after: wait.seconds(now) });
    }
    let mut form = Fields::from_pairs(vec![(CODE.name.to_owned(), typed)]);
    let code = form.parse(CODE, VerificationCode::parse);
    let found = match code {
        Some(code) => find_proof(&mut transaction, &code).await?.map(|proof| (code, proof)),
        None => None,
    };
    transaction.commit().await?;
    if found.is_some() {
        return Ok(Page(VerificationPage { frame, form: Fields::default(), found }).into_response());
    }
    if form.is_valid() {
        form.refuse(CODE, "Aucune habilitation ne porte ce code. Relisez-le sur l’attestation ; s’il est bien recopié, l’attestation n’est pas authentique.");
    }
    Ok((StatusCode::NOT_FOUND, Page(VerificationPage { frame, form, found: None })).into_response())
}

//! `/habilitations/{numero}/attestation.pdf`: the certificate of a right, made out today.

use axum::extract::State;

use super::extract::ReadableAuthorization;
use crate::{
    AppState,
    authorizations::{Certificate, certificate, find_proof},
    problem::Problem,
    web::PdfFile,
};

pub(super) async fn pdf(
    ReadableAuthorization(authorization): ReadableAuthorization,
    State(state): State<AppState>,
) -> Result<PdfFile, Problem> {
    let proof = find_proof(&mut *state.db.acquire().await?, &authorization.code).await?.ok_or(Problem::NotFound)?;
    let document = certificate(&Certificate {
        authorization: &authorization,
        proof: &proof,
        desk: &state.config.desk,
        public_url: &state.config.public_url,
        now: state.clock.now(),
    });
    Ok(PdfFile { name: format!("attestation-habilitation-{}", authorization.id), bytes: state.printer.print(document).await? })
}

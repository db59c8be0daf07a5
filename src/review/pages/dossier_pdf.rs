//! `/instruction/{numero}/dossier.pdf`: a version to read on paper, with what the rules found that day.

use axum::extract::{Query, State};

use super::{dossier::Shown, extract::Dossier};
use crate::{
    AppState,
    applications::{Section, Sheets, Standing, find_version, summary},
    problem::Problem,
    web::PdfFile,
};

pub(super) async fn show(
    Dossier(application): Dossier,
    State(state): State<AppState>,
    Query(shown): Query<Shown>,
) -> Result<PdfFile, Problem> {
    let wanted = shown.version.unwrap_or(application.version);
    let version = find_version(&mut *state.db.acquire().await?, application.id, wanted).await?;
    let sections = Section::of_content(&version.content);
    let document = summary(&Sheets {
        application: &application,
        organisation: &version.organisation,
        standing: Standing::Submitted(&version),
        sections: &sections,
        findings: &version.findings,
        desk: &state.config.desk,
    });
    Ok(PdfFile { name: format!("dossier-{}-version-{wanted}", application.id), bytes: state.printer.print(document).await? })
}

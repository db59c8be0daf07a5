//! `/demandes/{numero}/recapitulatif.pdf` and `recepisse.pdf`: what their pages say, to keep; `/demandes/questions.pdf`: the questions of a
//! kind, for whoever prepares a demande.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::extract::ReadableApplication;
use crate::{
    AppState,
    applications::{
        Acknowledgement, Act, Section, behalf, find_draft, find_version, legal_clock,
        papers::{Audience, Sheets, Standing, questions, receipt, summary},
    },
    problem::Problem,
    web::PdfFile,
};

/// The draft for whoever is writing it, otherwise the last version.
pub(super) async fn summary_pdf(readable: ReadableApplication, State(state): State<AppState>) -> Result<Response, Problem> {
    let application = &readable.application;
    let mut connection = state.db.acquire().await?;
    let desk = &state.config.desk;
    let document = if readable.is_own() && application.state.allows(Act::Edit) {
        let organisation = &behalf::find_organisation_of(&mut connection, application).await?;
        let draft = find_draft(&mut connection, application.id).await?;
        let sections: Vec<Section> = draft.form.steps().iter().map(|step| Section::of_draft(*step, &draft.fields(*step))).collect();
        summary(&Sheets { application, organisation, standing: Standing::Draft, sections: &sections, findings: &[], desk })
    } else if application.version == 0 {
        // A draft that was withdrawn: its page leads there too.
        return Ok(Redirect::to("/demandes").into_response());
    } else {
        let version = find_version(&mut connection, application.id, application.version).await?;
        let sections = Section::of_content(&version.content);
        let standing = Standing::Submitted(&version);
        summary(&Sheets { application, organisation: &version.organisation, standing, sections: &sections, findings: &[], desk })
    };
    drop(connection);
    let bytes = state.printer.print(document).await?;
    Ok(PdfFile { name: format!("recapitulatif-demande-{}", application.id), bytes }.into_response())
}

pub(super) async fn receipt_pdf(readable: ReadableApplication, State(state): State<AppState>) -> Result<PdfFile, Problem> {
    let application = &readable.application;
    let mut connection = state.db.acquire().await?;
    let version = find_version(&mut connection, application.id, application.version).await?;
    let promised = legal_clock::find_promised(&mut connection, application.id, version.number).await?;
    drop(connection);
    let document = receipt(application, &version, &Acknowledgement::of(application, &version, promised, &state.config.desk));
    Ok(PdfFile { name: format!("recepisse-demande-{}", application.id), bytes: state.printer.print(document).await? })
}

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pour: Audience,
}

pub(super) async fn questions_pdf(State(state): State<AppState>, asked: Result<Query<Asked>, QueryRejection>) -> Result<PdfFile, Problem> {
    let Query(Asked { pour }) = asked.map_err(|_| Problem::NotFound)?;
    let bytes = state.printer.print(questions(pour.kind(), &state.config.desk)).await?;
    Ok(PdfFile { name: format!("questions-{}", pour.slug()), bytes })
}

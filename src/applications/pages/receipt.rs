//! `/demandes/{numero}/recepisse`: what was received, when, by whom, and its acknowledgement, the same as the letter's.

use askama::Template;
use axum::extract::State;

use super::extract::ReadableApplication;
use crate::{
    AppState,
    applications::{Acknowledgement, Application, Version, find_version, legal_clock},
    experimentation::{Standing, find_standing},
    notifications::Passage,
    problem::Problem,
    web::{Frame, Page, filters},
};

#[derive(Debug, Template)]
#[template(path = "applications/receipt.html")]
pub(super) struct ReceiptPage {
    frame: Frame,
    application: Application,
    version: Version,
    acknowledgement: Vec<Passage>,
    /// Where a candidature stands that day.
    standing: Option<Standing>,
    /// The applicant's own address, when they are the one who reads.
    email: Option<String>,
}

pub(super) async fn show(readable: ReadableApplication, State(state): State<AppState>, frame: Frame) -> Result<Page<ReceiptPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let version = find_version(&mut connection, readable.application.id, readable.application.version).await?;
    let promised = legal_clock::find_promised(&mut connection, readable.application.id, version.number).await?;
    let acknowledgement = Acknowledgement::of(&readable.application, &version, promised, &state.config.desk).passages();
    let standing = find_standing(&mut connection, readable.application.id).await?;
    let email = readable.is_own().then(|| readable.reader.person().email.to_string());
    Ok(Page(ReceiptPage { frame, application: readable.application, version, acknowledgement, standing, email }))
}

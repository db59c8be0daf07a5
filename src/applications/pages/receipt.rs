//! `/demandes/{numero}/recepisse`: what was received, when, by whom, and when an answer is expected.

use askama::Template;
use axum::extract::State;
use jiff::civil::Date;

use super::extract::ReadableApplication;
use crate::{
    AppState,
    applications::{Application, Version, find_version},
    calendar,
    config::DeskFacts,
    problem::Problem,
    web::{Frame, Page, filters},
};

#[derive(Debug, Template)]
#[template(path = "applications/receipt.html")]
pub(super) struct ReceiptPage {
    frame: Frame,
    application: Application,
    version: Version,
    answer_expected_on: Date,
    desk: DeskFacts,
    /// The applicant's own address, when they are the one who reads.
    email: Option<String>,
}

pub(super) async fn show(readable: ReadableApplication, State(state): State<AppState>, frame: Frame) -> Result<Page<ReceiptPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let version = find_version(&mut connection, readable.application.id, readable.application.version).await?;
    let desk = state.config.desk.clone();
    let answer_expected_on = calendar::working_days_after(calendar::paris_date(version.submitted_at), desk.desk_target_working_days);
    let email = readable.is_own().then(|| readable.reader.person().email.to_string());
    Ok(Page(ReceiptPage { frame, application: readable.application, version, answer_expected_on, desk, email }))
}

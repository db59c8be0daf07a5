//! `/demandes/{numero}/recepisse`: what was received, when, by whom, and when an answer is expected.

use askama::Template;
use axum::extract::State;
use jiff::civil::Date;

use super::extract::OwnApplication;
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
    email: String,
}

pub(super) async fn show(own: OwnApplication, State(state): State<AppState>, frame: Frame) -> Result<Page<ReceiptPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let version = find_version(&mut connection, own.application.id, own.application.version).await?;
    let desk = state.config.desk.clone();
    let answer_expected_on = calendar::working_days_after(calendar::paris_date(version.submitted_at), desk.desk_target_working_days);
    let email = own.applicant.person().email.to_string();
    Ok(Page(ReceiptPage { frame, application: own.application, version, answer_expected_on, desk, email }))
}

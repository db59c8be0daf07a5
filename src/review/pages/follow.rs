//! `/demandes/{numero}`: where the demande stands, whose turn it is, what was decided; for its applicant, and
//! to read for their verified colleagues.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;

use crate::{
    AppState,
    applications::{self, Act, Application, Objection, Proposal, Section, State as Status, Version, pages::ReadableApplication},
    authorizations, calendar,
    config::DeskFacts,
    ids::AuthorizationId,
    journal::{self, Entry, Event},
    organisations::{self, Identity},
    problem::Problem,
    review::{Decision, store},
    web::{Frame, Page, filters},
};

#[derive(Debug, Template)]
#[template(path = "review/follow.html")]
struct FollowPage {
    frame: Frame,
    application: Application,
    /// Whether the reader files it; otherwise a colleague does, and the reader only reads.
    is_own: bool,
    version: Version,
    identity: Identity,
    versions: Vec<Version>,
    sections: Vec<Section>,
    /// What the client answers to a demande filed for it.
    objections: Vec<Objection>,
    proposals: Vec<Proposal>,
    decision: Option<Decision>,
    authorization: Option<AuthorizationId>,
    events: Vec<Entry>,
    answer_expected_on: Date,
    desk: DeskFacts,
}

pub(super) async fn show(readable: ReadableApplication, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    let is_own = readable.is_own();
    let application = readable.application;
    let mut connection = state.db.acquire().await?;
    if application.version == 0 {
        // A draft has no page of its own: it goes on where it was left. A withdrawn draft is only listed.
        if application.state == Status::Withdrawn {
            return Ok(Redirect::to("/demandes").into_response());
        }
        let draft = applications::find_draft(&mut connection, application.id).await?;
        let step = draft.first_unfinished().map_or("recapitulatif", applications::Step::slug);
        return Ok(Redirect::to(&format!("/demandes/{}/{step}", application.id.0)).into_response());
    }
    let versions = applications::find_versions(&mut connection, application.id).await?;
    let version = versions.first().cloned().ok_or(Problem::NotFound)?;
    let mut events = journal::find_of_application(&mut connection, application.id).await?;
    events.retain(|entry| {
        matches!(
            entry.event,
            Event::ApplicationSubmitted { .. }
                | Event::ChangesRequested { .. }
                | Event::ApplicationApproved { .. }
                | Event::ApplicationRefused { .. }
                | Event::ApplicationWithdrawn
        )
    });
    let (objections, proposals) = applications::find_client_news(&mut connection, application.id).await?;
    let standing = organisations::find_standing(&mut connection, application.organisation).await?;
    let desk = state.config.desk.clone();
    let page = FollowPage {
        frame,
        identity: Identity::of(&version.organisation, standing),
        sections: Section::of_content(&version.content),
        objections,
        proposals,
        decision: store::find_last_decision(&mut connection, application.id).await?,
        authorization: authorizations::find_of_application(&mut connection, application.id).await?,
        events,
        answer_expected_on: calendar::working_days_after(calendar::paris_date(version.submitted_at), desk.desk_target_working_days),
        desk,
        application,
        is_own,
        version,
        versions,
    };
    Ok(Page(page).into_response())
}

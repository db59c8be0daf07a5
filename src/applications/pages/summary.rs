//! `/demandes/{numero}/recapitulatif`: read again, attest, hand in; `/retrait`: take back.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::{extract::OwnApplication, step::last_request};
use crate::{
    AppState,
    applications::{
        Act, Application, Attestations, Content, Draft, Section, State as Status, Step, Submission, behalf, find_draft, precheck, submit,
        submit::{ALTERNATIVE_LOGIN, DPO_INFORMED, EXPLANATION, TERMS},
        withdraw,
    },
    criteria::Finding,
    fields::{FieldError, Fields},
    organisations::{self, Identity},
    problem::Problem,
    web::{Frame, Page, tell},
};

#[derive(Debug, Template)]
#[template(path = "applications/summary.html")]
pub(super) struct SummaryPage {
    frame: Frame,
    application: Application,
    identity: Identity,
    draft: Draft,
    sections: Vec<Section>,
    /// Fields that seem to hold the data of end users.
    doubtful: Vec<(Step, FieldError)>,
    /// What the rules find in it, once it is complete.
    findings: Vec<Finding>,
    asked: Option<String>,
    form: Fields,
    target_working_days: u32,
}

impl SummaryPage {
    fn is_ready(&self) -> bool {
        self.draft.first_unfinished().is_none()
    }
}

async fn prepare(state: &AppState, application: Application, frame: Frame, form: Fields) -> Result<SummaryPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let organisation = behalf::find_organisation_of(&mut connection, &application).await?;
    let standing = organisations::find_standing(&mut connection, application.organisation).await?;
    let identity = Identity::of(&organisation, standing);
    let draft = find_draft(&mut connection, application.id).await?;
    let sections = draft.form.steps().iter().map(|step| Section::of_draft(*step, &draft.fields(*step))).collect();
    let doubtful = doubtful(&draft);
    let findings = Content::from_draft(&draft).map(|content| precheck(&organisation, &content)).unwrap_or_default();
    let asked = if application.state == Status::ChangesRequested { last_request(&mut connection, &application).await? } else { None };
    let target_working_days = state.config.desk.desk_target_working_days;
    Ok(SummaryPage { frame, application, identity, draft, sections, doubtful, findings, asked, form, target_working_days })
}

/// The fields of a draft that seem to hold the data of end users, with their steps.
fn doubtful(draft: &Draft) -> Vec<(Step, FieldError)> {
    let in_step = |step: &Step| {
        let mut fields = draft.fields(*step);
        fields.warn_of_personal_traces(&step.fields());
        fields.warnings().iter().cloned().map(|warning| (*step, warning)).collect::<Vec<_>>()
    };
    draft.form.steps().iter().flat_map(in_step).collect()
}

pub(super) async fn show(own: OwnApplication, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    if !own.application.state.allows(Act::Edit) {
        return Ok(Redirect::to(&format!("/demandes/{}", own.application.id.0)).into_response());
    }
    Ok(Page(prepare(&state, own.application, frame, Fields::default()).await?).into_response())
}

pub(super) async fn hand_in(
    own: OwnApplication,
    State(state): State<AppState>,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let id = own.application.id;
    let receipt = Redirect::to(&format!("/demandes/{}/recepisse", id.0));
    // A second tab or a retry finds the demande handed in: it leads to the receipt, whatever it attests.
    if own.application.state == Status::Submitted {
        return Ok(receipt.into_response());
    }
    let Some(attestations) = Attestations::parse(&mut form) else {
        let page = prepare(&state, own.application, frame, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    };
    let seen = form.value("seen").parse().unwrap_or(-1);
    organisations::pages::refresh(&state, own.application.organisation).await?;
    let mut transaction = state.db.begin().await?;
    let target = state.config.desk.desk_target_working_days;
    let submission = submit(&mut transaction, &own.applicant, id, seen, attestations, target, state.clock.now()).await?;
    transaction.commit().await?;
    match submission {
        Submission::Received(version) => tracing::info!(application = id.0, version, "submitted"),
        Submission::AlreadyReceived(version) => tracing::info!(application = id.0, version, "submitted again"),
    }
    Ok(receipt.into_response())
}

#[derive(Debug, Template)]
#[template(path = "applications/withdraw.html")]
pub(super) struct WithdrawPage {
    frame: Frame,
    application: Application,
}

pub(super) async fn ask_withdrawal(own: OwnApplication, frame: Frame) -> Result<Page<WithdrawPage>, Problem> {
    own.application.state.after(Act::Withdraw).map_err(|refusal| {
        Problem::not_possible_but(refusal.to_string(), "Voir la demande", format!("/demandes/{}", own.application.id.0))
    })?;
    Ok(Page(WithdrawPage { frame, application: own.application }))
}

pub(super) async fn take_back(own: OwnApplication, State(state): State<AppState>, session: Session) -> Result<Redirect, Problem> {
    let mut transaction = state.db.begin().await?;
    withdraw(&mut transaction, &own.applicant, own.application.id, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("La demande {} est retirée. Elle reste lisible dans votre espace.", own.application.id)).await?;
    Ok(Redirect::to("/demandes"))
}

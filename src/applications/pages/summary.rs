//! `/demandes/{numero}/recapitulatif`: read again, attest, hand in; `/retrait`: take back.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::{
    extract::{EditableApplication, OwnApplication},
    step::last_request,
};
use crate::{
    AppState, accounts,
    applications::{
        Act, Application, Asked, Attestations, Content, Draft, Known, Section, State as Status, Step, Submission, behalf, find_draft,
        precheck, submit,
        submit::{ALTERNATIVE_LOGIN, DPO_INFORMED, EXPLANATION, TERMS},
        tie::SOMEBODY_GONE,
        withdraw,
    },
    calendar,
    criteria::Finding,
    fields::{FieldError, Fields},
    organisations::{self, Identity},
    problem::Problem,
    web::{Frame, Page, filters, tell},
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
    asked: Option<Asked>,
    form: Fields,
    target_working_days: u32,
    /// Who alone may hand it in, when the reader only fills it.
    handed_in_by: Option<String>,
}

impl SummaryPage {
    /// The address of the demande.
    fn base(&self) -> String {
        format!("/demandes/{}", self.application.id.0)
    }

    fn is_ready(&self) -> bool {
        self.draft.first_unfinished().is_none()
    }

    /// Whether the register says otherwise than the demande.
    fn must_explain(&self) -> bool {
        self.findings.iter().any(|finding| finding.to_explain)
    }

    fn dpo_words(&self) -> &'static str {
        if self.draft.form.on_behalf.is_some() && self.application.kind.is_private() {
            "Le délégué à la protection des données de mon client, ou son référent, est informé de cette demande."
        } else if self.draft.form.on_behalf.is_some() {
            "Le délégué à la protection des données de mon client est informé de cette demande."
        } else if self.application.kind.is_private() {
            "Le délégué à la protection des données de mon organisme, ou son référent, est informé de cette demande."
        } else {
            "Le délégué à la protection des données de mon organisme est informé de cette demande."
        }
    }

    fn alternative_words(&self) -> &'static str {
        if self.application.kind.is_private() {
            "J’atteste que mon service propose une alternative à la connexion avec FranceConnect, et que cette alternative permet l’accès, dans des conditions analogues, à la même prestation."
        } else {
            "J’atteste que mon service propose une alternative à la connexion avec FranceConnect, et que cette alternative permet l’accès, dans des conditions analogues, à la même prestation de service public."
        }
    }
}

async fn prepare(state: &AppState, application: Application, frame: Frame, form: Fields) -> Result<SummaryPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let organisation = behalf::find_organisation_of(&mut connection, &application).await?;
    let standing = organisations::find_standing(&mut connection, application.organisation).await?;
    let identity = Identity::of(&organisation, standing);
    let draft = find_draft(&mut connection, application.id).await?;
    let known = Known { organisation: &organisation, standing };
    let on = calendar::paris_day(state.clock.now());
    let sections = draft.form.steps().iter().map(|step| Section::of_draft(*step, &draft.fields(*step))).collect();
    let doubtful = doubtful(&draft);
    let findings = Content::from_draft(&draft).map(|content| precheck(known, &content, on)).unwrap_or_default();
    let asked = last_request(&mut connection, &application).await?;
    let target_working_days = state.config.desk.desk_target_working_days;
    Ok(SummaryPage {
        frame,
        application,
        identity,
        draft,
        sections,
        doubtful,
        findings,
        asked,
        form,
        target_working_days,
        handed_in_by: None,
    })
}

/// The fields of a draft that seem to hold the data of end users, with their steps.
fn doubtful(draft: &Draft) -> Vec<(Step, FieldError)> {
    let in_step = |step: &Step| {
        let mut fields = draft.fields(*step);
        fields.warn_of_personal_traces(&step.free_fields());
        fields.warnings().iter().cloned().map(|warning| (*step, warning)).collect::<Vec<_>>()
    };
    draft.form.steps().iter().flat_map(in_step).collect()
}

pub(super) async fn show(editable: EditableApplication, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    if !editable.application.state.allows(Act::Edit) {
        return Ok(Redirect::to(&format!("/demandes/{}", editable.application.id.0)).into_response());
    }
    let deposit = format!("/demandes/{}/depot", editable.application.id.0);
    let mut transaction = state.db.begin().await?;
    let kept = accounts::take_kept_form(&mut transaction, editable.editor.person().account, &deposit).await?;
    transaction.commit().await?;
    let is_own = editable.is_own();
    let mut page = prepare(&state, editable.application, frame, kept.unwrap_or_default()).await?;
    if !is_own {
        let applicant = accounts::find_person(&mut *state.db.acquire().await?, page.application.applicant).await?;
        page.handed_in_by = Some(applicant.map_or_else(|| SOMEBODY_GONE.to_owned(), |applicant| applicant.full_name()));
    }
    Ok(Page(page).into_response())
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
    let submission = submit(&mut transaction, &own.applicant, id, seen, attestations, &state.config.desk, state.clock.now()).await?;
    transaction.commit().await?;
    match submission {
        Submission::Received(version) => tracing::info!(application = id.0, version, "submitted"),
        Submission::AlreadyReceived(version) => tracing::info!(application = id.0, version, "submitted again"),
        Submission::ToExplain => {
            form.refuse(
                EXPLANATION,
                "Le registre dit autre chose que votre demande : expliquez pourquoi en une phrase. Une personne lira.",
            );
            let page = prepare(&state, own.application, frame, form).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
        }
    }
    Ok(receipt.into_response())
}

#[derive(Debug, Template)]
#[template(path = "applications/withdraw.html")]
pub(super) struct WithdrawPage {
    frame: Frame,
    application: Application,
}

pub(super) async fn ask_withdrawal(own: OwnApplication, frame: Frame) -> Result<Response, Problem> {
    if own.application.state == Status::Draft {
        return Ok(Redirect::to(&format!("/demandes/{}/suppression", own.application.id.0)).into_response());
    }
    own.application.after(Act::Withdraw).map_err(|refusal| {
        Problem::not_possible_but(refusal.to_string(), "Voir la demande", format!("/demandes/{}", own.application.id.0))
    })?;
    Ok(Page(WithdrawPage { frame, application: own.application }).into_response())
}

pub(super) async fn take_back(own: OwnApplication, State(state): State<AppState>, session: Session) -> Result<Redirect, Problem> {
    let mut transaction = state.db.begin().await?;
    withdraw(&mut transaction, &own.applicant, own.application.id, state.clock.now()).await?;
    transaction.commit().await?;
    let id = own.application.id;
    let told = match own.application.reopened_from {
        Some(_) => format!("Vous avez renoncé à modifier la demande {id} : elle est de nouveau telle qu’elle a été accordée."),
        None => format!("La demande {id} est retirée. Elle reste lisible dans votre espace."),
    };
    tell(&session, told).await?;
    Ok(Redirect::to("/demandes"))
}

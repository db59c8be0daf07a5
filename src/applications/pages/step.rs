//! `/demandes/{numero}/{etape}`: a step, saved with its gaps, checked when the person goes on.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use time::OffsetDateTime;
use tower_sessions::Session;

use super::extract::OwnApplication;
use crate::{
    AppState, accounts,
    applications::{
        Application, AssuranceLevel, ContactFields, DATA_CONTROLLER, DPO, Draft, Group, Proposal, SCOPES, SavedStep, Saving, Section,
        State as Status, Step, TECHNICAL_CONTACT,
        assurance::ASSURANCE_LEVEL,
        behalf, find_draft,
        legal_basis::{ARRETE_2018, ARRETE_2018_URL, CHOICE, NATURE, OTHER, URL as LEGAL_URL},
        mandate::{REFERENCE as MANDATE_REFERENCE, ROLE as MANDATE_ROLE, SIGNED_ON as MANDATE_SIGNED_ON, VendorRole},
        personal_data::{RECIPIENTS, RETENTION_MONTHS, RETENTION_REASON},
        save_step,
        service::{DESCRIPTION, NAME, PLANNED_ON, URL, YEARLY_VOLUME},
    },
    calendar,
    fields::Fields,
    journal::{self, Event},
    organisations::Organisation,
    problem::Problem,
    web::{Frame, Page, filters, tell},
};

#[derive(Debug, Template)]
#[template(path = "applications/step.html")]
pub(super) struct StepPage {
    frame: Frame,
    application: Application,
    organisation: Organisation,
    step: Step,
    form: Fields,
    revision: i32,
    draft: Draft,
    /// What a reviewer asked, while the demande is back with its applicant.
    asked: Option<String>,
    /// What the client's people propose of themselves, on the step of the contacts.
    proposals: Vec<Proposal>,
    /// What was saved elsewhere since the page was shown.
    stale: Option<SavedStep>,
    now: OffsetDateTime,
}

impl StepPage {
    /// What is saved, when it is not what the page shows.
    fn saved_elsewhere(&self) -> Option<Section> {
        self.stale.as_ref().map(|saved| Section::of_draft(self.step, &saved.fields))
    }

    /// « Enregistré à 14 h 03 », or the day when it was another.
    fn saved_line(&self) -> Option<String> {
        self.draft.saved(self.step).map(|saved| {
            if calendar::paris_date(saved.saved_at) == calendar::paris_date(self.now) {
                format!("Enregistré à {}", calendar::time_of_day(saved.saved_at))
            } else {
                format!("Enregistré le {}", calendar::day(saved.saved_at))
            }
        })
    }
}

fn legal_choices() -> [(&'static str, &'static str, &'static str); 2] {
    [
        (ARRETE_2018, "L’arrêté du 8\u{a0}novembre 2018 relatif à FranceConnect", "Le cas de presque toutes les administrations"),
        (OTHER, "Un autre texte", "Loi, décret, arrêté ou délibération propre à votre service"),
    ]
}

fn levels() -> [(String, &'static str, &'static str); 2] {
    [AssuranceLevel::Low, AssuranceLevel::Substantial].map(|level| (level.to_string(), level.label(), level.hint()))
}

fn vendor_roles() -> [(String, &'static str, &'static str); 2] {
    [VendorRole::Processor, VendorRole::SoftwareOnly].map(|role| (role.to_string(), role.label(), role.hint()))
}

fn contacts() -> [ContactFields; 3] {
    [DATA_CONTROLLER, DPO, TECHNICAL_CONTACT]
}

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// Present when the page must show what is missing.
    verifier: Option<String>,
}

pub(super) async fn show(
    own: OwnApplication,
    State(state): State<AppState>,
    Path((_, slug)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> Result<Response, Problem> {
    let step = Step::from_slug(&slug).ok_or(Problem::NotFound)?;
    if !matches!(own.application.state, Status::Draft | Status::ChangesRequested) {
        return Ok(Redirect::to(&format!("/demandes/{}", own.application.id.0)).into_response());
    }
    let mut page = prepare(&state, own.application, step, frame).await?;
    let mut transaction = state.db.begin().await?;
    let kept = accounts::take_kept_form(&mut transaction, own.applicant.person().account, &page.frame.path).await?;
    transaction.commit().await?;
    if let Some(kept) = kept {
        page.form = kept;
        page.frame.notice.get_or_insert_with(|| crate::web::Notice {
            sentence: "Votre session avait expiré : voici ce que vous étiez en train de saisir. Enregistrez-le pour le garder.".into(),
        });
    } else if asked.verifier.is_some() {
        page.draft.form.check(step, &mut page.form);
    }
    page.form.warn_of_personal_traces(&step.fields());
    Ok(Page(page).into_response())
}

pub(super) async fn save(
    own: OwnApplication,
    State(state): State<AppState>,
    Path((_, slug)): Path<(String, String)>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let step = Step::from_slug(&slug).ok_or(Problem::NotFound)?;
    let here = format!("/demandes/{}/{}", own.application.id.0, step.slug());
    let contact = form.value("moi").to_owned();
    if let Some(fields) = [DATA_CONTROLLER, DPO, TECHNICAL_CONTACT].iter().find(|fields| fields.prefix == contact) {
        fields.fill(&mut form, own.applicant.person());
    }
    let shown = form.value("revision").parse().unwrap_or(0);
    let mut transaction = state.db.begin().await?;
    let saving = save_step(&mut transaction, &own.applicant, own.application.id, step, &mut form, shown, state.clock.now()).await?;
    transaction.commit().await?;
    let goes_on = form.value("suite") == "continuer";
    if matches!(saving, Saving::Saved) && !goes_on {
        let anchor = if contact.is_empty() { String::new() } else { format!("#{contact}") };
        return Ok(Redirect::to(&format!("{here}{anchor}")).into_response());
    }
    let mut page = prepare(&state, own.application, step, frame).await?;
    if matches!(saving, Saving::Saved) {
        page.draft.form.check(step, &mut form);
        if form.is_valid() {
            form.warn_of_personal_traces(&step.fields());
            let to = after(&page.application, &page.draft, step, &form, &session).await?;
            return Ok(Redirect::to(&to).into_response());
        }
    }
    page.form = form;
    let status = match saving {
        Saving::Stale(saved) => {
            page.stale = Some(saved);
            StatusCode::CONFLICT
        }
        Saving::Saved | Saving::Refused => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, Page(page)).into_response())
}

/// Where the person goes once a step is complete: the next one, or the summary when only reading is left. The summary tells what to look
/// at again; elsewhere the first warning goes along.
async fn after(application: &Application, draft: &Draft, step: Step, form: &Fields, session: &Session) -> Result<String, Problem> {
    let base = format!("/demandes/{}", application.id.0);
    Ok(match (draft.form.next(step), draft.first_unfinished()) {
        (_, None) => {
            tell(session, "Tout est rempli. Relisez votre demande, puis déposez-la.").await?;
            format!("{base}/recapitulatif")
        }
        (Some(next), Some(_)) => {
            if let Some(warning) = form.warnings().first() {
                let field = format!("«\u{a0}{}\u{a0}», champ «\u{a0}{}\u{a0}»", step.title(), warning.label);
                tell(session, format!("Enregistré. À relire dans {field}. {}", warning.sentence)).await?;
            }
            format!("{base}/{}", next.slug())
        }
        (None, Some(_)) => format!("{base}/recapitulatif"),
    })
}

async fn prepare(state: &AppState, application: Application, step: Step, frame: Frame) -> Result<StepPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let organisation = behalf::find_organisation_of(&mut connection, &application).await?;
    let draft = find_draft(&mut connection, application.id).await?;
    if !draft.form.steps().contains(&step) {
        return Err(Problem::NotFound);
    }
    let asked = if application.state == Status::ChangesRequested { last_request(&mut connection, &application).await? } else { None };
    let mut proposals = Vec::new();
    if step == Step::Contacts {
        proposals = behalf::find_client_news(&mut connection, application.id).await?.1;
    }
    Ok(StepPage {
        frame,
        organisation,
        step,
        form: draft.fields(step),
        revision: draft.revision(step),
        draft,
        asked,
        proposals,
        stale: None,
        now: state.clock.now(),
        application,
    })
}

/// What a reviewer asked last, from the journal.
pub(super) async fn last_request(connection: &mut sqlx::PgConnection, application: &Application) -> Result<Option<String>, Problem> {
    let entries = journal::find_of_application(connection, application.id).await?;
    Ok(entries.into_iter().rev().find_map(|entry| match entry.event {
        Event::ChangesRequested { message, .. } => Some(message),
        _ => None,
    }))
}

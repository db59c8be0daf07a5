//! `/demandes/{numero}/{etape}`: a step, saved with its gaps, checked when the person goes on.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use time::OffsetDateTime;
use tower_sessions::Session;

use super::{
    autosave,
    conflict::{self, ConflictPage},
    extract::EditableApplication,
    files::change_files,
    filling,
    step_choices::{contacts, legal_choices, levels, protection_roles, vendor_roles},
};
use crate::{
    AppState, accounts,
    applications::{
        Act, Application, Asked, Conflict, Draft, Group, Kind, Lineage, Proposal, SCOPES, Saving, State as Status, Step,
        assurance::{ASSURANCE_LEVEL, REASON},
        behalf,
        case::{address_change, baseline, commitments, contribution, country, hosting, identity_text},
        contacts::{PROTECTION_ROLE, REFERENT_REASON},
        find_draft, find_lineage,
        known_contacts::{self, KnownContacts, store::find_known_contacts},
        legal_basis::{ARRETE_2018_URL, CHOICE, DOCUMENTS, NATURE, URL as LEGAL_URL},
        mandate::{DOCUMENT as MANDATE_DOCUMENT, REFERENCE as MANDATE_REFERENCE, ROLE as MANDATE_ROLE, SIGNED_ON as MANDATE_SIGNED_ON},
        personal_data::{RECIPIENTS, RETENTION_END, RETENTION_MONTHS, RETENTION_REASON},
        save_step,
        service::{DESCRIPTION, MOCKUPS, NAME, PLANNED_ON, URL, YEARLY_VOLUME},
    },
    calendar,
    criteria::{self, Finding, Hint},
    fields::Fields,
    ids::AccountId,
    journal,
    organisations::Organisation,
    problem::Problem,
    web::{Frame, Page, Upload, filters, tell, wants_json},
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
    asked: Option<Asked>,
    /// The demande whose content it took over.
    lineage: Lineage,
    /// What the page shows is saved nowhere yet.
    unsaved: bool,
    /// Who is before the page.
    editor: AccountId,
    /// Whom the contacts may name again.
    known: KnownContacts,
    /// What the client's people propose of themselves, on the step of the contacts.
    proposals: Vec<Proposal>,
    now: OffsetDateTime,
}

impl StepPage {
    /// The address of the demande.
    fn base(&self) -> String {
        format!("/demandes/{}", self.application.id.0)
    }

    fn is_candidature(&self) -> bool {
        self.draft.form.kind == Kind::Experiment
    }

    fn legal_choices(&self) -> [(&'static str, &'static str, &'static str); 2] {
        legal_choices(self.draft.form.kind.is_private())
    }

    /// The sector that the register's facts evoke.
    fn hint(&self) -> Option<Hint> {
        self.organisation.facts.as_ref().and_then(criteria::sector_hint)
    }

    /// What the register says of the years of activity.
    fn seniority(&self) -> Option<Finding> {
        self.organisation.facts.as_ref().map(|facts| criteria::seniority(facts, calendar::paris_day(self.now)))
    }

    fn is_own(&self) -> bool {
        self.application.applicant == self.editor
    }

    /// The page as it is shown, with each point asked beside its field and what deserves a second look.
    fn looked_over(mut self) -> Self {
        if let Some(asked) = &self.asked {
            asked.note(self.step, &mut self.form);
        }
        self.form.warn_of_personal_traces(&self.step.free_fields());
        self
    }

    /// « Enregistré à 14 h 03 », or the day when it was another; by whom, when it was somebody else.
    fn saved_line(&self) -> String {
        let saved = self.draft.saved(self.step);
        let line = saved.map(|saved| {
            let when = saved.line(self.now);
            if saved.saved_by == self.editor { when } else { format!("{when} par {}", saved.saved_by_name) }
        });
        line.unwrap_or_default()
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Checked {
    /// Present when the page must show what is missing.
    verifier: Option<String>,
}

pub(super) async fn show(
    editable: EditableApplication,
    State(state): State<AppState>,
    Path((_, slug)): Path<(String, String)>,
    Query(checked): Query<Checked>,
    frame: Frame,
) -> Result<Response, Problem> {
    let step = Step::from_slug(&slug).ok_or(Problem::NotFound)?;
    if !editable.application.state.allows(Act::Edit) {
        return Ok(Redirect::to(&format!("/demandes/{}", editable.application.id.0)).into_response());
    }
    let mut page = prepare(&state, &editable, step, frame).await?;
    let mut transaction = state.db.begin().await?;
    let kept = accounts::take_kept_form(&mut transaction, editable.editor.person().account, &page.frame.path).await?;
    transaction.commit().await?;
    if let Some(kept) = kept {
        match page.draft.saved(step).cloned() {
            // Somebody saved the step while the person was signing in again.
            Some(saved) if conflict::is_one(step, &kept, &saved) => {
                return Ok(ConflictPage::new(page.frame, page.application, step, kept, saved, page.editor, page.now).into_response());
            }
            Some(saved) if Conflict::between(&step.fields(), &kept, &saved.fields).is_empty() => {}
            _ => {
                page.form = kept;
                page.unsaved = true;
                page.frame.notice.get_or_insert_with(|| crate::web::Notice {
                    sentence:
                        "Votre session avait expiré\u{a0}: voici ce que vous étiez en train de saisir. Enregistrez-le pour le garder."
                            .into(),
                });
            }
        }
    } else if checked.verifier.is_some() {
        page.draft.form.check(step, &mut page.form);
    }
    Ok(Page(page.looked_over()).into_response())
}

pub(super) async fn save(
    editable: EditableApplication,
    State(state): State<AppState>,
    Path((_, slug)): Path<(String, String)>,
    session: Session,
    headers: HeaderMap,
    frame: Frame,
    Upload { fields: mut form, files }: Upload,
) -> Result<Response, Problem> {
    let step = Step::from_slug(&slug).ok_or(Problem::NotFound)?;
    let (by, now) = (editable.editor.person().account, state.clock.now());
    let here = format!("/demandes/{}/{}", editable.application.id.0, step.slug());
    let filled = filling::fill(&state, &editable, &mut form).await?;
    let shown = form.value("revision").parse().unwrap_or(0);
    let mut transaction = state.db.begin().await?;
    if let Some(saved) = conflict::settle(&mut transaction, editable.application.id, step, &mut form).await? {
        return Ok(ConflictPage::new(frame, editable.application, step, form, saved, by, now).into_response());
    }
    let saving = save_step(&mut transaction, &editable.editor, editable.application.id, step, &mut form, shown, now).await?;
    let draft = find_draft(&mut transaction, editable.application.id).await?;
    if matches!(saving, Saving::Saved) {
        // What a session that had ended left behind is older than what is saved now.
        accounts::take_kept_form(&mut transaction, by, &here).await?;
    }
    transaction.commit().await?;
    if wants_json(&headers) {
        return Ok(autosave::answer(&saving, draft.saved(step), &form, now));
    }
    // The text is safe before the files are looked at: whatever is wrong with them loses none of it.
    let changed = change_files(&state, &editable, step, &mut form, files).await?;
    if let Saving::Stale(saved) = saving {
        return Ok(ConflictPage::new(frame, editable.application, step, form, saved, by, now).into_response());
    }
    let goes_on = form.value("suite") == "continuer";
    if matches!(saving, Saving::Saved) && !goes_on && form.is_valid() {
        let part = filled.or_else(|| changed.map(|field| field.name.to_owned()));
        let anchor = part.map(|part| format!("#{part}")).unwrap_or_default();
        return Ok(Redirect::to(&format!("{here}{anchor}")).into_response());
    }
    let mut page = prepare(&state, &editable, step, frame).await?;
    if matches!(saving, Saving::Saved) && goes_on {
        page.draft.form.check(step, &mut form);
        if form.is_valid() {
            form.warn_of_personal_traces(&step.free_fields());
            let to = after(&page.application, &page.draft, step, &form, &session).await?;
            return Ok(Redirect::to(&to).into_response());
        }
    }
    page.form = form;
    page.unsaved = matches!(saving, Saving::Refused);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page.looked_over())).into_response())
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

async fn prepare(state: &AppState, editable: &EditableApplication, step: Step, frame: Frame) -> Result<StepPage, Problem> {
    let (application, editor) = (editable.application.clone(), editable.editor.person().account);
    let mut connection = state.db.acquire().await?;
    let organisation = behalf::find_organisation_of(&mut connection, &application).await?;
    let draft = find_draft(&mut connection, application.id).await?;
    if !draft.form.steps().contains(&step) {
        return Err(Problem::NotFound);
    }
    let asked = last_request(&mut connection, &application).await?;
    let known = match step {
        Step::Contacts => find_known_contacts(&mut connection, application.organisation, application.applicant).await?,
        _ => KnownContacts::default(),
    };
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
        lineage: find_lineage(&mut connection, application.id).await?,
        unsaved: false,
        editor,
        known,
        proposals,
        now: state.clock.now(),
        application,
    })
}

/// What a reviewer asked last, from the journal, while the demande is back with its applicant.
pub(super) async fn last_request(connection: &mut sqlx::PgConnection, application: &Application) -> Result<Option<Asked>, Problem> {
    if application.state != Status::ChangesRequested {
        return Ok(None);
    }
    Ok(Asked::last(&journal::find_of_application(connection, application.id).await?))
}

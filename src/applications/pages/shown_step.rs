//! `/instruction/etapes`: every step of every kind of demande, as its applicant sees it, for the team to read.

use askama::Template;
use axum::extract::{Path, State};
use time::OffsetDateTime;

use super::step_choices::{contacts, legal_choices, levels, protection_roles, vendor_roles};
use crate::{
    AppState,
    accounts::Staff,
    applications::{
        Draft, Form, Group, Kind, Preset, SCOPES, Step,
        assurance::{ASSURANCE_LEVEL, REASON},
        case::{address_change, baseline, commitments, contribution, country, hosting, identity_text},
        contacts::{PROTECTION_ROLE, REFERENT_REASON},
        known_contacts::{self, KnownContacts},
        legal_basis::{ARRETE_2018_URL, CHOICE, DOCUMENTS, NATURE, URL as LEGAL_URL},
        mandate::{DOCUMENT as MANDATE_DOCUMENT, REFERENCE as MANDATE_REFERENCE, ROLE as MANDATE_ROLE, SIGNED_ON as MANDATE_SIGNED_ON},
        personal_data::{RECIPIENTS, RETENTION_END, RETENTION_MONTHS, RETENTION_REASON},
        service::{DESCRIPTION, MOCKUPS, NAME, PLANNED_ON, URL, YEARLY_VOLUME},
    },
    calendar,
    criteria::{self, Finding, Hint},
    experimentation,
    fields::Fields,
    organisations::LegalEntity,
    problem::Problem,
    web::{Audience, Frame, Page, Routes, filters},
};

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Staff, "/instruction/etapes", list).get(Audience::Staff, "/instruction/etapes/{type}/{etape}", show)
}

#[derive(Debug, Template)]
#[template(path = "applications/shown_steps.html")]
struct ListPage {
    frame: Frame,
    forms: Vec<(&'static Preset, Form)>,
}

async fn list(_: Staff, frame: Frame) -> Page<ListPage> {
    Page(ListPage { frame, forms: Preset::all().iter().map(|preset| (preset, Form::of(preset.kind))).collect() })
}

/// What the steps say of a demande or of its organisation.
#[derive(Debug)]
struct Sample {
    kind: Kind,
    name: &'static str,
    facts: Option<LegalEntity>,
}

#[derive(Debug, Template)]
#[template(path = "applications/shown_step.html")]
struct ShownPage {
    frame: Frame,
    preset: &'static Preset,
    step: Step,
    draft: Draft,
    form: Fields,
    application: Sample,
    organisation: Sample,
    known: KnownContacts,
    now: OffsetDateTime,
}

impl ShownPage {
    /// Where files would be; none is.
    fn base(&self) -> String {
        format!("/instruction/etapes/{}", self.preset.slug)
    }

    fn is_candidature(&self) -> bool {
        self.application.kind == Kind::Experiment
    }

    fn legal_choices(&self) -> [(&'static str, &'static str, &'static str); 2] {
        legal_choices(self.application.kind.is_private())
    }

    /// What the register's facts evoke; none is known of an organisation that is nobody's.
    fn hint(&self) -> Option<Hint> {
        self.organisation.facts.as_ref().and_then(criteria::sector_hint)
    }

    /// Likewise.
    fn seniority(&self) -> Option<Finding> {
        self.organisation.facts.as_ref().map(|facts| criteria::seniority(facts, calendar::paris_day(self.now)))
    }
}

async fn show(
    _: Staff,
    Path((preset, slug)): Path<(String, String)>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<ShownPage>, Problem> {
    let preset = Preset::named(&preset).ok_or(Problem::NotFound)?;
    let mut form = form_of(&state, preset, state.clock.now()).await?;
    form.prefilled = preset.prefilled(&Fields::default(), None);
    let step = Step::from_slug(&slug).filter(|step| *step == Step::Mandate || form.steps().contains(step)).ok_or(Problem::NotFound)?;
    let draft = Draft::new(form, [], Vec::new());
    let sample = || Sample { kind: preset.kind, name: "l’organisme du client", facts: None };
    Ok(Page(ShownPage {
        frame,
        preset,
        step,
        form: draft.fields(step),
        draft,
        application: sample(),
        organisation: sample(),
        known: KnownContacts::default(),
        now: state.clock.now(),
    }))
}

/// The form of a preset on that day; a candidature answers the campaign that receives them, if one does, and is asked for its evidence.
async fn form_of(state: &AppState, preset: &Preset, now: OffsetDateTime) -> Result<Form, Problem> {
    let mut form = Form::of(preset.kind);
    if preset.kind == Kind::Experiment {
        form.asks_evidence = true;
        let mut connection = state.db.acquire().await?;
        if let Some(campaign) = experimentation::find_receiving(&mut connection, calendar::paris_day(now)).await? {
            form.campaign = Some(experimentation::find_campaign(&mut connection, campaign).await?);
        }
    }
    Ok(form)
}

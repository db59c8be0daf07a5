//! `/instruction/{numero}`: everything a reviewer needs on one calm page.

use askama::Template;
use axum::extract::{Query, State};
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    examining::{self, Examination, NOTE},
    extract::Dossier,
    queue::neighbours::Place,
};
use crate::{
    AppState,
    accounts::{self, Reviewer, Staff},
    applications::{self, Application, Asked, Comparison, Lineage, Objection, Proposal, Scope, Section, State as Status, Step, Version},
    attachments::Attachment,
    authorizations::{self, State as RightState},
    calendar,
    criteria::Outcome,
    experimentation,
    ids::ApplicationId,
    ids::AuthorizationId,
    journal::{self, Entry, Event},
    messages::Side,
    organisations::{self, Identity, Membership, Representation},
    problem::Problem,
    review::{
        Decision,
        beside::{self, Fact, Relation, Tie},
        clock::{ClockWords, told_to_team},
        closing::{Reminding, Stage, Unanswered, find_unanswered, reminded_on},
        decisions::{self, Prepared},
        find_last_decision,
        notes::Note,
        opinions::{Earlier as EarlierOpinion, Standing},
        silence::{Aftermath, Reasons, find_aftermath},
    },
    web::{Frame, Notice, Page, filters},
};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Shown {
    pub version: Option<i32>,
    /// The list it is opened from.
    pub liste: Option<String>,
}

#[derive(Debug, Template)]
#[template(path = "review/dossier.html")]
pub(super) struct DossierPage {
    frame: Frame,
    application: Application,
    /// Where a candidature stands in the line of its campaign, and what the decision on it would do to the places, while it has one reserved.
    in_line: (Option<experimentation::Standing>, Option<experimentation::Prospect>),
    version: Version,
    identity: Identity,
    /// The register beside what is declared.
    facts: Vec<Fact>,
    /// Who the organisation is today, when the register has told something else since.
    since: Option<Identity>,
    /// Other dossiers that bear on this one.
    relations: Vec<Relation>,
    is_awaited: bool,
    versions: Vec<Version>,
    earlier: Earlier,
    /// The last two versions, where there are two and the last one is read.
    changes: Option<Comparison>,
    /// What was asked of the version before the last, while it is the one that was answered.
    asked: Option<Asked>,
    sections: Vec<Section>,
    membership: Option<Membership>,
    /// What vendors declared between this organisation and those the applicant is a verified member of.
    representations: Vec<Representation>,
    lineage: Lineage,
    /// What the client answers to a demande filed for it.
    objections: Vec<Objection>,
    proposals: Vec<Proposal>,
    decision: Option<Decision>,
    /// The decision that is being written on the current version.
    preparing: Option<Prepared>,
    authorization: Option<AuthorizationId>,
    /// Whether that right may be used.
    right_state: Option<RightState>,
    journal: Vec<Entry>,
    /// Where the legal clock stands.
    clock: Option<ClockWords>,
    /// What follows what silence decided.
    aftermath: Option<Aftermath>,
    /// What a demande sent back waits for.
    unanswered: Option<Unanswered>,
    /// When the team last reminded its applicant.
    reminded_on: Option<Date>,
    today: Date,
    can_decide: bool,
    /// Messages of the applicant's side the reader has not seen, nor anybody of the team answered.
    unread: i64,
    /// Who files the demande today, when they did not hand in the version.
    followed_by: Option<String>,
    /// Opinions and notes.
    pub examination: Examination,
    /// Who answers for it, who reads it, what stands around it in the list.
    place: Place,
    now: OffsetDateTime,
}

/// The files of the version before the one shown.
#[derive(Debug, Default)]
struct Earlier {
    /// Its number; 0 when there is none.
    version: i32,
    files: Vec<Attachment>,
}

impl DossierPage {
    /// The Paris date, as templates hand it on.
    fn today(&self) -> Date {
        self.today
    }

    /// The reasons of a rejection silence gave, once asked.
    fn asked_reasons(&self) -> Option<&Reasons> {
        self.aftermath.as_ref().and_then(Aftermath::reasons)
    }

    /// Silence accepted it: it can only be signed.
    fn is_accepted(&self) -> bool {
        self.aftermath.as_ref().is_some_and(Aftermath::waits_for_a_signature)
    }

    /// Where the reminders of its applicant stand, and its closing, while it waits for them.
    fn standing(&self) -> Option<(Reminding, Stage)> {
        self.unanswered.map(|unanswered| (unanswered.reminding(self.reminded_on, self.today), unanswered.stage(self.today)))
    }

    /// What is said of the right while a change of it is asked.
    fn right_stays(&self) -> &'static str {
        self.right_state.map_or("", RightState::while_changed)
    }

    /// The address of the dossier.
    fn base(&self) -> String {
        format!("/instruction/{}", self.application.id.0)
    }

    /// How many dossiers are of the same legal unit, in words.
    fn same_siren(&self) -> String {
        match self.relations.iter().filter(|relation| relation.tie == Tie::SameSiren).count() {
            0 => "Aucun autre dossier".into(),
            1 => "Un autre dossier".into(),
            count => format!("{count} autres dossiers"),
        }
    }

    /// « 7 conformes ».
    fn passed(&self) -> String {
        match self.version.findings.iter().filter(|finding| finding.outcome == Outcome::Pass).count() {
            0 => "Aucun conforme".into(),
            1 => "1 conforme".into(),
            count => format!("{count} conformes"),
        }
    }

    fn may_be_struck(&self, note: &Note) -> bool {
        note.may_be_struck(self.examination.reader.account, self.now)
    }

    fn is_current(&self) -> bool {
        self.version.number == self.application.version
    }

    /// Whether a signed decision waits for its letters to leave.
    fn is_signed(&self) -> bool {
        self.preparing.as_ref().is_some_and(|prepared| prepared.signature.is_some())
    }

    fn days(&self) -> i64 {
        self.application.received_at.map_or(0, |at| calendar::days_between(at, self.now))
    }
}

/// What the current version is compared with: the one before when it answers a request, the one granted when it changes it.
fn compared_with<'a>(application: &Application, version: &Version, versions: &'a [Version], asked: Option<&Asked>) -> Option<&'a Version> {
    if version.number != application.version {
        return None;
    }
    let before = versions.iter().find(|other| other.number < version.number)?;
    let answers = asked.is_some_and(|asked| asked.version == before.number);
    let granted = application.reopened_from.filter(|granted| *granted < version.number && !answers);
    granted.map_or(Some(before), |granted| versions.iter().find(|other| other.number == granted))
}

impl Earlier {
    /// Of the version before that one, if there is one.
    fn of(versions: &[Version], number: i32) -> Self {
        let before = versions.iter().find(|version| version.number == number - 1);
        before.map(|version| Self { version: version.number, files: version.files.clone() }).unwrap_or_default()
    }
}

pub(super) async fn show(
    staff: Staff,
    reviewer: Option<Reviewer>,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    Query(shown): Query<Shown>,
    frame: Frame,
) -> Result<Page<DossierPage>, Problem> {
    let kept = examining::kept(&state, &staff, &application).await?;
    let mut page = prepare(&state, &staff, reviewer.as_ref(), application, &shown, frame).await?;
    if let Some(kept) = kept {
        page.examination.form = kept;
        page.frame.notice.get_or_insert_with(|| Notice {
            sentence:
                "Votre session avait expiré\u{a0}: voici la note que vous écriviez, en bas de ce dossier. Elle n’a pas été enregistrée."
                    .into(),
        });
    }
    Ok(Page(page))
}

/// The journal of a demande, oldest first. What the applicant types before handing in is the applicant's.
async fn journal_for_team(connection: &mut PgConnection, id: ApplicationId) -> Result<Vec<Entry>, Problem> {
    let mut journal = journal::find_of_application(connection, id).await?;
    journal.retain(|entry| !entry.event.is_of_the_draft());
    Ok(journal)
}

/// The whole dossier of a version, the current one when none is named.
pub(super) async fn prepare(
    state: &AppState,
    staff: &Staff,
    reviewer: Option<&Reviewer>,
    application: Application,
    shown: &Shown,
    frame: Frame,
) -> Result<DossierPage, Problem> {
    let place = Place::find(state, staff, application.id, shown.liste.as_deref()).await?;
    let mut connection = state.db.acquire().await?;
    let versions = applications::find_versions(&mut connection, application.id).await?;
    let wanted = shown.version.unwrap_or(application.version);
    let version = versions.iter().find(|version| version.number == wanted).cloned().ok_or(Problem::NotFound)?;
    let mut journal = journal_for_team(&mut connection, application.id).await?;
    let asked = Asked::last(&journal);
    let changes = compared_with(&application, &version, &versions, asked.as_ref()).map(|previous| Comparison::of(previous, &version));
    let asked = asked.filter(|asked| changes.as_ref().is_some_and(|changes| changes.before == asked.version));
    journal.reverse();
    let standing = organisations::find_standing(&mut connection, application.organisation).await?;
    let followed_by = accounts::find_person(&mut connection, application.applicant).await?.map(|applicant| applicant.full_name());
    let known = organisations::find(&mut connection, application.organisation).await?;
    let (objections, proposals) = applications::find_client_news(&mut connection, application.id).await?;
    let membership = organisations::find_membership(&mut connection, application.applicant, application.organisation).await?;
    let since = (known.facts.is_some() && known.differs_from(&version.organisation)).then(|| Identity::from(&known));
    let identity = Identity::of(&version.organisation, standing);
    let declared = membership.as_ref().and_then(|it| it.declared_name.as_deref());
    let facts = beside::facts(application.kind, &version, &identity, since.as_ref(), declared);
    let today = calendar::paris_date(state.clock.now());
    let authorization = authorizations::find_of_application(&mut connection, application.id).await?;
    Ok(DossierPage {
        frame,
        earlier: Earlier::of(&versions, wanted),
        in_line: experimentation::find_place_in_line(&mut connection, application.id).await?,
        identity,
        facts,
        since,
        relations: beside::find_relations(&mut connection, application.id, version.number).await?,
        examination: Examination::of(&mut connection, staff.person(), &application, &version).await?,
        is_awaited: standing.is_awaited(),
        sections: Section::of_content(&version.content),
        membership,
        representations: organisations::find_representations_with(&mut connection, application.organisation, application.applicant).await?,
        lineage: applications::find_lineage(&mut connection, application.id).await?.as_others_know_it(),
        objections,
        proposals,
        decision: find_last_decision(&mut connection, application.id).await?,
        preparing: decisions::find_prepared(&mut connection, application.id).await?.filter(|it| it.version == application.version),
        right_state: authorizations::find_state(&mut connection, authorization).await?,
        authorization,
        reminded_on: reminded_on(&journal, application.version),
        journal,
        clock: told_to_team(applications::find_clock(&mut connection, application.id).await?, application.is_change(), today),
        aftermath: find_aftermath(&mut connection, &application).await?,
        unanswered: find_unanswered(&mut connection, &application).await?,
        today,
        can_decide: reviewer.is_some(),
        unread: super::messages::unread(state, Side::Team, staff.person(), &application).await?,
        followed_by: followed_by.filter(|name| *name != version.submitted_by),
        place,
        now: state.clock.now(),
        changes,
        asked,
        application,
        version,
        versions,
    })
}

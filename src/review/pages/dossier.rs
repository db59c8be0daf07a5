//! `/instruction/{numero}`: everything a reviewer needs on one calm page.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use time::OffsetDateTime;

use super::extract::Dossier;
use crate::{
    AppState,
    accounts::{self, Reviewer, Staff},
    applications::{self, Application, Asked, Comparison, Lineage, Objection, Proposal, Scope, Section, State as Status, Step, Version},
    attachments::Attachment,
    authorizations, calendar,
    ids::AuthorizationId,
    journal::{self, Entry, Event},
    messages::Side,
    organisations::{self, Identity, Membership, Representation},
    problem::Problem,
    review::{Decision, store},
    web::{Frame, Page, filters},
};

#[derive(Debug, Deserialize)]
pub(super) struct Shown {
    pub version: Option<i32>,
}

#[derive(Debug, Template)]
#[template(path = "review/dossier.html")]
pub(super) struct DossierPage {
    frame: Frame,
    application: Application,
    version: Version,
    identity: Identity,
    /// What the register says since, when it differs from the version.
    since: Option<Identity>,
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
    authorization: Option<AuthorizationId>,
    journal: Vec<Entry>,
    can_decide: bool,
    /// Messages of the applicant's side the reader has not seen, nor anybody of the team answered.
    unread: i64,
    /// Who files the demande today, when they did not hand in the version.
    followed_by: Option<String>,
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
    /// The address of the dossier.
    fn base(&self) -> String {
        format!("/instruction/{}", self.application.id.0)
    }

    fn is_current(&self) -> bool {
        self.version.number == self.application.version
    }

    fn days(&self) -> i64 {
        self.application.received_at.map_or(0, |at| calendar::days_between(at, self.now))
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
    let unread = super::messages::unread(&state, Side::Team, staff.person(), &application).await?;
    let mut connection = state.db.acquire().await?;
    let versions = applications::find_versions(&mut connection, application.id).await?;
    let wanted = shown.version.unwrap_or(application.version);
    let version = versions.iter().find(|version| version.number == wanted).cloned().ok_or(Problem::NotFound)?;
    let earlier = versions
        .iter()
        .find(|version| version.number == wanted - 1)
        .map(|version| Earlier { version: version.number, files: version.files.clone() })
        .unwrap_or_default();
    let mut journal = journal::find_of_application(&mut connection, application.id).await?;
    // What the applicant types before handing in is the applicant's.
    journal.retain(|entry| !entry.event.is_of_the_draft());
    let previous = versions.get(1).filter(|_| version.number == application.version);
    let changes = previous.map(|previous| Comparison::of(previous, &version));
    let asked = Asked::last(&journal).filter(|asked| changes.as_ref().is_some_and(|changes| changes.before == asked.version));
    journal.reverse();
    let standing = organisations::find_standing(&mut connection, application.organisation).await?;
    let followed_by = accounts::find_person(&mut connection, application.applicant).await?.map(|applicant| applicant.full_name());
    let known = organisations::find(&mut connection, application.organisation).await?;
    let (objections, proposals) = applications::find_client_news(&mut connection, application.id).await?;
    let since = known.facts.is_some() && known.differs_from(&version.organisation);
    Ok(Page(DossierPage {
        frame,
        identity: Identity::of(&version.organisation, standing),
        since: since.then(|| Identity::from(&known)),
        is_awaited: standing.is_awaited(),
        sections: Section::of_content(&version.content),
        membership: organisations::find_membership(&mut connection, application.applicant, application.organisation).await?,
        representations: organisations::find_representations_with(&mut connection, application.organisation, application.applicant).await?,
        lineage: applications::find_lineage(&mut connection, application.id).await?.as_others_know_it(),
        objections,
        proposals,
        decision: store::find_last_decision(&mut connection, application.id).await?,
        authorization: authorizations::find_of_application(&mut connection, application.id).await?,
        journal,
        can_decide: reviewer.is_some(),
        unread,
        followed_by: followed_by.filter(|name| *name != version.submitted_by),
        now: state.clock.now(),
        changes,
        asked,
        application,
        version,
        versions,
        earlier,
    }))
}

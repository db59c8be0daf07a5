//! `/instruction/{numero}`: everything a reviewer needs on one calm page.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use time::OffsetDateTime;

use super::extract::Dossier;
use crate::{
    AppState,
    accounts::Reviewer,
    applications::{self, Application, Objection, Proposal, Scope, Section, State as Status, Step, Version},
    authorizations, calendar,
    ids::AuthorizationId,
    journal::{self, Entry, Event},
    organisations::{self, Identity, Membership, Representation},
    problem::Problem,
    review::{Decision, store},
    web::{Frame, Page, filters},
};

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    version: Option<i32>,
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
    sections: Vec<Section>,
    membership: Option<Membership>,
    /// What vendors declared between this organisation and those the applicant is a verified member of.
    representations: Vec<Representation>,
    /// What the client answers to a demande filed for it.
    objections: Vec<Objection>,
    proposals: Vec<Proposal>,
    decision: Option<Decision>,
    authorization: Option<AuthorizationId>,
    journal: Vec<Entry>,
    can_decide: bool,
    now: OffsetDateTime,
}

impl DossierPage {
    fn is_current(&self) -> bool {
        self.version.number == self.application.version
    }

    fn days(&self) -> i64 {
        self.application.received_at.map_or(0, |at| calendar::days_between(at, self.now))
    }
}

pub(super) async fn show(
    Dossier(application): Dossier,
    reviewer: Option<Reviewer>,
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> Result<Page<DossierPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let versions = applications::find_versions(&mut connection, application.id).await?;
    let wanted = asked.version.unwrap_or(application.version);
    let version = versions.iter().find(|version| version.number == wanted).cloned().ok_or(Problem::NotFound)?;
    let mut journal = journal::find_of_application(&mut connection, application.id).await?;
    // What the applicant types before handing in is the applicant's.
    journal.retain(|entry| !matches!(entry.event, Event::StepSaved { .. }));
    journal.reverse();
    let standing = organisations::find_standing(&mut connection, application.organisation).await?;
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
        objections,
        proposals,
        decision: store::find_last_decision(&mut connection, application.id).await?,
        authorization: authorizations::find_of_application(&mut connection, application.id).await?,
        journal,
        can_decide: reviewer.is_some(),
        now: state.clock.now(),
        application,
        version,
        versions,
    }))
}

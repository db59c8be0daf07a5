//! `/instruction/{numero}`: everything a reviewer needs on one calm page.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use time::OffsetDateTime;

use super::extract::Dossier;
use crate::{
    AppState,
    accounts::Reviewer,
    applications::{self, Application, Scope, Section, State as Status, Step, Version},
    authorizations, calendar,
    ids::AuthorizationId,
    journal::{self, Entry, Event},
    organisations::{self, Membership},
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
    versions: Vec<Version>,
    sections: Vec<Section>,
    membership: Option<Membership>,
    decision: Option<Decision>,
    authorization: Option<AuthorizationId>,
    journal: Vec<Entry>,
    can_decide: bool,
    now: OffsetDateTime,
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
    Ok(Page(DossierPage {
        frame,
        sections: Section::of_content(&version.content),
        membership: organisations::find_membership(&mut connection, application.applicant, application.organisation).await?,
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

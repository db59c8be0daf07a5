//! `/demandes/{numero}/versions`: two versions side by side, and what changed between them.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use sqlx::PgConnection;

use super::extract::ReadableApplication;
use crate::{
    AppState,
    applications::{Application, Comparison, Version, find_versions},
    problem::Problem,
    web::{Frame, Page, filters},
};

/// Which two; the last one and the one before it when nothing is asked.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Asked {
    de: Option<i32>,
    a: Option<i32>,
}

/// The page, for those who file and for the team alike.
#[derive(Debug, Template)]
#[template(path = "applications/versions.html")]
pub(crate) struct VersionsPage {
    frame: Frame,
    application: Application,
    /// Whether the team reads it.
    for_team: bool,
    versions: Vec<Version>,
    before: i32,
    after: i32,
    /// Nothing when the two are the same one.
    comparison: Option<Comparison>,
}

impl VersionsPage {
    /// Reads the versions asked for; whichever is named first, the older is compared with the newer.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for a version that does not exist; the database's.
    pub(crate) async fn prepare(
        connection: &mut PgConnection,
        application: Application,
        asked: Asked,
        for_team: bool,
        frame: Frame,
    ) -> Result<Self, Problem> {
        let versions = find_versions(connection, application.id).await?;
        let last = application.version;
        let (one, other) = (asked.de.unwrap_or_else(|| (last - 1).max(1)), asked.a.unwrap_or(last));
        let (before, after) = (one.min(other), one.max(other));
        let find = |number: i32| versions.iter().find(|version| version.number == number).ok_or(Problem::NotFound);
        let (older, newer) = (find(before)?, find(after)?);
        let comparison = (before != after).then(|| Comparison::of(older, newer));
        Ok(Self { frame, application, for_team, versions, before, after, comparison })
    }

    /// The address of what the versions are of.
    fn base(&self) -> String {
        format!("/{}/{}", if self.for_team { "instruction" } else { "demandes" }, self.application.id.0)
    }
}

pub(super) async fn show(
    readable: ReadableApplication,
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> Result<Page<VersionsPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    Ok(Page(VersionsPage::prepare(&mut connection, readable.application, asked, false, frame).await?))
}

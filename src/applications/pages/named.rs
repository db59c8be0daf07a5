//! `/demandes/{numero}/resume`: what somebody named in a demande sees of it.

use askama::Template;
use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
};

use super::extract::application_in_path;
use crate::{
    AppState,
    accounts::Applicant,
    applications::{Application, Section, Step, Version, find_version, named_as, store},
    config::DeskFacts,
    problem::Problem,
    web::{Audience, Frame, Page, Routes, filters},
};

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::SignedIn, "/demandes/{numero}/resume", show)
}

/// A demande whose last submitted version names the address of the visitor's account, which they proved is theirs. The next version may
/// name somebody else: there is nothing here for them any more.
#[derive(Debug)]
struct NamedIn {
    reader: Applicant,
    application: Application,
    version: Version,
    titles: Vec<&'static str>,
}

impl FromRequestParts<AppState> for NamedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let reader = Applicant::from_request_parts(parts, state).await?;
        let id = application_in_path(parts, state).await?;
        let mut connection = state.db.acquire().await?;
        let application = store::find(&mut connection, id).await?;
        let version = find_version(&mut connection, id, application.version).await?;
        let titles = named_as(&version.content.contacts, &reader.person().email);
        if titles.is_empty() { Err(Problem::NotFound) } else { Ok(Self { reader, application, version, titles }) }
    }
}

#[derive(Debug, Template)]
#[template(path = "applications/named.html")]
struct NamedPage {
    frame: Frame,
    application: Application,
    version: Version,
    titles: Vec<&'static str>,
    sections: Vec<Section>,
    desk: DeskFacts,
}

async fn show(named: NamedIn, State(state): State<AppState>, frame: Frame) -> Page<NamedPage> {
    let NamedIn { reader, application, version, titles } = named;
    let mut sections = Section::of_content(&version.content);
    for section in sections.iter_mut().filter(|section| section.step == Step::Contacts) {
        // How to reach the others is not theirs to read: a name and a title are enough.
        for line in &mut section.lines {
            if !line.value.contains(reader.person().email.as_str()) {
                line.value.truncate(line.value.find('\n').unwrap_or(line.value.len()));
            }
        }
    }
    Page(NamedPage { frame, application, version, titles, sections, desk: state.config.desk.clone() })
}

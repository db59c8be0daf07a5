//! `/demandes`: the demandes a person may read, their own first, of all their organisations or of one.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::{
    AppState,
    accounts::Applicant,
    applications::{Listed, State as Status, Turn, find_binned, store},
    ids::OrganisationId,
    organisations::{Affiliation, find_of_account},
    problem::Problem,
    web::{Frame, Page, filters},
};

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// The organisation to look at; all of them when absent or empty.
    #[serde(default)]
    organisme: String,
}

#[derive(Debug, Template)]
#[template(path = "applications/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    own: Vec<Listed>,
    of_colleagues: Vec<Listed>,
    organisations: Vec<Affiliation>,
    /// Whether drafts are in the bin.
    has_bin: bool,
    /// The only organisation whose demandes are shown.
    chosen: Option<Affiliation>,
}

impl ListPage {
    fn waiting(&self) -> usize {
        self.own.iter().filter(|listed| listed.application.state.turn() == Turn::Applicant).count()
    }

    fn shows(&self, affiliation: &Affiliation) -> bool {
        self.chosen.as_ref().is_some_and(|chosen| chosen.organisation.id == affiliation.organisation.id)
    }

    /// Where a demande is started, for the organisation that is shown.
    fn start(&self) -> String {
        self.chosen
            .as_ref()
            .map_or("/demandes/nouvelle".into(), |chosen| format!("/demandes/nouvelle?siret={}", chosen.organisation.siret.as_str()))
    }
}

pub(super) async fn show(
    applicant: Applicant,
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> Result<Page<ListPage>, Problem> {
    let account = applicant.person().account;
    let mut connection = state.db.acquire().await?;
    let organisations = find_of_account(&mut connection, account).await?;
    let chosen = match asked.organisme.as_str() {
        "" => None,
        typed => {
            let id = OrganisationId::parse(typed);
            let mine = organisations.iter().find(|affiliation| Some(affiliation.organisation.id) == id);
            Some(mine.cloned().ok_or(Problem::NotFound)?)
        }
    };
    let only = chosen.as_ref().map(|chosen| chosen.organisation.id);
    let listed = store::list_readable(&mut connection, account, only).await?;
    let has_bin = !find_binned(&mut connection, account).await?.is_empty();
    let (own, of_colleagues) = listed.into_iter().partition(|listed| listed.colleague.is_none());
    Ok(Page(ListPage { frame, own, of_colleagues, organisations, has_bin, chosen }))
}

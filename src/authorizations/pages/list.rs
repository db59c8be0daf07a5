//! `/habilitations`: those the visitor may read, the most recent first.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::{
    AppState,
    accounts::{Applicant, Staff},
    authorizations::{Filter, Granted, State as Status, Target, find_granted},
    ids::AuthorizationId,
    problem::Problem,
    web::{Frame, Page, filters},
};

/// Rights on one page.
const PAGE: usize = 50;

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    etat: String,
    #[serde(default)]
    apres: String,
}

#[derive(Debug, Template)]
#[template(path = "authorizations/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    typed: String,
    state: Option<Status>,
    /// Why nothing was looked for.
    refusal: Option<String>,
    rows: Vec<Granted>,
    is_first_page: bool,
    next: Option<AuthorizationId>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
impl ListPage {
    /// Keeps what was searched in the links of the page.
    fn address(&self, state: Option<&Status>, after: Option<&AuthorizationId>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !self.typed.is_empty() {
            query.append_pair("q", &self.typed);
        }
        if let Some(state) = state {
            query.append_pair("etat", &state.to_string());
        }
        if let Some(id) = after {
            query.append_pair("apres", &id.to_string());
        }
        format!("/habilitations?{}", query.finish())
    }

    fn is_narrowed(&self) -> bool {
        !self.typed.is_empty() || self.state.is_some()
    }

    fn is(&self, state: &Status) -> bool {
        self.state.as_ref() == Some(state)
    }
}

pub(super) async fn show(
    applicant: Applicant,
    staff: Option<Staff>,
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> Result<Page<ListPage>, Problem> {
    let filter = Filter {
        reader: staff.is_none().then(|| applicant.person().account),
        target: Target::parse(&asked.q),
        state: asked.etat.parse().ok(),
        after: AuthorizationId::parse(&asked.apres),
    };
    let mut rows = find_granted(&mut *state.db.acquire().await?, &filter, PAGE).await?;
    let follows = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().map(|row| row.id).filter(|_| follows);
    let refusal = filter.target.refusal();
    Ok(Page(ListPage { frame, refusal, typed: asked.q, state: filter.state, rows, is_first_page: filter.after.is_none(), next }))
}

//! `/habilitations`: the rights granted, one page each.

use askama::Template;
use axum::extract::{Path, State};

use super::{Authorization, store};
use crate::{
    AppState,
    accounts::{Applicant, Staff},
    applications::Section,
    ids::AuthorizationId,
    organisations::find_membership,
    problem::Problem,
    web::{Audience, Frame, Page, Routes, filters},
};

/// Rights shown on one page.
const MOST: i64 = 200;

/// The routes of this slice.
pub fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::SignedIn, "/habilitations", list).get(Audience::SignedIn, "/habilitations/{numero}", show)
}

#[derive(Debug, Template)]
#[template(path = "authorizations/list.html")]
struct ListPage {
    frame: Frame,
    authorizations: Vec<Authorization>,
}

async fn list(applicant: Applicant, staff: Option<Staff>, State(state): State<AppState>, frame: Frame) -> Result<Page<ListPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let of = if staff.is_some() { None } else { Some(applicant.person().account) };
    let authorizations = store::list(&mut connection, of, MOST).await?;
    Ok(Page(ListPage { frame, authorizations }))
}

#[derive(Debug, Template)]
#[template(path = "authorizations/show.html")]
struct ShowPage {
    frame: Frame,
    authorization: Authorization,
    sections: Vec<Section>,
}

async fn show(
    applicant: Applicant,
    staff: Option<Staff>,
    State(state): State<AppState>,
    Path(number): Path<String>,
    frame: Frame,
) -> Result<Page<ShowPage>, Problem> {
    let id = AuthorizationId::parse(&number).ok_or(Problem::NotFound)?;
    let mut connection = state.db.acquire().await?;
    let authorization = store::find(&mut connection, id).await?;
    let account = applicant.person().account;
    if staff.is_none() && authorization.applicant != account {
        let membership = find_membership(&mut connection, account, authorization.organisation.id).await?;
        if !membership.is_some_and(|membership| membership.is_verified()) {
            return Err(Problem::NotFound);
        }
    }
    let sections = Section::of_content(&authorization.content);
    Ok(Page(ShowPage { frame, authorization, sections }))
}

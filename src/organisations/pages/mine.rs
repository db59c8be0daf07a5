//! `/compte/organismes`: the organisations one acts for, and their people where one's own membership is confirmed.

use askama::Template;
use axum::extract::State;

use crate::{
    AppState,
    accounts::Applicant,
    organisations::{Identity, Member, Membership, find_memberships_of, find_of_account},
    problem::Problem,
    web::{Audience, Frame, Page, Routes},
};

#[derive(Debug, Template)]
#[template(path = "organisations/mine.html")]
struct MinePage {
    frame: Frame,
    organisations: Vec<Mine>,
}

/// An organisation, one's tie to it, and its other people when one may see them.
#[derive(Debug)]
struct Mine {
    identity: Identity,
    membership: Membership,
    colleagues: Vec<Member>,
}

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::SignedIn, "/compte/organismes", show)
}

async fn show(State(state): State<AppState>, applicant: Applicant, frame: Frame) -> Result<Page<impl Template>, Problem> {
    let account = applicant.person().account;
    let mut connection = state.db.acquire().await?;
    let mut organisations = Vec::new();
    for affiliation in find_of_account(&mut connection, account).await? {
        let mut colleagues = Vec::new();
        if affiliation.membership.is_verified() {
            colleagues = find_memberships_of(&mut connection, affiliation.organisation.id).await?;
            colleagues.retain(|member| member.membership.account != account);
        }
        organisations.push(Mine { identity: Identity::from(&affiliation.organisation), membership: affiliation.membership, colleagues });
    }
    Ok(Page(MinePage { frame, organisations }))
}

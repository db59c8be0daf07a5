//! `/compte/organismes`: the organisations one acts for, and their people where one's own membership is confirmed.

use askama::Template;
use axum::extract::State;

use crate::{
    AppState,
    accounts::Applicant,
    organisations::{
        Identity, Member, Membership, Representation, find_domains, find_memberships_of, find_of_account, find_representations,
    },
    problem::Problem,
    web::{Audience, Frame, Page, Routes, filters},
};

#[derive(Debug, Template)]
#[template(path = "organisations/mine.html")]
struct MinePage {
    frame: Frame,
    organisations: Vec<Mine>,
}

/// An organisation, one's tie to it, and the rest when one may see it.
#[derive(Debug)]
struct Mine {
    identity: Identity,
    membership: Membership,
    colleagues: Vec<Member>,
    /// The domains that confirm whoever joins.
    domains: Vec<String>,
    /// How many clients it declared.
    clients: usize,
    /// Who says they act for it.
    vendors: Vec<Representation>,
}

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::SignedIn, "/compte/organismes", show)
}

async fn show(State(state): State<AppState>, applicant: Applicant, frame: Frame) -> Result<Page<impl Template>, Problem> {
    let account = applicant.person().account;
    let mut connection = state.db.acquire().await?;
    let mut organisations = Vec::new();
    for affiliation in find_of_account(&mut connection, account).await? {
        let id = affiliation.organisation.id;
        let mut mine = Mine {
            identity: Identity::from(&affiliation.organisation),
            membership: affiliation.membership,
            colleagues: Vec::new(),
            domains: Vec::new(),
            clients: 0,
            vendors: Vec::new(),
        };
        if mine.membership.is_verified() {
            mine.colleagues = find_memberships_of(&mut connection, id).await?;
            mine.colleagues.retain(|member| member.membership.account != account);
            let domains = find_domains(&mut connection, id).await?;
            mine.domains = domains.into_iter().filter(|known| known.removed.is_none()).map(|known| known.domain).collect();
            let mut declared = find_representations(&mut connection, id).await?;
            declared.retain(Representation::lasts);
            mine.clients = declared.iter().filter(|known| known.vendor.organisation == id).count();
            mine.vendors = declared.into_iter().filter(|known| known.client.organisation == id).collect();
        }
        organisations.push(mine);
    }
    Ok(Page(MinePage { frame, organisations }))
}

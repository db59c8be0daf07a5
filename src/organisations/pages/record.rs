//! `/instruction/organismes/{organisation}`: for the team, who acts for an organisation and what makes it sure.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::here::Numbers;
use crate::{
    AppState,
    accounts::Reviewer,
    fields::{Field, Fields},
    ids::OrganisationId,
    journal::{self, Entry},
    organisations::{
        ConfirmedDomain, EmailDomain, Identity, Member, Organisation, Reason, Representation, confirm_domain, find, find_domains,
        find_memberships_of, find_representations,
    },
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, filters, tell},
};

const DOMAIN: Field = Field { name: "domaine", label: "Domaine de courriel" };
pub(super) const BECAUSE: Field = Field { name: "because", label: "Comment vous l’avez vérifié" };

/// Facts of the journal on the page.
const MOST: i64 = 100;

#[derive(Debug, Template)]
#[template(path = "organisations/record.html")]
struct RecordPage {
    frame: Frame,
    form: Fields,
    organisation: Organisation,
    identity: Identity,
    members: Vec<Member>,
    domains: Vec<ConfirmedDomain>,
    representations: Vec<Representation>,
    journal: Vec<Entry>,
    can_decide: bool,
}

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Staff, "/instruction/organismes/{organisation}", show).post(
        Audience::Reviewer,
        "/instruction/organismes/{organisation}/domaines",
        add_domain,
    )
}

async fn prepare(state: &AppState, id: OrganisationId, can_decide: bool, frame: Frame, form: Fields) -> Result<RecordPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let organisation = find(&mut connection, id).await?;
    Ok(RecordPage {
        frame,
        form,
        identity: Identity::from(&organisation),
        organisation,
        members: find_memberships_of(&mut connection, id).await?,
        domains: find_domains(&mut connection, id).await?,
        representations: find_representations(&mut connection, id).await?,
        journal: journal::find_of_organisation(&mut connection, id, MOST).await?,
        can_decide,
    })
}

async fn show(
    Numbers(organisation): Numbers<OrganisationId>,
    reviewer: Option<Reviewer>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<RecordPage>, Problem> {
    Ok(Page(prepare(&state, organisation, reviewer.is_some(), frame, Fields::default()).await?))
}

async fn add_domain(
    reviewer: Reviewer,
    Numbers(organisation): Numbers<OrganisationId>,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let (domain, because) = (form.parse(DOMAIN, EmailDomain::parse), form.parse(BECAUSE, Reason::parse));
    let (Some(domain), Some(because)) = (domain, because) else {
        return Ok(Refused(prepare(&state, organisation, true, frame, form).await?).into_response());
    };
    let mut transaction = state.db.begin().await?;
    confirm_domain::by_reviewer(&mut transaction, &reviewer, organisation, &domain, &because, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("Le domaine {domain} est confirmé pour cet organisme.")).await?;
    Ok(Redirect::to(&format!("/instruction/organismes/{organisation}#domaines")).into_response())
}

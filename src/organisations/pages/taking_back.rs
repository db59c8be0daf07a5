//! For reviewers: confirm a member or take the confirmation back, remove a domain; each on a page that says what it entails.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use sqlx::PgConnection;
use tower_sessions::Session;

use super::{here::Numbers, record::BECAUSE};
use crate::{
    AppState,
    accounts::Reviewer,
    fields::{Field, Fields},
    ids::{AccountId, DomainId, OrganisationId},
    organisations::{
        ConfirmedDomain, Member, Organisation, Reason, Verification, Verifier, find, find_domains, find_memberships_of, remove_domain,
        verify_membership, withdraw_verification,
    },
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, tell},
};

/// Why a confirmation or a domain is taken back.
const WHY: Field = Field { name: "because", label: "Pourquoi" };

pub(super) fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::Reviewer, "/instruction/organismes/{organisation}/membres/{account}", show_member)
        .post(Audience::Reviewer, "/instruction/organismes/{organisation}/membres/{account}/confirmation", confirm_member)
        .post(Audience::Reviewer, "/instruction/organismes/{organisation}/membres/{account}/retrait", take_back)
        .get(Audience::Reviewer, "/instruction/organismes/{organisation}/domaines/{domaine}", show_domain)
        .post(Audience::Reviewer, "/instruction/organismes/{organisation}/domaines/{domaine}/retrait", remove)
}

#[derive(Debug, Template)]
#[template(path = "organisations/record_member.html")]
struct MemberPage {
    frame: Frame,
    form: Fields,
    organisation: Organisation,
    member: Member,
    /// Those this member confirmed, by name.
    confirmed: Vec<String>,
    /// The domains this member vouched for that stand.
    domains: Vec<ConfirmedDomain>,
}

impl MemberPage {
    fn base(&self) -> String {
        base(&self.organisation)
    }
}

/// The page of the organisation they lead back to.
fn base(organisation: &Organisation) -> String {
    format!("/instruction/organismes/{}", organisation.id)
}

async fn prepare_member(
    connection: &mut PgConnection,
    (organisation, account): (OrganisationId, AccountId),
    frame: Frame,
    form: Fields,
) -> Result<MemberPage, Problem> {
    let mut members = find_memberships_of(connection, organisation).await?;
    let here = members.iter().position(|member| member.membership.account == account).ok_or(Problem::NotFound)?;
    let member = members.swap_remove(here);
    members.retain(|other| {
        matches!(&other.membership.verification, Some(Verification { by: Verifier::Somebody { account: by, .. }, .. }) if *by == account)
    });
    let mut domains = find_domains(connection, organisation).await?;
    domains.retain(|known| known.removed.is_none() && known.confirmed.by == account);
    let confirmed = members.into_iter().map(|other| other.name).collect();
    Ok(MemberPage { frame, form, organisation: find(connection, organisation).await?, member, confirmed, domains })
}

async fn show_member(
    Numbers(of): Numbers<(OrganisationId, AccountId)>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<MemberPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    Ok(Page(prepare_member(&mut connection, of, frame, Fields::default()).await?))
}

async fn confirm_member(
    reviewer: Reviewer,
    Numbers(of): Numbers<(OrganisationId, AccountId)>,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let mut transaction = state.db.begin().await?;
    let Some(because) = form.parse(BECAUSE, Reason::parse) else {
        return Ok(Refused(prepare_member(&mut transaction, of, frame, form).await?).into_response());
    };
    verify_membership::by_reviewer(&mut transaction, &reviewer, of.1, of.0, &because, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "L’appartenance est confirmée.").await?;
    Ok(Redirect::to(&format!("/instruction/organismes/{}#personnes", of.0)).into_response())
}

async fn take_back(
    reviewer: Reviewer,
    Numbers(of): Numbers<(OrganisationId, AccountId)>,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let mut transaction = state.db.begin().await?;
    let Some(because) = form.parse(WHY, Reason::parse) else {
        return Ok(Refused(prepare_member(&mut transaction, of, frame, form).await?).into_response());
    };
    withdraw_verification(&mut transaction, &reviewer, of.1, of.0, &because, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "La confirmation est retirée. La personne en est avertie par une lettre qui donne votre motif.").await?;
    Ok(Redirect::to(&format!("/instruction/organismes/{}#personnes", of.0)).into_response())
}

#[derive(Debug, Template)]
#[template(path = "organisations/record_domain.html")]
struct DomainPage {
    frame: Frame,
    form: Fields,
    organisation: Organisation,
    domain: ConfirmedDomain,
    /// How many people it confirmed.
    confirmed: usize,
}

impl DomainPage {
    fn base(&self) -> String {
        base(&self.organisation)
    }
}

async fn prepare_domain(
    connection: &mut PgConnection,
    (organisation, id): (OrganisationId, DomainId),
    frame: Frame,
    form: Fields,
) -> Result<DomainPage, Problem> {
    let domain = find_domains(connection, organisation).await?.into_iter().find(|known| known.id == id).ok_or(Problem::NotFound)?;
    let members = find_memberships_of(connection, organisation).await?;
    let by_it = |member: &&Member| matches!(&member.membership.verification, Some(Verification { by: Verifier::Domain(by), .. }) if *by == domain.domain);
    let confirmed = members.iter().filter(by_it).count();
    Ok(DomainPage { frame, form, organisation: find(connection, organisation).await?, domain, confirmed })
}

async fn show_domain(
    Numbers(of): Numbers<(OrganisationId, DomainId)>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<DomainPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    Ok(Page(prepare_domain(&mut connection, of, frame, Fields::default()).await?))
}

async fn remove(
    reviewer: Reviewer,
    Numbers(of): Numbers<(OrganisationId, DomainId)>,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let mut transaction = state.db.begin().await?;
    let Some(because) = form.parse(WHY, Reason::parse) else {
        return Ok(Refused(prepare_domain(&mut transaction, of, frame, form).await?).into_response());
    };
    let removed = remove_domain::by_reviewer(&mut transaction, &reviewer, of, &because, state.clock.now()).await?.domain;
    transaction.commit().await?;
    tell(&session, format!("Le domaine {removed} est retiré. Les personnes déjà confirmées le restent.")).await?;
    Ok(Redirect::to(&format!("/instruction/organismes/{}#domaines", of.0)).into_response())
}

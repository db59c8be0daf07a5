//! `/compte/organismes/{organisation}/domaines`: the e-mail domains the organisation vouches for, and whom they confirm.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::here::{Here, Numbers};
use crate::{
    AppState,
    fields::{Field, Fields},
    ids::{DomainId, OrganisationId},
    organisations::{ConfirmedDomain, EmailDomain, Member, confirm_domain, find_domains, find_memberships_of, remove_domain},
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, tell},
};

const OURS_ALONE: Field =
    Field { name: "ours_alone", label: "Les adresses de ce domaine sont réservées aux personnes qui travaillent pour l’organisme" };

#[derive(Debug, Template)]
#[template(path = "organisations/domains.html")]
struct DomainsPage {
    frame: Frame,
    form: Fields,
    here: Here,
    desk_email: String,
    offer: Offer,
    domains: Vec<ConfirmedDomain>,
}

impl DomainsPage {
    fn standing(&self) -> Vec<&ConfirmedDomain> {
        self.domains.iter().filter(|known| known.removed.is_none()).collect()
    }
}

/// What somebody may do with the domain of their own address.
#[derive(Debug)]
enum Offer {
    /// Nothing while nobody confirmed them.
    NotVerified,
    /// Nothing: the sentence says why.
    None(String),
    /// It stands already.
    Stands(EmailDomain),
    /// Vouch for it; those who wait with such an address would be confirmed at once.
    Confirm { domain: EmailDomain, waiting: Vec<Member> },
}

pub(super) fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::SignedIn, "/compte/organismes/{organisation}/domaines", show)
        .post(Audience::SignedIn, "/compte/organismes/{organisation}/domaines", confirm)
        .post(Audience::SignedIn, "/compte/organismes/{organisation}/domaines/{domaine}/retrait", remove)
}

async fn prepare(state: &AppState, here: Here, frame: Frame, form: Fields) -> Result<DomainsPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let organisation = here.affiliation.organisation.id;
    let mut domains = Vec::new();
    let mut offer = Offer::NotVerified;
    if here.affiliation.membership.is_verified() {
        domains = find_domains(&mut connection, organisation).await?;
        offer = match EmailDomain::of(&here.applicant.person().email) {
            Err(fault) => Offer::None(fault.to_string()),
            Ok(domain) => offered(domain, &domains, find_memberships_of(&mut connection, organisation).await?),
        };
    }
    let desk_email = state.config.desk.desk_email.clone();
    Ok(DomainsPage { frame, form, here, desk_email, offer, domains })
}

/// What may be done with that domain, the organisation having known these.
fn offered(domain: EmailDomain, known: &[ConfirmedDomain], mut members: Vec<Member>) -> Offer {
    match known.iter().filter(|known| known.domain == domain.as_str()).max_by_key(|known| known.id) {
        Some(last) if last.removed.is_none() => Offer::Stands(domain),
        Some(last) if last.was_removed_by_the_team() => {
            Offer::None(format!("L’équipe FranceConnect a retiré le domaine {domain} : elle seule peut le confirmer à nouveau."))
        }
        _ => {
            let ends_so = |member: &Member| member.email.rsplit_once('@').is_some_and(|(_, end)| end == domain.as_str());
            members.retain(|member| !member.membership.is_verified() && member.membership.withdrawal.is_none() && ends_so(member));
            Offer::Confirm { domain, waiting: members }
        }
    }
}

async fn show(here: Here, State(state): State<AppState>, frame: Frame) -> Result<Page<DomainsPage>, Problem> {
    Ok(Page(prepare(&state, here, frame, Fields::default()).await?))
}

async fn confirm(here: Here, State(state): State<AppState>, session: Session, frame: Frame, mut form: Fields) -> Result<Response, Problem> {
    let by = here.speaking_for()?;
    let attested = form.parse(OURS_ALONE, |typed| {
        if typed == "oui" { Ok(()) } else { Err("cochez la case si c’est le cas ; sinon, confirmez vos collègues un à un.") }
    });
    if attested.is_none() {
        return Ok(Refused(prepare(&state, here, frame, form).await?).into_response());
    }
    let mut transaction = state.db.begin().await?;
    let domain = confirm_domain::by_member(&mut transaction, &by, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("Le domaine {domain} est confirmé : une adresse en @{domain} suffit désormais pour être vérifié.")).await?;
    Ok(Redirect::to(&here.path("domaines")).into_response())
}

async fn remove(
    here: Here,
    Numbers((_, domain)): Numbers<(OrganisationId, DomainId)>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let by = here.speaking_for()?;
    let mut transaction = state.db.begin().await?;
    let removed = remove_domain::by_member(&mut transaction, &by, domain, state.clock.now()).await?.domain;
    transaction.commit().await?;
    let sentence = format!("Le domaine {removed} est retiré : il ne confirme plus personne. Les personnes déjà confirmées le restent.");
    tell(&session, sentence).await?;
    Ok(Redirect::to(&here.path("domaines")))
}

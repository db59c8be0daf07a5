//! An organisation vouches for an e-mail domain: from then on it confirms those who join with such an address.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    ConfirmedDomain, EmailDomain, Reason, VerifiedMember,
    domain::store::{add_domain, find_domains},
    membership::store::{find_membership, find_memberships_of, lock_people, lock_people_for},
    store,
    verify_membership::{self, Confirmed},
};
use crate::{
    accounts::{Person, Reviewer},
    ids::OrganisationId,
    journal::{self, Event, Subject},
    notifications::{self, Letter, Recipient},
    problem::Problem,
};

/// A verified member vouches for the domain of their own address. Those who wait with such an address are confirmed at once, and the other
/// verified members are told: they can say that it is wrong. Confirming twice changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] when their own confirmation was taken back meanwhile; [`Problem::NotPossible`] when anybody may have such an
/// address, or when the team removed the domain; the database's.
pub async fn by_member(connection: &mut PgConnection, by: &VerifiedMember, now: OffsetDateTime) -> Result<EmailDomain, Problem> {
    let here = format!("/compte/organismes/{}/domaines", by.organisation());
    let refused = |sentence: String| Problem::not_possible_but(sentence, "Revenir aux domaines", here.clone());
    let domain = EmailDomain::of(&by.person().email).map_err(|fault| refused(fault.to_string()))?;
    lock_people_for(connection, by).await?;
    let known = find_domains(connection, by.organisation()).await?;
    let last = known.iter().filter(|known| known.domain == domain.as_str()).max_by_key(|known| known.id);
    if last.is_some_and(ConfirmedDomain::was_removed_by_the_team) {
        return Err(refused(format!(
            "L’équipe FranceConnect a retiré le domaine {domain} : elle seule peut le confirmer à nouveau. Rien n’a été fait. Écrivez-lui si vous pensez que c’est une erreur."
        )));
    }
    confirm(connection, Vouch { by: by.person(), because: None }, by.organisation(), &domain, now).await?;
    Ok(domain)
}

/// A reviewer does, with the reason why they are sure.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such organisation; [`Problem::Forbidden`] when they belong to it; the database's.
pub async fn by_reviewer(
    connection: &mut PgConnection,
    by: &Reviewer,
    organisation: OrganisationId,
    domain: &EmailDomain,
    because: &Reason,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    lock_people(connection, organisation).await?;
    refuse_ones_own(connection, by, organisation).await?;
    confirm(connection, Vouch { by: by.person(), because: Some(because) }, organisation, domain, now).await
}

/// Through a domain a reviewer would confirm themself, or those they choose.
pub(super) async fn refuse_ones_own(connection: &mut PgConnection, by: &Reviewer, organisation: OrganisationId) -> Result<(), Problem> {
    if find_membership(connection, by.person().account, organisation).await?.is_some() {
        return Err(Problem::Forbidden("Vous appartenez à cet organisme : un autre membre de l’équipe doit s’en charger.".into()));
    }
    Ok(())
}

/// Who vouches; the team says why.
struct Vouch<'a> {
    by: &'a Person,
    because: Option<&'a Reason>,
}

async fn confirm(
    connection: &mut PgConnection,
    Vouch { by, because }: Vouch<'_>,
    organisation: OrganisationId,
    domain: &EmailDomain,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let because = because.map(Reason::as_str);
    let Some(id) = add_domain(connection, organisation, domain, (by.account, because), now).await? else { return Ok(()) };
    let author = by.as_author();
    let event = Event::DomainConfirmed { domain: domain.to_string(), because: because.map(str::to_owned) };
    journal::record(connection, &author, Subject::organisation(organisation), &event, now).await?;

    let confirmed_by = if because.is_some() { format!("{}, de l’équipe FranceConnect,", by.full_name()) } else { by.full_name() };
    let known = store::find(connection, organisation).await?;
    // Those who were verified before it was: the others hear of their own confirmation.
    for member in find_memberships_of(connection, organisation).await? {
        if !member.membership.is_verified() || member.membership.account == by.account {
            continue;
        }
        let letter = Letter::DomainConfirmed {
            organisation: known.named_by(&member.membership).to_owned(),
            domain: domain.to_string(),
            confirmed_by: confirmed_by.clone(),
            at: now,
        };
        let to = Recipient { address: member.email, name: member.name };
        notifications::enqueue(connection, &format!("domain {id} confirmed"), &to, &letter, now).await?;
    }
    for (member, domain) in verify_membership::by_domain(connection, &author, organisation, None, now).await? {
        let confirmed = Confirmed { confirmed_by: confirmed_by.clone(), domain: Some(domain) };
        verify_membership::tell(connection, member, organisation, confirmed, now).await?;
    }
    Ok(())
}

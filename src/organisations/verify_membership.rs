//! Somebody else, or the domain of their address, confirms that a person acts for an organisation.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Reason, VerifiedMember,
    membership::store::{find_for, lock_people, lock_people_for, writing},
};
use crate::{
    accounts::{self, Person, Reviewer},
    ids::{AccountId, OrganisationId},
    journal::{self, By, Event, Subject},
    notifications::{self, Letter},
    problem::Problem,
};

/// A reviewer confirms it, with the reason why they are sure. Confirming twice changes nothing: the first one stays.
///
/// # Errors
/// [`Problem::NotFound`] when that person is not a member; [`Problem::NotPossible`] when it is the reviewer; the database's.
pub async fn by_reviewer(
    connection: &mut PgConnection,
    by: &Reviewer,
    member: AccountId,
    organisation: OrganisationId,
    because: &Reason,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    lock_people(connection, organisation).await?;
    verify(connection, Confirming { by: by.person(), is_team: true, because }, member, organisation, now).await
}

/// A colleague whose own membership is confirmed does. Confirming twice changes nothing: the first one stays.
///
/// # Errors
/// [`Problem::NotFound`] when that person is not a member, or when the colleague's own confirmation was taken back meanwhile;
/// [`Problem::NotPossible`] when it is themself, or when the team took the confirmation back: it alone gives it again; the database's.
pub async fn by_colleague(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    member: AccountId,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    lock_people_for(connection, by).await?;
    verify(connection, Confirming { by: by.person(), is_team: false, because: &Reason::colleague() }, member, by.organisation(), now).await
}

/// The domains the organisation vouches for confirm those who wait with such an address: everybody, or one of them. Whoever calls it holds
/// the organisation. Who was confirmed, and by which domain.
///
/// # Errors
/// The database's.
pub(super) async fn by_domain(
    connection: &mut PgConnection,
    by: &By,
    organisation: OrganisationId,
    only: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Vec<(AccountId, String)>, Problem> {
    let verified = writing::save_verifications_by_domain(connection, organisation, only, now).await?;
    for (member, domain) in &verified {
        let event = Event::MembershipVerifiedByDomain { domain: domain.clone() };
        journal::record(connection, by, Subject::membership(*member, organisation), &event, now).await?;
    }
    Ok(verified)
}

/// Who confirms, and why they are sure.
struct Confirming<'a> {
    by: &'a Person,
    is_team: bool,
    because: &'a Reason,
}

async fn verify(
    connection: &mut PgConnection,
    confirming: Confirming<'_>,
    member: AccountId,
    organisation: OrganisationId,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let Confirming { by, is_team, because } = confirming;
    if by.account == member {
        return Err(refused(
            "Personne ne confirme sa propre appartenance. Demandez-le à un collègue dont l’appartenance est vérifiée, ou à l’équipe qui instruit votre demande.",
        ));
    }
    let membership = find_for(connection, member, organisation).await?.ok_or(Problem::NotFound)?.membership;
    if membership.is_verified() {
        return Ok(());
    }
    if membership.withdrawal.is_some() && !is_team {
        return Err(refused(
            "L’équipe FranceConnect a retiré la confirmation de cette personne : elle seule peut la rendre. Rien n’a été fait. Si vous pensez que c’est une erreur, écrivez-lui.",
        ));
    }
    writing::save_verification(connection, &membership, by.account, because, now).await?;
    let event = Event::MembershipVerified { because: because.as_str().to_owned() };
    journal::record(connection, &by.as_author(), Subject::membership(member, organisation), &event, now).await?;
    let confirmed_by = if is_team { format!("{}, de l’équipe FranceConnect,", by.full_name()) } else { by.full_name() };
    tell(connection, member, organisation, Confirmed { confirmed_by, domain: None }, now).await
}

fn refused(sentence: &'static str) -> Problem {
    Problem::not_possible_but(sentence, "Mes organismes", "/compte/organismes")
}

/// What the member is told of.
pub(super) struct Confirmed {
    pub confirmed_by: String,
    pub domain: Option<String>,
}

/// Writes to a member whose membership has just been confirmed, naming the organisation as they do. Nobody is left to write to when the
/// account was closed.
pub(super) async fn tell(
    connection: &mut PgConnection,
    member: AccountId,
    organisation: OrganisationId,
    Confirmed { confirmed_by, domain }: Confirmed,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let Some(person) = accounts::find_person(connection, member).await? else { return Ok(()) };
    let Some(affiliation) = find_for(connection, member, organisation).await? else { return Ok(()) };
    let letter = Letter::MembershipConfirmed { organisation: affiliation.organisation.name, confirmed_by, domain };
    let occasion = format!("membership {member} of {organisation} verified at {now}");
    notifications::enqueue(connection, &occasion, &person.as_recipient(), &letter, now).await
}

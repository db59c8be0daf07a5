//! Somebody else confirms that a person acts for an organisation.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Reason, VerifiedMember, membership::store};
use crate::{
    accounts::Reviewer,
    ids::{AccountId, OrganisationId},
    journal::{self, By, Event, Subject},
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
    verify(connection, (by.person().account, &by.by()), member, organisation, because, now).await
}

/// A colleague whose own membership is confirmed does. Confirming twice changes nothing: the first one stays.
///
/// # Errors
/// [`Problem::NotFound`] when that person is not a member; [`Problem::NotPossible`] when it is themself; the database's.
pub async fn by_colleague(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    member: AccountId,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    verify(connection, (by.account(), &by.by()), member, by.organisation(), &Reason::colleague(), now).await
}

async fn verify(
    connection: &mut PgConnection,
    (verifier, by): (AccountId, &By),
    member: AccountId,
    organisation: OrganisationId,
    because: &Reason,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    if verifier == member {
        return Err(Problem::not_possible_but(
            "Personne ne confirme sa propre appartenance. Demandez-le à un collègue dont l’appartenance est vérifiée, ou à l’équipe qui instruit votre demande.",
            "Mes organismes",
            "/compte/organismes",
        ));
    }
    let membership = store::lock_membership(connection, member, organisation).await?.ok_or(Problem::NotFound)?;
    if membership.is_verified() {
        return Ok(());
    }
    store::save_verification(connection, &membership, verifier, because, now).await?;
    let event = Event::MembershipVerified { because: because.as_str().to_owned() };
    journal::record(connection, by, Subject::membership(member, organisation), &event, now).await
}

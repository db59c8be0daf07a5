//! The team takes the confirmation of a membership back: a mistake, or somebody who left.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Reason,
    membership::store::{find_for, lock_people, writing},
};
use crate::{
    accounts::{self, Reviewer},
    ids::{AccountId, OrganisationId},
    journal::{self, Event, Subject},
    notifications::{self, Letter},
    problem::Problem,
};

/// From then on the person sees their own demandes alone and speaks for nobody, whatever page they have open. Those they confirmed and the
/// domains they vouched for stay: each is looked at for itself. Withdrawing twice changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] when that person is not a member; [`Problem::NotPossible`] when it is the reviewer, or when nothing was confirmed;
/// the database's.
pub async fn withdraw_verification(
    connection: &mut PgConnection,
    by: &Reviewer,
    member: AccountId,
    organisation: OrganisationId,
    because: &Reason,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let here = format!("/instruction/organismes/{organisation}");
    let refused = |sentence: &str| Problem::not_possible_but(sentence, "Revenir à l’organisme", here.clone());
    if by.person().account == member {
        return Err(refused("Personne ne retire la confirmation de sa propre appartenance : demandez-le à un autre membre de l’équipe."));
    }
    lock_people(connection, organisation).await?;
    let affiliation = find_for(connection, member, organisation).await?.ok_or(Problem::NotFound)?;
    if affiliation.membership.withdrawal.is_some() {
        return Ok(());
    }
    if !affiliation.membership.is_verified() {
        return Err(refused("Cette appartenance n’est pas confirmée : il n’y a rien à retirer."));
    }
    writing::save_withdrawal(connection, &affiliation.membership, by.person().account, because, now).await?;
    let event = Event::VerificationWithdrawn { because: because.as_str().to_owned() };
    journal::record(connection, &by.by(), Subject::membership(member, organisation), &event, now).await?;
    if let Some(person) = accounts::find_person(connection, member).await? {
        let letter = Letter::VerificationWithdrawn { organisation: affiliation.organisation.name, because: because.as_str().to_owned() };
        let occasion = format!("membership {member} of {organisation} withdrawn at {now}");
        notifications::enqueue(connection, &occasion, &person.as_recipient(), &letter, now).await?;
    }
    Ok(())
}

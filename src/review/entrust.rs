//! Act: a reviewer entrusts a demande to a verified member of the organisation that files it.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::open::refuse_own;
use crate::{
    accounts::{self, Person, Reviewer},
    applications::{self, State},
    ids::{AccountId, ApplicationId},
    organisations::{self, Reason},
    problem::Problem,
};

/// The person follows the demande from now on, in place of whoever did; both are told why.
///
/// # Errors
/// [`Problem::Forbidden`] for one's own demande or organisation; [`Problem::NotPossible`] when it was withdrawn, when the person follows it
/// already, or is no verified member with an open account; the database's.
pub async fn entrust(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    to: AccountId,
    because: &Reason,
    now: OffsetDateTime,
) -> Result<Person, Problem> {
    let refused = |sentence: &str| Problem::not_possible_but(sentence, "Voir le dossier", format!("/instruction/{}", id.0));
    // The organisation before the demande, so that nobody's membership is taken back meanwhile.
    let organisation = applications::find(connection, id).await?.filed_by();
    organisations::lock_people(connection, organisation).await?;
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, by.person(), &application).await?;
    if application.state == State::Withdrawn {
        return Err(refused("Cette demande a été retirée : il n’y a plus rien à transmettre. Rien n’a changé."));
    }
    let membership = organisations::find_membership(connection, to, application.filed_by()).await?;
    let person = match membership {
        Some(membership) if membership.is_verified() => accounts::find_person(connection, to).await?,
        _ => None,
    };
    let Some(person) = person else {
        return Err(refused("Cette personne n’est pas, ou n’est plus, un membre vérifié de l’organisme. Rien n’a changé."));
    };
    if application.applicant == to {
        return Err(refused("Cette personne suit déjà la demande. Rien n’a changé."));
    }
    applications::entrust(connection, by, &application, &person, because, now).await?;
    Ok(person)
}

//! Act: take over the demande of somebody who has left.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    application::Application,
    invitation::store as invitations,
    invite::about,
    state::State,
    store,
    tie::{SOMEBODY_GONE, has_left},
};
use crate::{
    accounts,
    ids::ApplicationId,
    journal::{self, Event, Subject},
    notifications::{self, Letter},
    organisations::{self, Reason, VerifiedMember},
    problem::Problem,
};

/// A verified member of the organisation that files it becomes the applicant in place of somebody who closed their account or no longer belongs there,
/// and says why. Taking over what is already theirs changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] when another organisation files it, or when their own membership is no longer confirmed;
/// [`Problem::NotPossible`] when the applicant is still there; the database's.
pub async fn take_over(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    id: ApplicationId,
    because: &Reason,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    organisations::lock_people_for(connection, by).await?;
    let application = store::lock(connection, id).await?;
    let me = by.person();
    if application.filed_by() != by.organisation() || application.state == State::Withdrawn {
        return Err(Problem::NotFound);
    }
    if application.applicant == me.account {
        return Ok(());
    }
    if !applicant_has_left(connection, &application).await? {
        let sentence = "L’auteur de cette demande est toujours là : demandez-lui de vous la transmettre. Rien n’a changé.";
        return Err(Problem::not_possible_but(sentence, "Mes demandes", "/demandes"));
    }
    let author = accounts::find_person(connection, application.applicant).await?;
    store::save_applicant(connection, id, me.account, now).await?;
    invitations::end_what_a_new_applicant_ends(connection, id, me.account, now).await?;
    // Their account was closed while this request was on its way: nobody would follow the demande.
    if accounts::find_person(connection, me.account).await?.is_none() {
        return Err(Problem::SignedOut);
    }
    let from = author.as_ref().map_or_else(|| SOMEBODY_GONE.to_owned(), accounts::Person::full_name);
    let event = Event::ApplicationTakenOver { from, because: because.as_str().to_owned() };
    journal::record(connection, &me.as_author(), Subject::application(id, application.organisation), &event, now).await?;
    if let Some(author) = author {
        let letter = Letter::DemandeTakenOver {
            about: about(connection, &application).await?,
            by: me.full_name(),
            because: because.as_str().to_owned(),
        };
        notifications::enqueue(connection, &format!("{id} taken over at {now}"), &author.as_recipient(), &letter, now).await?;
    }
    Ok(())
}

/// Whether whoever files the demande has left the organisation that files it.
///
/// # Errors
/// The database's.
pub async fn applicant_has_left(connection: &mut PgConnection, application: &Application) -> Result<bool, Problem> {
    let person = accounts::find_person(connection, application.applicant).await?;
    let membership = organisations::find_membership(connection, application.applicant, application.filed_by()).await?;
    Ok(has_left(person.as_ref(), membership.as_ref()))
}

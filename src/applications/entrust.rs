//! Act: the team entrusts a demande to somebody else of the organisation that files it.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{application::Application, invitation::store as invitations, invite::about, store, tie::SOMEBODY_GONE};
use crate::{
    accounts::{self, Person, Reviewer},
    journal::{self, Event, Subject, TeamFact},
    notifications::{self, Letter},
    organisations::Reason,
    problem::Problem,
};

/// The person becomes the applicant; both are told, with the reason. The caller holds the demande and the people of its organisation, and
/// has made sure that the person is a verified member of it.
///
/// # Errors
/// The database's.
pub async fn entrust(
    connection: &mut PgConnection,
    by: &Reviewer,
    application: &Application,
    to: &Person,
    because: &Reason,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let id = application.id;
    let before = accounts::find_person(connection, application.applicant).await?;
    store::save_applicant(connection, id, to.account, now).await?;
    invitations::end_what_a_new_applicant_ends(connection, id, to.account, now).await?;
    let from = before.as_ref().map_or_else(|| SOMEBODY_GONE.to_owned(), Person::full_name);
    let because = because.as_str().to_owned();
    let fact = TeamFact::DemandeEntrusted { from: from.clone(), to: to.full_name(), because: because.clone() };
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &Event::OfTeam(fact), now).await?;
    let about = about(connection, application).await?;
    let occasion = format!("{id} entrusted at {now}");
    let letter = Letter::DemandeHandedOver { about: about.clone(), from, because: Some(because.clone()) };
    notifications::enqueue(connection, &occasion, &to.as_recipient(), &letter, now).await?;
    if let Some(before) = before {
        let letter = Letter::DemandeTakenOver { about, by: to.full_name(), because };
        notifications::enqueue(connection, &occasion, &before.as_recipient(), &letter, now).await?;
    }
    Ok(())
}

//! Act: somebody of the client proposes other contact details of theirs.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{ClientLink, object::in_progress, store::client};
use crate::{
    accounts,
    applications::{Contact, version},
    journal::{self, Event, Subject},
    notifications::{self, Letter},
    problem::Problem,
};

/// Keeps them: the applicant is told and reads them beside the demande, as the team does. What was submitted does not change; the applicant
/// takes them over in a next version.
///
/// # Errors
/// [`Problem::NotPossible`] when the demande is over; the database's.
pub async fn propose_contact(
    connection: &mut PgConnection,
    link: &ClientLink,
    contact: &Contact,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let application = in_progress(connection, link.application).await?;
    client::add_proposal(connection, link, contact, now).await?;
    let subject = Subject::application(application.id, application.organisation);
    journal::record(connection, &link.by(), subject, &Event::ContactProposed, now).await?;
    if let Some(applicant) = accounts::find_person(connection, application.applicant).await? {
        let version = version::store::find_version(connection, application.id, application.version).await?;
        let role = link.role.label(version.content.contacts.data_protection_role).into();
        let letter = Letter::ContactProposed { about: version.about(application.id), name: link.name.clone(), role };
        let occasion = format!("proposal {} {}", link.id, now.unix_timestamp());
        notifications::enqueue(connection, &occasion, &applicant.as_recipient(), &letter, now).await?;
    }
    Ok(())
}

//! Act: approve a demande.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    decision::{Outcome, author},
    open, store,
};
use crate::{
    accounts::{self, Reviewer},
    applications, authorizations,
    ids::{ApplicationId, AuthorizationId},
    journal::{self, Event, Subject},
    notifications::{self, Letter},
    problem::Problem,
};

/// Approves a demande: the version is frozen as a right, the applicant learns the next steps, the named data controller and data
/// protection officer are told of their designation.
///
/// # Errors
/// [`Problem::NotPossible`] when somebody decided first or another version arrived; [`Problem::Forbidden`] for
/// one's own demande or organisation; the database's.
pub async fn approve(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    shown: i32,
    message: String,
    service: &str,
    now: OffsetDateTime,
) -> Result<AuthorizationId, Problem> {
    let open = open::lock(connection, by, id, shown, Outcome::Approved).await?;
    let author = author(by, service);
    let number = open.version.number;
    let decision = store::add_decision(connection, by, &open.application, Outcome::Approved, None, &message, &author, now).await?;
    applications::save_state(connection, id, open.becomes, now).await?;
    let subject = Subject::application(id, open.application.organisation);
    journal::record(connection, &by.by(), subject, &Event::ApplicationApproved { version: number }, now).await?;
    let authorization = authorizations::grant(connection, by, &open.application, &open.version, decision, now).await?;
    let about = open.version.about(id);
    let contacts = &open.version.content.contacts;
    let occasion = format!("{id} version {number} decision");
    if let Some(applicant) = accounts::find_person(connection, open.application.applicant).await? {
        let technical_contact = contacts.technical_contact.full_name();
        let letter = Letter::ApplicationApproved { about: about.clone(), authorization, message, author, technical_contact };
        notifications::enqueue(connection, &occasion, &applicant.as_recipient(), &letter, now).await?;
    }
    let named_by = open.version.submitted_by.clone();
    let controller = Letter::NamedAsController { about: about.clone(), named_by: named_by.clone() };
    notifications::enqueue(connection, &occasion, &contacts.data_controller.as_recipient(), &controller, now).await?;
    let officer = Letter::NamedAsDpo { about, named_by };
    notifications::enqueue(connection, &occasion, &contacts.data_protection_officer.as_recipient(), &officer, now).await?;
    Ok(authorization)
}

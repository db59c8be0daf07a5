//! Act: somebody of the client asks for a new link.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{ClientLink, store, store::client};
use crate::{
    accounts, applications,
    journal::{self, Event, Subject},
    notifications::{self, Letter},
    problem::Problem,
};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// A new one is on its way, the old one is over.
    Sent,
    /// A newer one was sent before, or this one was sent less than an hour ago.
    TooSoon,
}

/// Sends a new link to the address the first one went to, nowhere else; the old one stops working.
///
/// # Errors
/// The database's.
pub async fn renew(connection: &mut PgConnection, link: &ClientLink, now: OffsetDateTime) -> Result<Renewal, Problem> {
    let application = applications::lock(connection, link.application).await?;
    if !link.may_be_renewed(now) || !client::withdraw_link(connection, link.id, now).await? {
        return Ok(Renewal::TooSoon);
    }
    let new = client::add_link(connection, link.application, link.role, (&link.email, &link.name), now).await?;
    let version = applications::find_version(connection, application.id, application.version).await?;
    let vendor = store::find_vendor(connection, application.id).await?.ok_or(Problem::NotFound)?;
    let filed_by = match accounts::find_person(connection, application.applicant).await? {
        Some(person) => person.full_name(),
        None => version.submitted_by.clone(),
    };
    let letter = Letter::FiledForYou {
        about: version.about(application.id),
        vendor: vendor.name,
        filed_by,
        role: link.role.label(version.content.contacts.data_protection_role).into(),
        link: new,
    };
    notifications::enqueue(connection, &format!("client {new}"), &link.as_recipient(), &letter, now).await?;
    let subject = Subject::application(application.id, application.organisation);
    journal::record(connection, &link.by(), subject, &Event::ClientLinkRenewed, now).await?;
    Ok(Renewal::Sent)
}

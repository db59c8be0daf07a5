//! Act: the client hears of a demande that was filed for it.

use sqlx::PgConnection;
use strum::VariantArray;
use time::OffsetDateTime;

use super::{ClientRole, Vendor, store::client};
use crate::{
    accounts::Applicant,
    applications::{Application, Contacts},
    journal::{self, Event, Subject},
    notifications::{self, AboutApplication, Letter},
    problem::Problem,
};

/// Writes to the data controller and to the data protection officer a vendor named, with a link of their own: at submission, for what is
/// being typed concerns nobody yet. Whoever was written to for an earlier version keeps their link and hears nothing twice; whoever is no
/// longer named loses it.
///
/// # Errors
/// The database's.
pub async fn inform_client(
    connection: &mut PgConnection,
    by: &Applicant,
    application: &Application,
    vendor: &Vendor,
    (contacts, about): (&Contacts, &AboutApplication),
    now: OffsetDateTime,
) -> Result<(), Problem> {
    for role in ClientRole::VARIANTS {
        let contact = role.of(contacts);
        if !client::needs_link(connection, application.id, *role, contact.email.as_str(), now).await? {
            continue;
        }
        let (name, title) = (contact.full_name(), role.label(contacts.data_protection_role));
        let link = client::add_link(connection, application.id, *role, (contact.email.as_str(), &name), now).await?;
        let letter = Letter::FiledForYou {
            about: about.clone(),
            vendor: vendor.name.clone(),
            filed_by: by.person().full_name(),
            role: title.into(),
            link,
        };
        notifications::enqueue(connection, &format!("client {link}"), &contact.as_recipient(), &letter, now).await?;
        let event = Event::ClientInformed { role: title.into(), name };
        journal::record(connection, &by.by(), Subject::application(application.id, application.organisation), &event, now).await?;
    }
    Ok(())
}

//! Acts: somebody of the client objects to the demande, or takes the objection back.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{ClientLink, store::client};
use crate::{
    accounts::{self, Role},
    applications::{Application, store, version},
    ids::ApplicationId,
    journal::{self, Event, Subject},
    notifications::{self, Letter, Recipient},
    problem::Problem,
};

/// Writes an objection down: the applicant and the reviewers are told, and no approval is possible until one of them has read it or it is
/// taken back. Objecting twice changes nothing.
///
/// # Errors
/// [`Problem::NotPossible`] when the demande is over; the database's.
pub async fn object(connection: &mut PgConnection, link: &ClientLink, reason: &str, now: OffsetDateTime) -> Result<(), Problem> {
    let application = in_progress(connection, link.application).await?;
    if !client::add_objection(connection, link, reason, now).await? {
        return Ok(());
    }
    let event = Event::ClientObjected { reason: reason.to_owned() };
    journal::record(connection, &link.by(), Subject::application(application.id, application.organisation), &event, now).await?;
    let version = version::store::find_version(connection, application.id, application.version).await?;
    let letter = |to_team| Letter::ClientObjected {
        about: version.about(application.id),
        name: link.name.clone(),
        role: link.role.label(version.content.contacts.data_protection_role).into(),
        message: reason.to_owned(),
        to_team,
    };
    let occasion = format!("objection {} {}", link.id, now.unix_timestamp());
    if let Some(applicant) = accounts::find_person(connection, application.applicant).await? {
        tell(connection, &occasion, &applicant.as_recipient(), &letter(false), now).await?;
    }
    for reviewer in accounts::find_by_role(connection, Role::Reviewer).await? {
        tell(connection, &occasion, &reviewer.as_recipient(), &letter(true), now).await?;
    }
    Ok(())
}

async fn tell(connection: &mut PgConnection, occasion: &str, to: &Recipient, letter: &Letter, now: OffsetDateTime) -> Result<(), Problem> {
    notifications::enqueue(connection, occasion, to, letter, now).await
}

/// Takes the objection back; nothing holds approval any more. Lifting twice changes nothing.
///
/// # Errors
/// [`Problem::NotPossible`] when the demande is over; the database's.
pub async fn lift(connection: &mut PgConnection, link: &ClientLink, now: OffsetDateTime) -> Result<(), Problem> {
    let application = in_progress(connection, link.application).await?;
    if client::lift_objection(connection, link, now).await? {
        let subject = Subject::application(application.id, application.organisation);
        journal::record(connection, &link.by(), subject, &Event::ObjectionLifted, now).await?;
    }
    Ok(())
}

/// The demande and its lock, while somebody waits for an answer to it.
pub(super) async fn in_progress(connection: &mut PgConnection, id: ApplicationId) -> Result<Application, Problem> {
    let application = store::lock(connection, id).await?;
    if application.state.is_in_progress() {
        return Ok(application);
    }
    Err(Problem::not_possible(format!(
        "Cette demande n’est plus en cours d’examen ({}) : rien n’a été fait. Écrivez au service dont l’adresse est au bas de la lettre que vous avez reçue.",
        application.state.label().to_lowercase()
    )))
}

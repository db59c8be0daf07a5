//! Act: approve a demande.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{decision::Outcome, open};
use crate::{
    accounts::Reviewer,
    applications::{self, ProtectionRole},
    authorizations,
    ids::{ApplicationId, AuthorizationId},
    journal::Event,
    notifications::Letter,
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
    wait_for_objections(connection, id).await?;
    let decision = open.decision(None, message, service, now);
    let event = Event::ApplicationApproved { version: decision.version };
    let number = open.settle(connection, &decision, &event).await?;
    let authorization = authorizations::grant(connection, by, &open.application, &open.version, number, now).await?;
    let about = open.version.about(id);
    let contacts = &open.version.content.contacts;
    let letter = Letter::ApplicationApproved {
        about: about.clone(),
        authorization,
        message: decision.message,
        author: decision.author,
        technical_contact: contacts.technical_contact.full_name(),
    };
    open.tell_applicant(connection, &letter, now).await?;
    let named_by = open.version.submitted_by.clone();
    let controller = Letter::NamedAsController { about: about.clone(), named_by: named_by.clone() };
    open.tell(connection, &contacts.data_controller.as_recipient(), &controller, now).await?;
    let officer = match contacts.data_protection_role {
        ProtectionRole::Dpo => Letter::NamedAsDpo { about, named_by },
        ProtectionRole::Referent => Letter::NamedAsReferent { about, named_by },
    };
    open.tell(connection, &contacts.data_protection_officer.as_recipient(), &officer, now).await?;
    Ok(authorization)
}

/// Nothing is granted over what somebody of the client objects, before the team has read it. The demande is locked: none comes meanwhile.
async fn wait_for_objections(connection: &mut PgConnection, id: ApplicationId) -> Result<(), Problem> {
    let unread = applications::find_unread_objections(connection, id).await?;
    let Some(objection) = unread.first() else { return Ok(()) };
    let sentence = format!(
        "{}, {}, s’oppose à cette demande et personne de l’équipe n’a encore lu sa raison. Lisez-la dans le dossier, puis décidez.",
        objection.name, objection.title
    );
    Err(Problem::not_possible_but(sentence, "Lire l’opposition", format!("/instruction/{}#client", id.0)))
}

//! Act: approve a demande.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{
    super::open::Open,
    decision::{Decision, Outcome},
    letters,
    prepare::{Writing, prepare},
    prepared::Prepared,
    sign::{Signed, sign},
    store,
};
use crate::{
    accounts::Reviewer,
    applications::{self, ProtectionRole},
    authorizations, experimentation,
    ids::{ApplicationId, AuthorizationId},
    journal::Event,
    notifications::Letter,
    problem::Problem,
};

/// Prepares, signs and gives effect to an approval at once.
///
/// # Errors
/// As [`prepare`] and [`sign`]: a candidature is not approved by one person.
pub async fn approve(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    shown: i32,
    message: String,
    service: &str,
    now: OffsetDateTime,
) -> Result<AuthorizationId, Problem> {
    let read = store::find_prepared(connection, id).await?.map_or(0, |prepared| prepared.revision);
    let writing = Writing { shown, read, outcome: Outcome::Approved, ground: None, in_law: String::new(), message };
    let revision = prepare(connection, by, id, writing, now).await?;
    match sign(connection, by, id, revision, service, Duration::ZERO, now).await? {
        Signed::Done(Some(authorization)) => Ok(authorization),
        Signed::Done(None) | Signed::Leaves(_) => Err(anyhow::anyhow!("an approval at once grants a right").into()),
    }
}

/// The approval takes effect: the version is frozen as a right, the applicant learns the next steps, the named data controller and data
/// protection officer are told of their designation.
///
/// # Errors
/// [`Problem::NotPossible`] while an objection waits to be read, or a procedure to be ended; the database's.
pub(super) async fn take_effect(
    connection: &mut PgConnection,
    open: &Open<'_>,
    prepared: &Prepared,
    decision: Decision,
) -> Result<AuthorizationId, Problem> {
    let (id, now) = (open.application.id, decision.decided_at);
    wait_for_others(connection, id).await?;
    experimentation::grant_place(connection, id, now).await?;
    let event = Event::ApplicationApproved { version: decision.version };
    let number = open.settle(connection, &decision, Some(prepared.prepared_by), &event).await?;
    let authorization = authorizations::grant(connection, open.by, &open.application, &open.version, number, now).await?;
    let confirm_by = experimentation::find_answer_by(connection, id, now).await?;
    let letter = letters::approval(id, &open.version, &decision.message, decision.author, authorization, confirm_by);
    open.tell_applicant(connection, &letter, now).await?;
    let contacts = &open.version.content.contacts;
    let (about, named_by) = (open.version.about(id), open.version.submitted_by.clone());
    let controller = Letter::NamedAsController { about: about.clone(), named_by: named_by.clone() };
    open.tell(connection, &contacts.data_controller.as_recipient(), &controller, now).await?;
    let officer = match contacts.data_protection_role {
        ProtectionRole::Dpo => Letter::NamedAsDpo { about, named_by },
        ProtectionRole::Referent => Letter::NamedAsReferent { about, named_by },
    };
    open.tell(connection, &contacts.data_protection_officer.as_recipient(), &officer, now).await?;
    Ok(authorization)
}

/// Nothing is granted over what somebody of the client objects, before the team has read it, nor in the place of a right whose suspension or
/// revocation is being decided. The demande is locked: none comes meanwhile.
///
/// # Errors
/// [`Problem::NotPossible`] naming who objects, or the procedure to end first; the database's.
pub(super) async fn wait_for_others(connection: &mut PgConnection, id: ApplicationId) -> Result<(), Problem> {
    authorizations::procedure::wait_for_procedure(connection, id).await?;
    let unread = applications::find_unread_objections(connection, id).await?;
    let Some(objection) = unread.first() else { return Ok(()) };
    let sentence = format!(
        "{}, {}, s’oppose à cette demande et personne de l’équipe n’a encore lu sa raison. Lisez-la dans le dossier, puis décidez.",
        objection.name, objection.title
    );
    Err(Problem::not_possible_but(sentence, "Lire l’opposition", format!("/instruction/{}#client", id.0)))
}

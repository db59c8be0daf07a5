//! Act: refuse a demande.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{
    super::open::Open,
    decision::{Decision, Outcome},
    ground::Ground,
    letters,
    prepare::{Writing, prepare},
    prepared::Prepared,
    sign::sign,
    store,
};
use crate::{
    accounts::Reviewer,
    applications::{Application, Kind},
    authorizations,
    ids::{ApplicationId, AuthorizationId},
    journal::Event,
    problem::Problem,
};

/// Prepares, signs and gives effect to a refusal at once.
///
/// # Errors
/// As [`prepare`] and [`sign`]: a candidature is not refused by one person.
#[expect(clippy::too_many_arguments, reason = "each is a part of the decision the letter must state")]
pub async fn refuse(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    shown: i32,
    ground: Ground,
    message: String,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let read = store::find_prepared(connection, id).await?.map_or(0, |prepared| prepared.revision);
    let writing = Writing { shown, read, outcome: Outcome::Refused, ground: Some(ground), in_law: ground.in_law(), message };
    let revision = prepare(connection, by, id, writing, now).await?;
    sign(connection, by, id, revision, service, Duration::ZERO, now).await?;
    Ok(())
}

/// The refusal takes effect, in law and in fact (CRPA L211-2 7°, L211-5); a change of what was granted leaves the right as it is.
///
/// # Errors
/// [`Problem::NotPossible`] when the ground does not hold; the database's.
pub(super) async fn take_effect(
    connection: &mut PgConnection,
    open: &Open<'_>,
    prepared: &Prepared,
    decision: Decision,
) -> Result<(), Problem> {
    let Some(ground) = decision.ground else { return Err(anyhow::anyhow!("a refusal has its ground").into()) };
    check_ground(connection, open.application.id, open.application.kind, ground).await?;
    let event = Event::ApplicationRefused { version: decision.version, ground: ground.to_string() };
    open.settle(connection, &decision, Some(prepared.prepared_by), &event).await?;
    let keeps = find_kept_right(connection, &open.application).await?;
    let letter = letters::refusal(&open.version, prepared, decision.author, decision.decided_at, keeps);
    open.tell_applicant(connection, &letter, decision.decided_at).await
}

/// The right that stays as it is when a change of it is refused.
///
/// # Errors
/// The database's.
pub async fn find_kept_right(connection: &mut PgConnection, application: &Application) -> Result<Option<AuthorizationId>, Problem> {
    match application.reopened_from {
        Some(_) => authorizations::find_of_application(connection, application.id).await,
        None => Ok(None),
    }
}

/// « Incomplete » is no ground before the items were asked for (L114-5), nor a criterion of the experiment outside of it.
///
/// # Errors
/// [`Problem::NotPossible`] saying so; the database's.
pub(super) async fn check_ground(connection: &mut PgConnection, id: ApplicationId, kind: Kind, ground: Ground) -> Result<(), Problem> {
    if !Ground::of(kind).contains(&ground) {
        return Err(Problem::not_possible(
            "Ce motif ne vaut que pour une candidature à l’expérimentation. Choisissez-en un autre dans la liste.",
        ));
    }
    if ground.needs_an_earlier_request() && !store::were_changes_requested(connection, id).await? {
        return Err(Problem::not_possible(
            "Un dossier incomplet ne peut pas être refusé sans que les éléments manquants aient été demandés (article L. 114-5 du code des relations entre le public et l’administration). Demandez d’abord des modifications.",
        ));
    }
    Ok(())
}

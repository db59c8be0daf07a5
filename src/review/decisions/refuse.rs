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
    applications::Application,
    authorizations, calendar,
    ids::{ApplicationId, AuthorizationId},
    journal::Event,
    problem::Problem,
    review::clock,
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
    check_ground(connection, &open.application, ground, decision.decided_at).await?;
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

/// « Incomplete » is no ground before the items were asked for with a limit, and the limit passed (L114-5); a criterion of the experiment is
/// none outside of it.
///
/// # Errors
/// [`Problem::NotPossible`] saying so; the database's.
pub(super) async fn check_ground(
    connection: &mut PgConnection,
    application: &Application,
    ground: Ground,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    if !Ground::of(application.kind).contains(&ground) {
        return Err(Problem::not_possible(
            "Ce motif ne vaut que pour une candidature à l’expérimentation. Choisissez-en un autre dans la liste.",
        ));
    }
    let id = application.id;
    if ground.needs_missing_items() && !clock::has_a_limit_passed(connection, id, calendar::paris_date(now)).await? {
        return Err(Problem::not_possible_but(
            "Un dossier incomplet ne peut pas être refusé avant que les pièces manquantes aient été demandées et que le délai fixé pour les envoyer soit passé (article L.\u{a0}114-5 du code des relations entre le public et l’administration). Demandez-les, ou attendez la fin de ce délai.",
            "Demander des pièces manquantes",
            format!("/instruction/{}/pieces", id.0),
        ));
    }
    Ok(())
}

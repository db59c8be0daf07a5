//! What nobody said: a demande its applicant does not answer for, and two that silence decided, with what the law then owes.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{private::PRIVATE_EXAMPLES, seed::file_private};
use crate::{
    AppState,
    accounts::{Applicant, Reviewer},
    applications, calendar,
    config::{DeskFacts, SilenceEffect},
    ids::ApplicationId,
    problem::Problem,
    review::{
        Request,
        clock::{Chore, run_clock},
        queue, request_changes,
        silence::ask_reasons,
    },
};

/// Sent back six weeks ago: its applicant may be warned.
pub(super) async fn nobody_answers(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    queue::take(connection, by, id, now - Duration::days(46)).await?;
    let message = "Dites quel service de la collectivité traitera les demandes, et combien de temps les pièces seront gardées.".to_owned();
    request_changes(connection, by, id, 1, Request { message, points: Vec::new() }, service, now - Duration::days(45)).await
}

/// A rejection whose reasons are asked, and an acceptance nobody has signed.
pub(super) async fn silence_decided(
    state: &AppState,
    connection: &mut PgConnection,
    applicant: &Applicant,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let [address_change, identity_check, _] = PRIVATE_EXAMPLES;
    let filed_at = now - Duration::days(74);
    let moved = address_change.of(address_change.siret, "Adresse à jour chez vos fournisseurs");
    let rejected = file_private(state, connection, applicant, &moved, &state.config.desk, filed_at).await?;
    silence_decides(connection, rejected).await?;
    ask_reasons(connection, applicant, rejected, now - Duration::days(4)).await?;

    let accepts = DeskFacts { desk_silence_effect_identity_check: Some(SilenceEffect::Acceptance), ..state.config.desk.clone() };
    let archive = identity_check.of(identity_check.siret, "Coffre-fort de recommandés Plume");
    let accepted = file_private(state, connection, applicant, &archive, &accepts, filed_at).await?;
    silence_decides(connection, accepted).await
}

/// On its day, in the morning.
async fn silence_decides(connection: &mut PgConnection, id: ApplicationId) -> Result<(), Problem> {
    let day = applications::find_clock(connection, id).await?.decides_on();
    if let Some(at) = day.and_then(|day| calendar::paris_hour(day, 6)) {
        run_clock(connection, Chore::Decide, id, at).await?;
    }
    Ok(())
}

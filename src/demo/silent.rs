//! What nobody said: a demande its applicant does not answer for, and two that silence decided, with what the law then owes.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{private::PRIVATE_EXAMPLES, seed::file_private};
use crate::{
    AppState,
    accounts::{Applicant, Reviewer},
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
    let [address_change, identity_check, _] = &PRIVATE_EXAMPLES;
    let decided_at = now - Duration::days(12);
    let filed_at = decided_at - Duration::days(62);
    let rejected = file_private(state, connection, applicant, address_change, &state.config.desk, filed_at).await?;
    run_clock(connection, Chore::Decide, rejected, decided_at).await?;
    ask_reasons(connection, applicant, rejected, now - Duration::days(4)).await?;

    let accepts = DeskFacts { desk_silence_effect_identity_check: Some(SilenceEffect::Acceptance), ..state.config.desk.clone() };
    let accepted = file_private(state, connection, applicant, identity_check, &accepts, filed_at).await?;
    run_clock(connection, Chore::Decide, accepted, decided_at).await?;
    Ok(())
}

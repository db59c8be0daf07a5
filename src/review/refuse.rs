//! Act: refuse a demande.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{decision::Outcome, ground::Ground, open, store};
use crate::{accounts::Reviewer, ids::ApplicationId, journal::Event, notifications::Letter, problem::Problem};

/// Refuses a demande, in law and in fact (CRPA L211-2 7°, L211-5). « Incomplete » is no ground before the items were asked for (L114-5).
///
/// # Errors
/// [`Problem::NotPossible`] when somebody decided first or another version arrived, or when the ground needs an earlier request;
/// [`Problem::Forbidden`] for one's own demande or organisation; the database's.
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
    let open = open::lock(connection, by, id, shown, Outcome::Refused).await?;
    if ground.needs_an_earlier_request() && !store::were_changes_requested(connection, id).await? {
        return Err(Problem::not_possible(
            "Un dossier incomplet ne peut pas être refusé sans que les éléments manquants aient été demandés (article L. 114-5 du code des relations entre le public et l’administration). Demandez d’abord des modifications.",
        ));
    }
    let decision = open.decision(Some(ground), message, service, now);
    let event = Event::ApplicationRefused { version: decision.version, ground: ground.to_string() };
    open.settle(connection, &decision, &event).await?;
    let letter = Letter::ApplicationRefused {
        about: open.version.about(id),
        ground: ground.in_law().to_owned(),
        message: decision.message,
        author: decision.author,
        decided_at: now,
    };
    open.tell_applicant(connection, &letter, now).await
}

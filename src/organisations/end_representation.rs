//! A vendor no longer acts for a client.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Representation, VerifiedMember,
    membership::store::lock_people_for,
    representation::store::{find_representations, save_end},
};
use crate::{
    ids::RepresentationId,
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Ends what the member's organisation declared; it stays readable. Ending twice changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] when that organisation declared no such thing, or when the member's own confirmation was taken back meanwhile; the
/// database's.
pub async fn end_representation(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    representation: RepresentationId,
    now: OffsetDateTime,
) -> Result<Representation, Problem> {
    lock_people_for(connection, by).await?;
    let known = find_representations(connection, by.organisation())
        .await?
        .into_iter()
        .find(|known| known.id == representation && known.vendor.organisation == by.organisation())
        .ok_or(Problem::NotFound)?;
    if save_end(connection, representation, by.person().account, now).await? {
        let event = Event::ClientEnded { siret: known.client.siret.as_str().to_owned() };
        journal::record(connection, &by.by(), Subject::organisation(by.organisation()), &event, now).await?;
    }
    Ok(known)
}

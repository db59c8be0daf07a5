//! Act: resume a refused, withdrawn or closed demande as a new draft that holds its content.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{behalf, lineage, start, store};
use crate::{
    accounts::Applicant,
    attachments,
    ids::ApplicationId,
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Starts a draft of the same kind, for the same organisation, with everything that was typed in the old one, which stays as it is. Posting
/// the same page twice starts one and leads to it.
///
/// # Errors
/// [`Problem::NotPossible`] when it did not end without a right, or when its campaign receives nothing any more; the database's.
pub async fn resume(
    connection: &mut PgConnection,
    by: &Applicant,
    from: ApplicationId,
    key: Uuid,
    now: OffsetDateTime,
) -> Result<ApplicationId, Problem> {
    let origin = store::lock(connection, from).await?;
    if origin.applicant != by.person().account {
        return Err(Problem::NotFound);
    }
    if !origin.state.can_be_resumed() {
        let sentence = "Seule une demande refusée, retirée ou classée se reprend dans un nouveau brouillon.";
        return Err(Problem::not_possible_but(sentence, "Voir la demande", format!("/demandes/{}", from.0)));
    }
    let id = start(connection, by, origin.kind, origin.organisation, key, now).await?;
    if lineage::store::save_origin(connection, id, from, by.person().account, now).await? {
        attachments::copy(connection, from, id, by.person().account, now).await?;
        if let Some(vendor) = origin.represented_by {
            behalf::save_vendor(connection, id, vendor, None).await?;
        }
        let subject = Subject::application(from, origin.organisation);
        journal::record(connection, &by.by(), subject, &Event::ApplicationResumed { into: id }, now).await?;
    }
    Ok(id)
}

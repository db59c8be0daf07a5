//! Act: a vendor starts a demande for a client.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::store;
use crate::{
    accounts::Applicant,
    applications::{Kind, start},
    ids::ApplicationId,
    organisations::{Declared, Facts, VerifiedMember, declare_client, find_or_create},
    problem::Problem,
};

/// Starts a demande of the client these facts are about, filed by the member's organisation; the client is declared if it was not.
/// Posting the same page twice starts one. Nothing when the client is the vendor itself.
///
/// # Errors
/// [`Problem::NotFound`] when the member's confirmation was taken back meanwhile; those of [`start`]; the database's.
pub async fn start_for_client(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    facts: &Facts,
    kind: Kind,
    copied_from: Option<ApplicationId>,
    key: Uuid,
    now: OffsetDateTime,
) -> Result<Option<ApplicationId>, Problem> {
    if declare_client(connection, by, facts, now).await? == Declared::Oneself {
        return Ok(None);
    }
    let applicant = Applicant::new(by.person().clone());
    let client = find_or_create(connection, &applicant.by(), facts, now).await?;
    let id = start(connection, &applicant, kind, client, key, now).await?;
    store::save_vendor(connection, id, by.organisation(), copied_from).await?;
    Ok(Some(id))
}

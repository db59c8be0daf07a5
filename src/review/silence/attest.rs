//! Act: give the attestation of an implicit acceptance.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::aftermath::{Aftermath, find_aftermath};
use crate::{
    accounts::Applicant,
    applications,
    ids::ApplicationId,
    journal::{self, DutyFact, Subject},
    problem::Problem,
};

/// Makes the attestation out to whoever filed the demande, at once (CRPA L232-3). Asked again, it is the same.
///
/// # Errors
/// [`Problem::NotFound`] for somebody else's; [`Problem::NotPossible`] when silence has not accepted; the database's.
pub async fn attest(connection: &mut PgConnection, by: &Applicant, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let application = applications::lock(connection, id).await?;
    if application.applicant != by.person().account {
        return Err(Problem::NotFound);
    }
    match find_aftermath(connection, &application).await? {
        Some(Aftermath::Accepted { attested_at: Some(_), .. }) => Ok(()),
        Some(Aftermath::Accepted { decision, .. }) => {
            let fact = DutyFact::AcceptanceAttested { version: decision.version };
            journal::record(connection, &by.by(), Subject::application(id, application.organisation), &fact.into(), now).await
        }
        _ => Err(Problem::not_possible_but(
            "Le silence n’a pas valu acceptation de cette demande\u{a0}: il n’y a rien à attester.",
            "Voir la demande",
            format!("/demandes/{}", id.0),
        )),
    }
}

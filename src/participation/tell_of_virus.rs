//! Act: a virus was found in a file of a report or of the certificate of an end; whoever sent it is told, and whoever files for the participant.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Participation, destruction,
    store::{self, reports},
};
use crate::{
    accounts,
    attachments::Attachment,
    ids::AccountId,
    notifications::{self, InfectedFile, Letter},
    problem::Problem,
};

/// Writes to them once; nothing when the file came otherwise. One that waits with a report that was not sent is told by the page of the report.
///
/// # Errors
/// The database's.
pub async fn tell_of_virus(connection: &mut PgConnection, file: &Attachment, now: OffsetDateTime) -> Result<(), Problem> {
    let Some(participation) = store::find_of_application(connection, file.application).await? else { return Ok(()) };
    let Some((sender, place)) = find_place(connection, &participation, file).await? else { return Ok(()) };
    let letter = Letter::VirusFound { about: participation.about(), file: file.name.to_string(), place, is_for_team: false };
    let occasion = format!("{} file {}", participation.application, file.id);
    // The outbox keeps one letter when both are the same person; nobody is left to be told when they closed their account.
    for to in [sender, participation.applicant] {
        if let Some(to) = accounts::find_person(connection, to).await? {
            notifications::enqueue(connection, &occasion, &to.as_recipient(), &letter, now).await?;
        }
    }
    Ok(())
}

async fn find_place(
    connection: &mut PgConnection,
    participation: &Participation,
    file: &Attachment,
) -> Result<Option<(AccountId, InfectedFile)>, Problem> {
    let authorization = participation.authorization;
    if let Some((sender, month, is_corrected)) = reports::find_sender(connection, file.id).await? {
        let place = InfectedFile::OfReport { authorization, month: month.with_of(), slug: month.to_string(), is_corrected };
        return Ok(Some((sender, place)));
    }
    let signer = destruction::find_signer(connection, file.id).await?;
    Ok(signer.map(|(signer, is_corrected)| (signer, InfectedFile::OfCertificate { authorization, is_corrected })))
}

//! Act: the antivirus said something of a file; when it is a virus, whoever sent the file in is told.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    application::Application,
    invite::about,
    state::{Act, State},
    store,
};
use crate::{
    accounts,
    attachments::{self, Attachment, Scan},
    ids::AccountId,
    messages::{self, Side},
    notifications::{self, InfectedFile, Letter},
    problem::Problem,
};

/// Writes down what the antivirus said of an object, once. A virus in what was handed in is told to the applicant, a virus in a message
/// to its author too, in the same transaction; one in a draft is told by the page of its step. Gives back the files it found something in
/// and told nobody of: what ties files to a demande above this slice tells of its own.
///
/// # Errors
/// The database's.
pub async fn hear_antivirus(
    connection: &mut PgConnection,
    object: Uuid,
    said: Scan,
    now: OffsetDateTime,
) -> Result<Vec<Attachment>, Problem> {
    // Before the rows of the files, as every act on a demande: what is being handed in meanwhile is either told or looked at again.
    let holders = if said.is_infected() { store::lock_holders(connection, object).await? } else { Vec::new() };
    let mut untold = Vec::new();
    for (demande, file) in attachments::hear_antivirus(connection, object, said, now).await? {
        if let Some(application) = holders.iter().find(|holder| holder.id == demande) {
            let file = attachments::find(connection, demande, file).await?;
            if !tell(connection, application, &file, now).await? {
                untold.push(file);
            }
        }
    }
    Ok(untold)
}

/// Whether the file is of a message or of a version: then somebody is told.
async fn tell(connection: &mut PgConnection, application: &Application, file: &Attachment, now: OffsetDateTime) -> Result<bool, Problem> {
    let (place, author) = match messages::find_sender(connection, file.id).await? {
        Some((Side::Applicant, author)) => (InfectedFile::Sent, Some((author, false))),
        Some((Side::Team, author)) => (InfectedFile::Received, Some((author, true))),
        None if attachments::is_in_a_version(connection, file.id).await? => (find_place(connection, application, file.id).await?, None),
        None => return Ok(false),
    };
    write(connection, application, file, (application.applicant, place, false), now).await?;
    match author {
        Some((author, is_of_team)) if author != application.applicant => {
            write(connection, application, file, (author, InfectedFile::Sent, is_of_team), now).await?;
        }
        _ => {}
    }
    Ok(true)
}

async fn find_place(connection: &mut PgConnection, application: &Application, file: Uuid) -> Result<InfectedFile, Problem> {
    let is_it = |files: Vec<Attachment>| files.iter().any(|other| other.id == file);
    let is_in_the_form = is_it(attachments::find_of_application(connection, application.id).await?);
    let is_in_the_last = is_it(attachments::find_of_version(connection, application.id, application.version).await?);
    Ok(place(application.state, is_in_the_form, is_in_the_last))
}

/// What a virus in a file of a version means for a demande in that state.
fn place(state: State, is_in_the_form: bool, is_in_the_last_version: bool) -> InfectedFile {
    match (state.allows(Act::Edit), is_in_the_form, is_in_the_last_version) {
        (true, true, _) => InfectedFile::ToReplace,
        (false, _, true) if state.is_in_progress() => InfectedFile::UnderReview,
        (false, _, true) => InfectedFile::Decided,
        _ => InfectedFile::Replaced,
    }
}

async fn write(
    connection: &mut PgConnection,
    application: &Application,
    file: &Attachment,
    (to, place, is_for_team): (AccountId, InfectedFile, bool),
    now: OffsetDateTime,
) -> Result<(), Problem> {
    // Nobody is left to be told when they closed their account.
    let Some(to) = accounts::find_person(connection, to).await? else { return Ok(()) };
    let letter = Letter::VirusFound { about: about(connection, application).await?, file: file.name.to_string(), place, is_for_team };
    notifications::enqueue(connection, &format!("{} file {}", application.id, file.id), &to.as_recipient(), &letter, now).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_done_of_a_virus_depends_on_where_the_demande_stands() {
        for (state, in_form, in_last, expected) in [
            (State::Submitted, true, true, InfectedFile::UnderReview),
            (State::Submitted, false, false, InfectedFile::Replaced),
            (State::ChangesRequested, true, true, InfectedFile::ToReplace),
            (State::ChangesRequested, false, true, InfectedFile::Replaced),
            (State::Reopened, true, true, InfectedFile::ToReplace),
            (State::Approved, true, true, InfectedFile::Decided),
            (State::Refused, true, true, InfectedFile::Decided),
            (State::Withdrawn, true, true, InfectedFile::Decided),
            (State::Closed, true, true, InfectedFile::Decided),
            (State::Approved, false, false, InfectedFile::Replaced),
        ] {
            assert_eq!(place(state, in_form, in_last), expected, "{state} {in_form} {in_last}");
        }
    }
}

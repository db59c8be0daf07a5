//! Act: write a message about a demande, from either side.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::open::refuse_own;
use crate::{
    accounts::{self, Applicant, Person, Reviewer, Role},
    applications::{self, Application},
    attachments::{self, Scan, Stored},
    ids::{ApplicationId, MessageId},
    journal::{self, Event, Subject},
    messages::{self, MOST_AN_HOUR, Side},
    notifications::{self, Letter},
    problem::Problem,
};

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posting {
    /// It is there, and the other side is told.
    Posted(MessageId),
    /// The same page had posted it: a double click, a retry.
    AlreadyPosted,
    /// Its author has written too many in an hour; nothing was written.
    TooMany,
}

/// What somebody writes.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its words.
    pub body: String,
    /// Files sent with it, in the storage already: at most [`attachments::MOST_IN_A_FIELD`].
    pub files: Vec<Stored>,
    /// What is known of those files.
    pub scan: Scan,
    /// Made with the page: pressing twice posts once.
    pub key: Uuid,
}

/// Whoever files the demande, or fills it with them, writes to the team.
///
/// # Errors
/// [`Problem::NotFound`] when they do neither; [`Problem::NotPossible`] before the demande is handed in; the database's.
pub async fn by_applicant(
    connection: &mut PgConnection,
    by: &Applicant,
    id: ApplicationId,
    written: Written,
    now: OffsetDateTime,
) -> Result<Posting, Problem> {
    let application = applications::lock(connection, id).await?;
    if !applications::may_edit(connection, &application, by.person().account).await? {
        return Err(Problem::NotFound);
    }
    post(connection, (Side::Applicant, by.person()), written, &application, now).await
}

/// Somebody of the team writes to the applicant's side.
///
/// # Errors
/// [`Problem::Forbidden`] for one's own demande or organisation; [`Problem::NotPossible`] before the demande is handed in; the database's.
pub async fn by_team(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    written: Written,
    now: OffsetDateTime,
) -> Result<Posting, Problem> {
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, by.person(), &application).await?;
    post(connection, (Side::Team, by.person()), written, &application, now).await
}

/// The demande's row is held: messages about it come one after the other.
async fn post(
    connection: &mut PgConnection,
    (side, by): (Side, &Person),
    Written { body, files, scan, key }: Written,
    application: &Application,
    now: OffsetDateTime,
) -> Result<Posting, Problem> {
    if application.version == 0 {
        return Err(Problem::not_possible("Les messages s’écrivent une fois la demande déposée. Rien n’a été envoyé."));
    }
    if messages::count_of_author_since(connection, by.account, now - Duration::hours(1)).await? >= MOST_AN_HOUR {
        return Ok(Posting::TooMany);
    }
    let Some(message) = messages::add_message(connection, application.id, (side, by.account), &body, key, now).await? else {
        return Ok(Posting::AlreadyPosted);
    };
    // Whoever answers has read what they answer to.
    messages::save_read(connection, application.id, by.account, message).await?;
    let subject = Subject::application(application.id, application.organisation);
    journal::record(connection, &by.as_author(), subject, &Event::MessagePosted, now).await?;
    let demande = (application.id, application.organisation);
    for (place, file) in (1..).zip(attachments::keep_all(connection, by, demande, files, scan, now).await?) {
        messages::add_file(connection, message, place, &file).await?;
    }
    tell(connection, by, side, application, message, now).await?;
    Ok(Posting::Posted(message))
}

/// Tells the other side, each of them once until they come to read. The letter leaves at once and holds nothing of the message: waiting
/// five minutes to be sure that it stays would delay every letter that follows to the same person, and a text sent by e-mail cannot be
/// taken back.
async fn tell(
    connection: &mut PgConnection,
    by: &Person,
    side: Side,
    application: &Application,
    message: MessageId,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let others = match side {
        Side::Applicant => accounts::find_by_role(connection, Role::Reviewer).await?,
        Side::Team => applications::find_editors(connection, application).await?,
    };
    let from = match side {
        Side::Applicant => by.full_name(),
        Side::Team => format!("{}, de l’équipe FranceConnect,", by.full_name()),
    };
    let about = applications::find_version(connection, application.id, application.version).await?.about(application.id);
    let letter = Letter::MessageReceived { about, from, is_for_team: side == Side::Applicant };
    for other in others.into_iter().filter(|other| other.account != by.account) {
        if messages::find_reader(connection, application.id, other.account).await?.must_be_told() {
            let occasion = format!("{} message {message}", application.id);
            notifications::enqueue(connection, &occasion, &other.as_recipient(), &letter, now).await?;
            messages::save_told(connection, application.id, other.account, message).await?;
        }
    }
    Ok(())
}

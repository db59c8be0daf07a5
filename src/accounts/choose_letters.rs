//! Acts: somebody of the team chooses which news reach them by letter, on their page or with the link of a letter.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{actor::Staff, person::EmailAddress, person::Person, store};
use crate::{
    journal::{self, Event, Subject, TeamFact},
    notifications::{self, Letter, Pace, TeamLetter, Topic, choices},
    problem::Problem,
};

/// Keeps the choices; how many changed.
///
/// # Errors
/// The database's.
pub async fn choose_letters(
    connection: &mut PgConnection,
    by: &Staff,
    chosen: &[(Topic, Pace)],
    now: OffsetDateTime,
) -> Result<usize, Problem> {
    let before = choices::find_choices(connection, by.person().account).await?;
    let changed: Vec<(Topic, Pace)> = chosen.iter().filter(|choice| !before.contains(choice)).copied().collect();
    keep(connection, by.person(), &changed, now).await?;
    Ok(changed.len())
}

/// What a letter's link puts an end to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stoppable {
    /// Whoever received the letter.
    pub person: Person,
    /// The news that stop.
    pub topics: Vec<Topic>,
    /// The letter is a digest: it stops as a whole.
    pub is_digest: bool,
}

/// What the link of that letter puts an end to: its topic or, for a digest, everything that comes in one.
///
/// # Errors
/// [`Problem::NotFound`] when no such letter left, or nobody has its address any more; the database's.
pub async fn find_stoppable(connection: &mut PgConnection, letter: Uuid) -> Result<Stoppable, Problem> {
    let sent = notifications::find_letter(connection, letter).await?;
    let address = EmailAddress::parse(&sent.to.address).map_err(anyhow::Error::from)?;
    let person = store::find_account_by_email(connection, &address).await?.ok_or(Problem::NotFound)?.person;
    let letter = sent.letter()?;
    let is_digest = matches!(letter, Letter::OfTeam(TeamLetter::DailyDigest { .. }));
    let topics = if is_digest {
        let chosen = choices::find_choices(connection, person.account).await?;
        chosen.into_iter().filter(|(_, pace)| *pace == Pace::Digest).map(|(topic, _)| topic).collect()
    } else {
        vec![letter.topic().ok_or(Problem::NotFound)?]
    };
    Ok(Stoppable { person, topics, is_digest })
}

/// Puts an end to what the link of that letter stops; twice changes nothing.
///
/// # Errors
/// As [`find_stoppable`].
pub async fn stop_letters(connection: &mut PgConnection, letter: Uuid, now: OffsetDateTime) -> Result<Stoppable, Problem> {
    let stopped = find_stoppable(connection, letter).await?;
    let chosen: Vec<(Topic, Pace)> = stopped.topics.iter().map(|topic| (*topic, Pace::Never)).collect();
    keep(connection, &stopped.person, &chosen, now).await?;
    Ok(stopped)
}

async fn keep(connection: &mut PgConnection, person: &Person, chosen: &[(Topic, Pace)], now: OffsetDateTime) -> Result<(), Problem> {
    for (topic, pace) in chosen {
        if choices::save_choice(connection, person.account, *topic, *pace).await? {
            let event = Event::OfTeam(TeamFact::LettersChosen { topic: topic.label().into(), pace: pace.label().into() });
            journal::record(connection, &person.as_author(), Subject::account(person.account), &event, now).await?;
        }
    }
    Ok(())
}

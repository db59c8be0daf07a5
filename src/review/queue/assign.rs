//! Act: give a dossier to somebody of the team, with a word.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Owner, can_own,
    store::owner,
    take::{take_locked, took},
};
use crate::{
    accounts::{self, Person, Reviewer},
    applications::{self, Application},
    ids::{AccountId, ApplicationId},
    journal::{self, Event, Subject},
    notifications::{self, Letter},
    problem::Problem,
    review::open::{is_own, refuse_own, refuse_what_is_over},
};

const NOT_GIVEN: &str = "Le dossier n’a pas été confié.";

/// What hands a dossier over.
#[derive(Clone, Debug)]
pub struct Handing {
    /// To whom.
    pub to: AccountId,
    /// Who answered for it on the page that asks.
    pub seen: Option<AccountId>,
    /// What the new owner should know, or nothing.
    pub word: String,
}

/// Gives a dossier to somebody, who is told by a letter unless they gave it to themself; their name. Giving it to whoever has it changes nothing.
///
/// # Errors
/// [`Problem::NotPossible`] when it changed hands since the page was opened, is over, or the other person may not have it; [`Problem::Forbidden`]
/// for one's own demande or organisation; the database's.
pub async fn assign(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    handing: Handing,
    now: OffsetDateTime,
) -> Result<String, Problem> {
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, by.person(), &application).await?;
    refuse_what_is_over(connection, &application, NOT_GIVEN).await?;
    let current = owner::find_owner(connection, id).await?;
    let to = find_new_owner(connection, &application, handing.to).await?;
    if current.as_ref().is_some_and(|current| current.account == to.account) {
        return Ok(to.full_name());
    }
    if current.as_ref().map(|current| current.account) != handing.seen {
        return Err(not_given(id, &changed(id, current.as_ref())));
    }
    if to.account == by.person().account && current.is_none() {
        take_locked(connection, by, &application, now).await?;
        return Ok(to.full_name());
    }
    owner::save_owner(connection, id, Some(to.account), now).await?;
    let event = Event::DossierAssigned { to: to.full_name(), word: handing.word.clone() };
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &event, now).await?;
    if to.account != by.person().account {
        let version = applications::find_version(connection, id, application.version).await?;
        let letter = Letter::DossierAssigned { about: version.about(id), by: by.person().full_name(), word: handing.word };
        let occasion = format!("{id} assigned to {} at {}", to.account, now.unix_timestamp_nanos());
        notifications::enqueue(connection, &occasion, &to.as_recipient(), &letter, now).await?;
    }
    Ok(to.full_name())
}

/// Somebody who may answer for that demande.
async fn find_new_owner(connection: &mut PgConnection, application: &Application, to: AccountId) -> Result<Person, Problem> {
    let Some(person) = accounts::find_person(connection, to).await?.filter(can_own) else {
        return Err(not_given(application.id, "Cette personne n’instruit pas, ou son compte est fermé. À un juriste, demandez un avis."));
    };
    if is_own(connection, &person, application).await? {
        let sentence = format!(
            "{} appartient à l’organisme qui demande, ou remplit cette demande\u{a0}: choisissez quelqu’un d’autre.",
            person.full_name()
        );
        return Err(not_given(application.id, &sentence));
    }
    Ok(person)
}

/// Who has it since the page was opened.
fn changed(id: ApplicationId, current: Option<&Owner>) -> String {
    match current {
        Some(owner) => format!("{} C’était après l’ouverture de votre page.", took(id, owner)),
        None => format!("Le dossier {id} a été rendu à la file après l’ouverture de votre page."),
    }
}

fn not_given(id: ApplicationId, sentence: &str) -> Problem {
    Problem::not_possible_but(format!("{sentence} {NOT_GIVEN}"), format!("Voir {id}"), format!("/instruction/{}", id.0))
}

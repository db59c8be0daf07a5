//! Acts: send a prepared decision back to whoever prepared it, and take back one that was signed and has not left.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{super::open::refuse_own, prepared::Prepared, store};
use crate::{
    accounts::{self, Person, Reviewer},
    applications::{self, Application},
    ids::ApplicationId,
    journal::{self, DecisionFact, Event, Subject},
    notifications::{self, DecisionLetter, Returning},
    problem::Problem,
};

/// Sends back what was read, with a word: it is prepared again before it is signed. Whoever prepared it is told.
///
/// # Errors
/// [`Problem::NotPossible`] when it was signed, changed or decided meanwhile; [`Problem::Forbidden`] for one's own demande or organisation;
/// the database's.
pub async fn send_back(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    revision: i32,
    because: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let (application, prepared) = lock(connection, by, id).await?;
    prepared.refuse_if_signed()?;
    if prepared.revision != revision {
        let sentence = format!("{} Vous aviez lu un texte plus ancien : rien n’a été renvoyé.", prepared.sentence());
        return Err(Problem::not_possible_but(sentence, "Lire la lettre", prepared.address()));
    }
    let event = DecisionFact::DecisionSentBack { version: prepared.version, because: because.to_owned() }.into();
    return_it(connection, (by, Returning::SentBack), (&application, &prepared), (because, event), now).await
}

/// « Annuler la décision » : takes back what was signed before its letters leave. Nobody outside knows of it. Whoever prepared and signed it
/// are told.
///
/// # Errors
/// [`Problem::NotPossible`] when it has left, or was taken back meanwhile; [`Problem::Forbidden`] for one's own demande or organisation; the
/// database's.
pub async fn take_back(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    because: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let (application, prepared) = lock(connection, by, id).await?;
    if prepared.signature.is_none() {
        let sentence = "Cette décision n’est plus signée : il n’y a rien à annuler.";
        return Err(Problem::not_possible_but(sentence, "Voir où elle en est", prepared.address()));
    }
    let event = DecisionFact::DecisionTakenBack { version: prepared.version, because: because.to_owned() }.into();
    return_it(connection, (by, Returning::TakenBack), (&application, &prepared), (because, event), now).await
}

async fn return_it(
    connection: &mut PgConnection,
    (by, how): (&Reviewer, Returning),
    (application, prepared): (&Application, &Prepared),
    (because, event): (&str, Event),
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let (id, account) = (application.id, by.person().account);
    store::save_returned(connection, id, Some(account), (because, how == Returning::SentBack), now).await?;
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &event, now).await?;
    tell(connection, prepared, Some(by.person()), how, because, now).await
}

/// The demande, held, and what is being decided on it.
async fn lock(connection: &mut PgConnection, by: &Reviewer, id: ApplicationId) -> Result<(Application, Prepared), Problem> {
    let application = applications::lock(connection, id).await?;
    refuse_own(connection, by.person(), &application).await?;
    if let Some(prepared) = store::find_prepared(connection, id).await?.filter(|prepared| prepared.version == application.version) {
        return Ok((application, prepared));
    }
    let decided = store::find_last_decision(connection, id).await?.filter(|decision| decision.version == application.version);
    let sentence = match decided {
        Some(decision) => format!("{} Les lettres sont parties.", decision.sentence()),
        None => "Aucune décision n’est plus préparée sur cette demande.".into(),
    };
    Err(Problem::not_possible_but(sentence, "Voir le dossier", format!("/instruction/{}", id.0)))
}

/// Tells whoever prepared and signed a decision that it came back or fell, but the one who made it so.
///
/// # Errors
/// The database's.
pub(super) async fn tell(
    connection: &mut PgConnection,
    prepared: &Prepared,
    by: Option<&Person>,
    how: Returning,
    because: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let id = prepared.application;
    let about = applications::find_version(connection, id, prepared.version).await?.about(id);
    let letter = DecisionLetter::DecisionReturned {
        about,
        decision: prepared.outcome.noun().to_owned(),
        by: by.map(Person::full_name).unwrap_or_default(),
        how,
        message: because.to_owned(),
    }
    .into();
    let concerned = std::iter::once(prepared.prepared_by).chain(prepared.signature.as_ref().map(|signature| signature.by));
    for account in concerned.filter(|account| by.is_none_or(|by| by.account != *account)) {
        if let Some(person) = accounts::find_person(connection, account).await? {
            let occasion = format!("{id} returned {}", prepared.revision);
            notifications::enqueue(connection, &occasion, &person.as_recipient(), &letter, now).await?;
        }
    }
    Ok(())
}

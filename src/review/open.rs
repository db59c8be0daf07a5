//! A demande that may be decided now: holding one means its row is locked and the version shown is the current one.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    decision::{Decision, Outcome, author},
    ground::Ground,
    store,
};
use crate::{
    accounts::{self, Reviewer},
    applications::{self, Application, Version},
    ids::ApplicationId,
    journal::{self, Event, Subject},
    notifications::{self, Letter, Recipient},
    organisations,
    problem::Problem,
};

/// A locked demande, its current version, and what it becomes.
#[derive(Debug)]
pub(super) struct Open<'a> {
    by: &'a Reviewer,
    pub application: Application,
    pub version: Version,
    outcome: Outcome,
    becomes: applications::State,
}

/// Locks a demande for one outcome. `shown` is the version the reviewer read: another one must be read before it is decided.
///
/// # Errors
/// [`Problem::NotPossible`] naming who decided what and when, saying that a new version arrived or that the register is awaited; [`Problem::Forbidden`] for one's own
/// demande or organisation; the database's.
pub(super) async fn lock<'a>(
    connection: &mut PgConnection,
    by: &'a Reviewer,
    id: ApplicationId,
    shown: i32,
    outcome: Outcome,
) -> Result<Open<'a>, Problem> {
    let application = applications::lock(connection, id).await?;
    let dossier = format!("/instruction/{}", id.0);
    let here = "Voir le dossier";
    let belongs = organisations::find_membership(connection, by.person().account, application.organisation).await?.is_some();
    let files = applications::represents(connection, by.person().account, id).await?;
    if application.applicant == by.person().account || belongs || files {
        return Err(Problem::Forbidden("Vous appartenez à l’organisme qui demande : un autre membre de l’équipe doit décider.".into()));
    }
    if application.version > shown {
        let sentence = format!(
            "Le demandeur a déposé la version {} depuis que vous avez ouvert ce dossier. Relisez-le avant de décider.",
            application.version
        );
        return Err(Problem::not_possible_but(sentence, here, dossier));
    }
    let becomes = match application.state.after(outcome.act()) {
        Ok(state) => state,
        Err(refusal) => {
            let sentence = match store::find_last_decision(connection, id).await? {
                Some(decision) if decision.version == application.version => decision.sentence(),
                _ => refusal.to_string(),
            };
            return Err(Problem::not_possible_but(format!("{sentence} Votre décision n’a pas été enregistrée."), here, dossier));
        }
    };
    // Changes may be asked for meanwhile; a right is neither granted nor refused on what nobody could check.
    if outcome != Outcome::ChangesRequested && organisations::find_standing(connection, application.organisation).await?.is_awaited() {
        let sentence = "Le registre Sirene n’a pas encore répondu au sujet de cet organisme : ce qui en est connu a seulement été déclaré. Nous l’interrogeons de nouveau régulièrement ; validez ou refusez la demande quand il aura répondu.";
        return Err(Problem::not_possible_but(sentence, here, dossier));
    }
    let version = applications::find_version(connection, id, application.version).await?;
    Ok(Open { by, application, version, outcome, becomes })
}

impl Open<'_> {
    /// The decision on this version, signed with the reviewer's name, quality and service.
    pub fn decision(&self, ground: Option<Ground>, message: String, service: &str, now: OffsetDateTime) -> Decision {
        Decision { version: self.version.number, outcome: self.outcome, ground, message, author: author(self.by, service), decided_at: now }
    }

    /// Writes the decision, moves the demande, records the fact; the number of the decision.
    ///
    /// # Errors
    /// The database's.
    pub async fn settle(&self, connection: &mut PgConnection, decision: &Decision, event: &Event) -> Result<i64, Problem> {
        let (id, now) = (self.application.id, decision.decided_at);
        let number = store::add_decision(connection, self.by, id, decision).await?;
        applications::save_state(connection, id, self.becomes, now).await?;
        journal::record(connection, &self.by.by(), Subject::application(id, self.application.organisation), event, now).await?;
        Ok(number)
    }

    /// Writes to the applicant, unless the account was closed since: nobody is left to write to, the decision stands on the dossier.
    ///
    /// # Errors
    /// The database's.
    pub async fn tell_applicant(&self, connection: &mut PgConnection, letter: &Letter, now: OffsetDateTime) -> Result<(), Problem> {
        match accounts::find_person(connection, self.application.applicant).await? {
            Some(applicant) => self.tell(connection, &applicant.as_recipient(), letter, now).await,
            None => Ok(()),
        }
    }

    /// Writes to somebody on the occasion of this decision: once, however often it is tried.
    ///
    /// # Errors
    /// The database's.
    pub async fn tell(&self, connection: &mut PgConnection, to: &Recipient, letter: &Letter, now: OffsetDateTime) -> Result<(), Problem> {
        let occasion = format!("{} version {} decision", self.application.id, self.version.number);
        notifications::enqueue(connection, &occasion, to, letter, now).await
    }
}

//! A demande that may be decided now: holding one means its row is locked and the version shown is the current one.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    clock,
    decisions::{self, Decision, Outcome, author},
};
use crate::{
    accounts::{self, Person, Reviewer},
    applications::{self, Application, Version},
    config::SilenceEffect,
    ids::{AccountId, ApplicationId},
    journal::{self, Event, Subject},
    notifications::{self, Letter, Recipient},
    organisations,
    problem::Problem,
};

/// A locked demande, its current version, and what it becomes.
#[derive(Debug)]
pub(super) struct Open<'a> {
    pub by: &'a Reviewer,
    pub application: Application,
    pub version: Version,
    outcome: Outcome,
    becomes: applications::State,
    /// How many times the demande was reopened.
    opening: i64,
}

/// Locks a demande for one outcome. `shown` is the version the reviewer read: another one must be read before it is decided.
///
/// # Errors
/// [`Problem::NotPossible`] naming who decided what and when, saying that a new version arrived, that the register is awaited or that a file is infected; [`Problem::Forbidden`] for one's own
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
    refuse_own(connection, by.person(), &application).await?;
    if application.version > shown {
        let sentence = format!(
            "Le demandeur a déposé la version {} depuis que vous avez ouvert ce dossier. Relisez-le avant de décider.",
            application.version
        );
        return Err(Problem::not_possible_but(sentence, here, dossier));
    }
    let becomes = match application.after(outcome.act()) {
        Ok(state) => state,
        Err(refusal) => {
            let sentence = match decisions::find_last_decision(connection, id).await? {
                Some(decision) if decision.version == application.version => decision.sentence(),
                _ => clock::find_silence_decision(connection, id)
                    .await?
                    .map_or_else(|| refusal.to_string(), clock::SilenceDecision::sentence),
            };
            return Err(Problem::not_possible_but(format!("{sentence} Votre décision n’a pas été enregistrée."), here, dossier));
        }
    };
    come_before_silence(connection, id, outcome).await?;
    // Changes may be asked for meanwhile; a right is neither granted nor refused on what nobody could check.
    if outcome != Outcome::ChangesRequested && organisations::find_standing(connection, application.organisation).await?.is_awaited() {
        let sentence = "Le registre Sirene n’a pas encore répondu au sujet de cet organisme : ce qui en est connu a seulement été déclaré. Nous l’interrogeons de nouveau régulièrement ; validez ou refusez la demande quand il aura répondu.";
        return Err(Problem::not_possible_but(sentence, here, dossier));
    }
    let version = applications::find_version(connection, id, application.version).await?;
    if let Some(file) = version.infected_file().filter(|_| outcome != Outcome::ChangesRequested) {
        let sentence = format!(
            "L’antivirus a trouvé un virus dans le fichier «\u{a0}{}\u{a0}» de cette demande\u{a0}: personne ne peut le lire, et aucune décision ne peut s’appuyer sur lui. Demandez au demandeur de le remplacer\u{a0}; vous pourrez décider sur la version suivante.",
            file.name
        );
        return Err(Problem::not_possible_but(sentence, here, dossier));
    }
    let opening = decisions::count_reopenings(connection, id).await?;
    Ok(Open { by, application, version, outcome, becomes, opening })
}

/// What silence accepted is only signed: refusing it now would take a right back (CRPA L242-1).
async fn come_before_silence(connection: &mut PgConnection, id: ApplicationId, outcome: Outcome) -> Result<(), Problem> {
    match clock::find_silence_decision(connection, id).await? {
        Some(silence) if outcome != Outcome::Approved && silence.effect == SilenceEffect::Acceptance => {
            let sentence = format!("{} Votre décision n’a pas été enregistrée.", silence.sentence());
            Err(Problem::not_possible_but(sentence, "Voir le dossier", format!("/instruction/{}", id.0)))
        }
        _ => Ok(()),
    }
}

/// Nobody of the team acts on a demande they file, fill or prepared, or whose organisation is theirs.
///
/// # Errors
/// [`Problem::Forbidden`]; the database's.
pub(super) async fn refuse_own(connection: &mut PgConnection, by: &Person, application: &Application) -> Result<(), Problem> {
    if is_own(connection, by, application).await? {
        return Err(Problem::Forbidden(
            "Vous appartenez à l’organisme qui demande, ou vous remplissez ou avez préparé cette demande : un autre membre de l’équipe doit agir.".into(),
        ));
    }
    Ok(())
}

/// Whether somebody files or fills the demande, or belongs to its organisation: what the team writes among itself is not for them.
///
/// # Errors
/// The database's.
pub(super) async fn is_own(connection: &mut PgConnection, person: &Person, application: &Application) -> Result<bool, Problem> {
    let belongs = organisations::find_membership(connection, person.account, application.organisation).await?.is_some();
    let prepared = applications::prepared::find_preparer(connection, application.id).await? == Some(person.account);
    Ok(belongs || prepared || applications::may_edit(connection, application, person.account).await?)
}

/// What the team adds to a demande is added while it is in progress. `not_kept` says what became of it.
///
/// # Errors
/// [`Problem::NotPossible`] naming who decided what and when, or saying where the demande stands; the database's.
pub(super) async fn refuse_what_is_over(connection: &mut PgConnection, application: &Application, not_kept: &str) -> Result<(), Problem> {
    if application.state.is_in_progress() {
        return Ok(());
    }
    let sentence = match decisions::find_last_decision(connection, application.id).await? {
        Some(decision) if decision.version == application.version => decision.sentence(),
        _ => format!("Cette demande est terminée ({}).", application.state.label().to_lowercase()),
    };
    Err(Problem::not_possible_but(format!("{sentence} {not_kept}"), "Voir le dossier", format!("/instruction/{}", application.id.0)))
}

impl Open<'_> {
    /// A request for changes of this version, with the reviewer's name, quality and service.
    pub fn request(&self, message: String, service: &str, now: OffsetDateTime) -> Decision {
        let (version, author) = (self.version.number, author(self.by, service));
        Decision { version, outcome: self.outcome, ground: None, in_law: String::new(), message, author, decided_at: now }
    }

    /// Writes the decision, moves the demande, records the fact; the number of the decision.
    ///
    /// # Errors
    /// The database's.
    pub async fn settle(
        &self,
        connection: &mut PgConnection,
        decision: &Decision,
        prepared_by: Option<AccountId>,
        event: &Event,
    ) -> Result<i64, Problem> {
        let (id, now) = (self.application.id, decision.decided_at);
        let number = decisions::add_decision(connection, (self.by.person().account, prepared_by), id, decision).await?;
        applications::settle(connection, &self.application, self.outcome.act(), self.becomes, now).await?;
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
        let again = if self.opening == 0 { String::new() } else { format!(" opening {}", self.opening) };
        let occasion = format!("{} version {} decision{again}", self.application.id, self.version.number);
        notifications::enqueue(connection, &occasion, to, letter, now).await
    }
}

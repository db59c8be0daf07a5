//! A decision that is being written: prepared, then signed, then leaving.

use time::OffsetDateTime;

use super::{decision::Outcome, ground::Ground};
use crate::{
    calendar,
    ids::{AccountId, ApplicationId},
    notifications::Author,
    problem::Problem,
};

/// What one of the team prepared on a version.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The demande.
    pub application: ApplicationId,
    /// The version it is about.
    pub version: i32,
    /// To approve, or to refuse.
    pub outcome: Outcome,
    /// In law, for a refusal.
    pub ground: Option<Ground>,
    /// What the letter says after « En droit, »; nothing for an approval.
    pub in_law: String,
    /// In fact, or a word to the applicant.
    pub message: String,
    /// Who wrote it.
    pub prepared_by: AccountId,
    /// Their name today.
    pub preparer: String,
    /// When.
    pub prepared_at: OffsetDateTime,
    /// Counts the writings and the returns: what is signed is what was read.
    pub revision: i32,
    /// Once it is signed.
    pub signature: Option<Signature>,
    /// Why it came back, until it is written again or signed.
    pub returned: Option<Returned>,
}

/// A signature, and when what it signs takes effect.
#[derive(Clone, Debug)]
pub struct Signature {
    /// Whose.
    pub by: AccountId,
    /// As the letter names them (CRPA L212-1, L212-2).
    pub author: Author,
    /// When.
    pub signed_at: OffsetDateTime,
    /// When the letters leave and the decision takes effect.
    pub leaves_at: OffsetDateTime,
}

/// A prepared decision that came back.
#[derive(Clone, Debug)]
pub struct Returned {
    /// Who sent it back; nobody when the desk could not let it leave.
    pub by: Option<String>,
    /// Why.
    pub because: String,
    /// When.
    pub at: OffsetDateTime,
    /// Whether it must be written again before it is signed.
    pub needs_rework: bool,
}

impl Prepared {
    /// Whether it refuses.
    pub fn is_refusal(&self) -> bool {
        self.outcome == Outcome::Refused
    }

    /// « Nadia Ferrand a préparé le refus de la version 1 le 3 décembre 2026 à 9 h 20. »
    pub fn sentence(&self) -> String {
        format!(
            "{} a préparé {} de la version {} le {}.",
            self.preparer,
            self.outcome.noun(),
            self.version,
            calendar::moment(self.prepared_at)
        )
    }

    /// « Hélène Marchand a signé le refus le 3 décembre 2026 à 9 h 30 ; la lettre part le 3 décembre 2026 à 9 h 40. » Nothing before.
    pub fn signed(&self) -> String {
        self.signature.as_ref().map(|signature| signature.sentence(self.outcome)).unwrap_or_default()
    }

    /// What is signed stands until its signature is taken back.
    ///
    /// # Errors
    /// [`Problem::NotPossible`] saying who signed, and when the letter leaves.
    pub fn refuse_if_signed(&self) -> Result<(), Problem> {
        if self.signature.is_none() {
            return Ok(());
        }
        let sentence = format!("{} Rien n’a été enregistré. Annulez d’abord cette décision si elle doit changer.", self.signed());
        Err(Problem::not_possible_but(sentence, "Voir la décision signée", self.address()))
    }

    /// Where it is read and signed.
    pub fn address(&self) -> String {
        format!("/instruction/{}/signature", self.application.0)
    }

    /// Whether somebody wrote just that: pressing twice prepares once.
    pub fn says(&self, outcome: Outcome, ground: Option<Ground>, in_law: &str, message: &str) -> bool {
        (self.outcome, self.ground, self.in_law.as_str(), self.message.as_str()) == (outcome, ground, in_law, message)
    }
}

impl Signature {
    fn sentence(&self, outcome: Outcome) -> String {
        format!(
            "{} a signé {} le {} ; la lettre part le {}.",
            self.author.name,
            outcome.noun(),
            calendar::moment(self.signed_at),
            calendar::moment(self.leaves_at)
        )
    }
}

impl Returned {
    /// « Hélène Marchand l’a renvoyée en préparation le 3 décembre 2026 à 9 h 30 : … ».
    pub fn sentence(&self) -> String {
        let at = calendar::moment(self.at);
        match &self.by {
            Some(name) if self.needs_rework => format!("{name} l’a renvoyée en préparation le {at} : {}", self.because),
            Some(name) => format!("{name} l’a annulée le {at} : {}", self.because),
            None => format!("Elle n’a pas pu partir le {at} : {}", self.because),
        }
    }
}

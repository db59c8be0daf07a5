//! A procedure: what is envisaged, what the holder answered, how it may end.

use time::{Date, OffsetDateTime};

use super::Ground;
use crate::{calendar, ids::AccountId, notifications::Author};

/// What is envisaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Measure {
    /// For a time.
    Suspension,
    /// For good.
    Revocation,
}

impl Measure {
    /// Both, in the order of the form.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Suspension => "Suspendre l’habilitation, pour un temps",
            Self::Revocation => "Révoquer l’habilitation, définitivement",
        }
    }

    /// As a form offers them: value, words, nothing more.
    pub fn choices() -> Vec<(String, &'static str, &'static str)> {
        Self::ALL.iter().map(|choice| (choice.to_string(), choice.label(), "")).collect()
    }

    /// « suspendre ».
    pub fn verb(self) -> &'static str {
        match self {
            Self::Suspension => "suspendre",
            Self::Revocation => "révoquer",
        }
    }
}

/// How a procedure ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Ruled {
    /// The right may not be used until a day.
    Suspended,
    /// It is ended.
    Revoked,
    /// It stays as it is.
    Closed,
}

impl Ruled {
    /// All, in the order of the form.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// As people choose and read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Suspended => "Suspendre l’habilitation",
            Self::Revoked => "Révoquer l’habilitation",
            Self::Closed => "Classer la procédure sans suite",
        }
    }

    /// As what was done is read.
    pub fn done(self) -> &'static str {
        match self {
            Self::Suspended => "Habilitation suspendue",
            Self::Revoked => "Habilitation révoquée",
            Self::Closed => "Procédure classée sans suite",
        }
    }

    /// As a form offers them: value, words, nothing more.
    pub fn choices() -> Vec<(String, &'static str, &'static str)> {
        Self::ALL.iter().map(|choice| (choice.to_string(), choice.label(), "")).collect()
    }
}

/// What the holder wrote.
#[derive(Clone, Debug)]
pub struct Observation {
    /// In their words.
    pub body: String,
    /// By whom, as named that day.
    pub author: String,
    /// When.
    pub given_at: OffsetDateTime,
}

/// How it ended.
#[derive(Clone, Debug)]
pub struct Ruling {
    /// How.
    pub outcome: Ruled,
    /// Why.
    pub reasons: String,
    /// The last day of a suspension.
    pub suspended_until: Option<Date>,
    /// Who decided.
    pub author: Author,
    /// When.
    pub decided_at: OffsetDateTime,
}

/// A procedure.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// Its number.
    pub id: i64,
    /// What is envisaged.
    pub measure: Measure,
    /// Why in law.
    pub ground: Ground,
    /// Why in fact.
    pub facts: String,
    /// Why a suspension cannot wait (CRPA L121-2 1°), or nothing.
    pub urgency: String,
    /// The last day for observations.
    pub observations_until: Date,
    /// Who opened it: somebody else decides.
    pub opened_by: AccountId,
    /// The same, as letters name them.
    pub author: Author,
    /// When.
    pub opened_at: OffsetDateTime,
    /// What the holder answered, oldest first.
    pub observations: Vec<Observation>,
    /// How it ended, once it has.
    pub ruling: Option<Ruling>,
}

impl Procedure {
    /// Whether that person may end it so that day; the sentence that says why not otherwise.
    ///
    /// # Errors
    /// The sentence.
    pub fn may_end(&self, outcome: Ruled, by: AccountId, today: Date) -> Result<(), String> {
        if let Some(ruling) = &self.ruling {
            return Err(format!(
                "{} a déjà décidé le {} : {}.",
                ruling.author.name,
                calendar::moment(ruling.decided_at),
                ruling.outcome.label().to_lowercase()
            ));
        }
        if by == self.opened_by {
            return Err("Vous avez ouvert cette procédure : un autre signataire doit décider.".into());
        }
        if outcome == Ruled::Revoked && self.measure == Measure::Suspension {
            return Err(
                "Le titulaire a été entendu sur une suspension, non sur une révocation : ouvrez une autre procédure pour révoquer.".into(),
            );
        }
        let is_heard = !self.observations.is_empty() || today > self.observations_until;
        let cannot_wait = !self.urgency.is_empty() && outcome == Ruled::Suspended;
        if outcome == Ruled::Closed || is_heard || cannot_wait {
            return Ok(());
        }
        Err(format!(
            "Le titulaire a jusqu’au {} inclus pour présenter ses observations, et n’en a pas encore présenté.",
            calendar::written(self.observations_until)
        ))
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    fn procedure(measure: Measure, urgency: &str, heard: bool) -> Procedure {
        let author = Author { name: "Nadia Ferrand".into(), quality: "Instructrice".into(), service: "DINUM".into() };
        let given_at = datetime!(2026-12-10 9:00 UTC);
        Procedure {
            id: 1,
            measure,
            ground: Ground::ConditionLost,
            facts: "Le bouton a disparu.".into(),
            urgency: urgency.into(),
            observations_until: date!(2026 - 12 - 20),
            opened_by: AccountId(1),
            author,
            opened_at: datetime!(2026-12-03 9:00 UTC),
            observations: if heard { vec![Observation { body: "Non.".into(), author: "Camille".into(), given_at }] } else { Vec::new() },
            ruling: None,
        }
    }

    /// Every outcome, before the deadline and after, heard or not, urgent or not, for each measure.
    #[test]
    fn a_right_is_touched_only_once_its_holder_was_heard_or_could_have_been() {
        let (before, last, after) = (date!(2026 - 12 - 19), date!(2026 - 12 - 20), date!(2026 - 12 - 21));
        for measure in Measure::ALL {
            for (urgency, heard, day) in [
                ("", false, before),
                ("", false, last),
                ("", false, after),
                ("", true, before),
                ("Une faille expose les usagers.", false, before),
                ("Une faille expose les usagers.", true, before),
            ] {
                for outcome in Ruled::ALL {
                    let allowed = match outcome {
                        Ruled::Closed => true,
                        Ruled::Suspended => heard || day == after || !urgency.is_empty(),
                        Ruled::Revoked => *measure == Measure::Revocation && (heard || day == after),
                    };
                    let got = procedure(*measure, urgency, heard).may_end(*outcome, AccountId(2), day);
                    assert_eq!(got.is_ok(), allowed, "{measure} {urgency} {heard} {day} {outcome}: {got:?}");
                }
            }
        }
    }

    #[test]
    fn whoever_opened_it_does_not_end_it() {
        for outcome in Ruled::ALL {
            let refused = procedure(Measure::Revocation, "", true).may_end(*outcome, AccountId(1), date!(2027 - 01 - 01));
            assert!(refused.expect_err("never by who opened it").contains("un autre signataire"));
        }
    }
}

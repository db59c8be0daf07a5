//! What a rule found: a result, the fact it rests on, where the fact comes from and of which day it is.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::Rule;
use crate::{
    calendar,
    organisations::{LegalEntity, Source},
};

/// What software may say of a rule. It never refuses: a person decides (RGPD art. 22, CRPA L311-3-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The facts fulfil it.
    Pass,
    /// The facts contradict it.
    Fail,
    /// The facts do not settle it, or no software may: a person looks.
    ToCheck,
    /// There are no facts yet.
    Unknown,
}

/// One line of a pre-check. Frozen with the version it was made for: later rules and facts change nothing of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which rule.
    pub rule: Rule,
    /// What was found.
    pub outcome: Outcome,
    /// The fact, as a sentence.
    pub fact: String,
    /// Where it comes from, without a final full stop.
    pub source: String,
    /// When the source was read; nothing for what was declared in the demande itself.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub on: Option<OffsetDateTime>,
    /// The demande says one thing and the register another: whoever hands it in says why.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_explain: bool,
}

impl Outcome {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pass => "Conforme",
            Self::Fail => "Non conforme",
            Self::ToCheck => "À examiner",
            Self::Unknown => "Pas encore vérifié",
        }
    }

    /// The tone of its badge.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Pass => "success",
            Self::Fail => "error",
            Self::ToCheck => "warning",
            Self::Unknown => "",
        }
    }

    /// Its mark in a list of points.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Pass => "ok",
            Self::Fail => "no",
            Self::ToCheck | Self::Unknown => "ask",
        }
    }
}

impl Finding {
    /// What the register's facts about an organisation say of a rule.
    pub(super) fn of_register(rule: Rule, entity: &LegalEntity, outcome: Outcome, fact: impl Into<String>) -> Self {
        Self { rule, outcome, fact: fact.into(), source: source_of(entity), on: Some(entity.observed_at), to_explain: false }
    }

    /// What the demande itself says of a rule.
    pub fn declared(rule: Rule, outcome: Outcome, fact: impl Into<String>) -> Self {
        Self { rule, outcome, fact: fact.into(), source: "Déclaré dans la demande".into(), on: None, to_explain: false }
    }

    /// The same, to be explained when it must be.
    #[must_use]
    pub fn explained_when(self, to_explain: bool) -> Self {
        Self { to_explain, ..self }
    }

    /// « Registre Sirene, 3 décembre 2026. »
    pub fn source_line(&self) -> String {
        let day = self.on.map(|at| format!(", {}", calendar::day(at))).unwrap_or_default();
        format!("{}{day}.", self.source)
    }
}

/// A rule the register has no facts for yet.
pub fn unknown(rule: Rule) -> Finding {
    Finding {
        rule,
        outcome: Outcome::Unknown,
        fact: "Le registre Sirene n’a pas donné les informations nécessaires : une personne les vérifiera.".into(),
        source: "Registre Sirene".into(),
        on: None,
        to_explain: false,
    }
}

fn source_of(entity: &LegalEntity) -> String {
    match entity.source {
        Source::SampleRegister => "Registre Sirene, extrait fourni avec le guichet".into(),
        Source::LocalStock => "Registre Sirene, stock mensuel de l’INSEE".into(),
        Source::RechercheEntreprises => "Registre Sirene, API Recherche d’entreprises".into(),
        Source::Insee => "Registre Sirene, INSEE".into(),
        Source::Declared => "Déclaré par le demandeur".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_written_and_read_again() {
        let finding = Finding { on: Some(OffsetDateTime::UNIX_EPOCH), ..unknown(Rule::E2) };
        let kept = serde_json::to_string(&finding).expect("written");
        assert!(kept.contains(r#""rule":"E2""#), "{kept}");
        assert_eq!(serde_json::from_str::<Finding>(&kept).expect("read"), finding);
        assert_eq!(finding.source_line(), "Registre Sirene, 1er\u{a0}janvier\u{a0}1970.");
    }
}

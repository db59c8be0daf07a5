//! What happens to a decision between its preparation and its letters, and when a refusal is reopened.

use serde::{Deserialize, Serialize};

/// A fact of a decision, or of the texts it is written with; all but a reopening are the team's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum DecisionFact {
    /// One of the team prepared it.
    DecisionPrepared {
        /// On which version.
        version: i32,
        /// Which: approved or refused.
        outcome: String,
    },
    /// What was prepared was sent back to be written again.
    DecisionSentBack {
        /// On which version.
        version: i32,
        /// Why.
        because: String,
    },
    /// It was signed; it takes effect when its letters leave.
    DecisionSigned {
        /// On which version.
        version: i32,
        /// Which: approved or refused.
        outcome: String,
    },
    /// It was taken back before its letters left.
    DecisionTakenBack {
        /// On which version.
        version: i32,
        /// Why.
        because: String,
    },
    /// It could not take effect when its time came.
    DecisionHeldBack {
        /// On which version.
        version: i32,
        /// Why.
        because: String,
    },
    /// The version that was being decided is no longer under review.
    DecisionFell {
        /// Which version.
        version: i32,
    },
    /// The team instructs a refused demande again.
    ApplicationReopened {
        /// Which version.
        version: i32,
        /// Why.
        because: String,
    },
    /// A text the team answers with was written.
    TemplateWritten {
        /// Its number.
        template: i64,
        /// Which version of it.
        version: i32,
        /// What lists call it.
        title: String,
    },
    /// One was retired.
    TemplateRetired {
        /// Its number.
        template: i64,
    },
}

impl DecisionFact {
    /// The end of the sentence that starts with who acted.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::DecisionPrepared { version, outcome } => format!("a préparé {} de la version {version}", noun(outcome)),
            Self::DecisionSentBack { version, because } => {
                format!("a renvoyé en préparation la décision sur la version {version} : {because}")
            }
            Self::DecisionSigned { version, outcome } => format!("a signé {} de la version {version}", noun(outcome)),
            Self::DecisionTakenBack { version, because } => {
                format!("a annulé, avant son départ, la décision sur la version {version} : {because}")
            }
            Self::DecisionHeldBack { version, because } => {
                format!("n’a pas laissé partir la décision sur la version {version} : {because}")
            }
            Self::DecisionFell { version } => {
                format!("a écarté la décision préparée sur la version {version}, qui n’est plus en cours d’instruction")
            }
            Self::ApplicationReopened { version, because } => format!("a rouvert la version {version} : {because}"),
            Self::TemplateWritten { version: 1, title, .. } => format!("a écrit le modèle de réponse « {title} »"),
            Self::TemplateWritten { version, title, .. } => format!("a écrit la version {version} du modèle de réponse « {title} »"),
            Self::TemplateRetired { template } => format!("a retiré le modèle de réponse {template}"),
        }
    }
}

impl From<DecisionFact> for super::Event {
    fn from(fact: DecisionFact) -> Self {
        Self::OfDecision(fact)
    }
}

/// A decision that is prepared, by its stored name.
fn noun(outcome: &str) -> &'static str {
    if outcome == "approved" { "la validation" } else { "le refus" }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::Event, *};

    #[test]
    fn a_fact_is_stored_under_its_own_name_and_read_back() {
        let fact = Event::from(DecisionFact::DecisionFell { version: 2 });
        let stored = serde_json::to_value(&fact).expect("a fact");
        assert_eq!(stored, json!({"event": "decision_fell", "version": 2}));
        assert_eq!(serde_json::from_value::<Event>(stored).expect("the same"), fact);
        assert!(serde_json::from_value::<Event>(json!({"event": "nobody_knows"})).is_err());
    }
}

//! What the team does while it examines a demande. What was written is in the dossier alone, never here.

use serde::{Deserialize, Serialize};

/// A fact of the examination; none is for the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ExaminingFact {
    /// A reviewer asked a service for its opinion.
    OpinionAsked {
        /// « du service juridique de la DINUM ».
        of: String,
        /// On which version.
        version: i32,
    },
    /// A service gave its opinion; what it says stands in the dossier alone.
    OpinionGiven {
        /// « du service juridique de la DINUM ».
        of: String,
        /// On which version.
        version: i32,
    },
    /// Somebody of the team wrote a note for the team.
    NoteWritten,
    /// They struck it out.
    NoteStruck,
    /// Somebody of the team appraised criteria of the grid.
    GridAppraised {
        /// Of which version.
        version: i32,
        /// Which, by their codes.
        criteria: Vec<String>,
    },
}

impl ExaminingFact {
    /// The end of the sentence that starts with who acted.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::OpinionAsked { of, version } => format!("a demandé l’avis {of} sur la version {version}"),
            Self::OpinionGiven { of, version } => format!("a rendu l’avis {of} sur la version {version}"),
            Self::NoteWritten => "a écrit une note".into(),
            Self::NoteStruck => "a retiré sa note".into(),
            Self::GridAppraised { version, criteria } => {
                format!("a apprécié {} dans la grille, sur la version {version}", criteria.join(", "))
            }
        }
    }
}

impl From<ExaminingFact> for super::Event {
    fn from(fact: ExaminingFact) -> Self {
        Self::OfExamining(fact)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::Event, *};

    #[test]
    fn a_fact_is_stored_under_its_own_name_and_read_back() {
        let facts = [
            (ExaminingFact::NoteWritten, json!({"event": "note_written"})),
            (
                ExaminingFact::GridAppraised { version: 2, criteria: vec!["A5".into()] },
                json!({"event": "grid_appraised", "version": 2, "criteria": ["A5"]}),
            ),
        ];
        for (fact, expected) in facts {
            let stored = serde_json::to_value(Event::from(fact.clone())).expect("a fact");
            assert_eq!(stored, expected);
            assert_eq!(serde_json::from_value::<Event>(stored).expect("the same"), Event::from(fact));
        }
    }
}

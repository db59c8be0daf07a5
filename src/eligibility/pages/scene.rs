//! What every page of the wizard shows: answers, facts, the experiment, and the addresses that keep them.

use strum::IntoEnumIterator;

use super::known::Found;
use crate::{
    calendar,
    criteria::Finding,
    eligibility::{Answers, Question, SIRET, Walk, address},
    experimentation::{Campaign, ExperimentState},
};

/// The parameter that shows a question again.
pub(super) const REVIEWED: &str = "revoir";

/// An answer, as the list of answers shows it.
#[derive(Debug)]
pub(super) struct Reply {
    pub question: &'static str,
    pub subject: &'static str,
    pub answer: String,
    /// The address that asks again; empty when the register answered.
    pub review: String,
}

/// What every page of the wizard shows.
#[derive(Debug)]
pub(super) struct Scene {
    pub answers: Answers,
    pub found: Found,
    pub campaign: Option<Campaign>,
    pub experiment: ExperimentState,
    pub walk: Walk,
}

impl Scene {
    /// The address that keeps what has been answered: beyond the first question without an answer, whatever is valid.
    pub(super) fn kept(&self) -> Vec<(&'static str, String)> {
        let mut questions = self.walk.questions();
        if self.walk.next.is_err() {
            let others: Vec<Question> = Question::iter().filter(|question| !questions.contains(question)).collect();
            questions.extend(others);
        }
        self.answers.pairs(&questions)
    }

    /// The same without the number: « ce n’est pas mon organisme ».
    pub(super) fn without_number(&self) -> String {
        let mut pairs = self.kept();
        pairs.retain(|(name, _)| *name != SIRET);
        address(&pairs)
    }

    /// The page of a question already answered.
    pub(super) fn review(&self, question: Question) -> String {
        let mut pairs = self.kept();
        pairs.push((REVIEWED, question.name().to_owned()));
        address(&pairs)
    }

    /// The answers so far, the register's among them.
    pub(super) fn replies(&self) -> Vec<Reply> {
        let reply = |(question, finding): &(Question, Option<Finding>)| Reply {
            question: question.title(),
            subject: question.subject(),
            answer: match finding {
                Some(finding) => finding.fact.clone(),
                None => self.answers.value(*question).map_or("", |value| question.label_of(&value)).to_owned(),
            },
            review: if finding.is_some() { String::new() } else { self.review(*question) },
        };
        self.walk.answered.iter().map(reply).collect()
    }

    /// The campaign's days and places: name, value, what else there is to say of it.
    pub(super) fn experiment_facts(&self) -> Vec<(&'static str, String, String)> {
        let day = calendar::written;
        match self.experiment {
            ExperimentState::None => Vec::new(),
            ExperimentState::NotYetOpen { opens_on } => vec![("Ouverture des candidatures", day(opens_on), String::new())],
            ExperimentState::Open { free, capacity, closes_on } => vec![
                ("Places libres", format!("{free} sur {capacity}"), String::new()),
                ("Candidatures jusqu’au", day(closes_on), String::new()),
            ],
            ExperimentState::Full { waiting, capacity, closes_on } => vec![
                ("Places libres", format!("0 sur {capacity}"), format!("En attente : {waiting}")),
                ("Candidatures jusqu’au", day(closes_on), String::new()),
            ],
            ExperimentState::Closed { closed_on, ends_on } => {
                vec![("Candidatures closes depuis le", day(closed_on), format!("Fin de l’expérimentation : {}", day(ends_on)))]
            }
            ExperimentState::Ended { ended_on } => vec![("Terminée le", day(ended_on), String::new())],
        }
    }
}

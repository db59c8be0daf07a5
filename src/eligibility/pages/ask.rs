//! The page of a question.

use askama::Template;

use super::{known::Found, scene::Scene};
use crate::{
    criteria::Rule,
    eligibility::{Case, Choice, Profile, Question, SIRET as NUMBER_NAME},
    fields::{Field, Fields},
    organisations::{Checksum, Siret},
    web::Frame,
};

/// The parameter that says which form was sent.
pub(super) const SUBMITTED: &str = "question";
/// The value of [`SUBMITTED`] for the form that only asks the number.
pub(super) const NUMBER: &str = "numero";

/// Beside a choice that leads nowhere today.
const NOT_TODAY: &str = "Aucune ne reçoit de candidatures aujourd’hui ; vous pouvez vérifier si vous en rempliriez les critères";

pub(super) const SIRET: Field = Field { name: NUMBER_NAME, label: "Numéro SIRET" };

#[derive(Debug, Template)]
#[template(path = "eligibility/question.html")]
pub(super) struct QuestionPage {
    frame: Frame,
    form: Fields,
    question: Question,
    field: Field,
    scene: Scene,
}

impl QuestionPage {
    pub(super) fn new(frame: Frame, form: Fields, question: Question, scene: Scene) -> Self {
        let field = Field { name: question.name(), label: question.subject() };
        Self { frame, form, question, field, scene }
    }

    fn choices(&self) -> Vec<(String, &'static str, &'static str)> {
        let closed = self.question == Question::Case && !self.scene.experiment.receives();
        let hint = |choice: &Choice| {
            if closed && choice.value == Case::Experiment.to_string() { NOT_TODAY } else { choice.hint }
        };
        self.question.choices().into_iter().map(|choice| (choice.value.clone(), choice.label, hint(&choice))).collect()
    }

    /// Which question this is on the way.
    fn number(&self) -> usize {
        let answered = self.scene.walk.questions();
        answered.iter().position(|question| *question == self.question).unwrap_or(answered.len()) + 1
    }

    /// How many there are at most, and whether it is « au plus ».
    fn of(&self) -> (usize, bool) {
        let answers = &self.scene.answers;
        match (answers.profile, answers.case) {
            (None, _) | (Some(Profile::Private), None) => (8, true),
            (Some(Profile::Private), Some(Case::Experiment)) => (8, false),
            (Some(Profile::Private), Some(Case::AddressChange | Case::IdentityCheck)) => (3, false),
            (Some(Profile::Private), Some(Case::Neither)) => (2, false),
            (Some(Profile::Vendor), _) => (2, false),
            (Some(Profile::Administration), _) => (self.number().max(self.scene.walk.answered.len()).max(1), false),
            (Some(Profile::Individual), _) => (1, false),
        }
    }

    /// The subject of the next question, when it is sure to be asked.
    fn next_subject(&self) -> Option<&'static str> {
        let after = |question| match question {
            Question::LegalPerson => Some(Question::Establishment),
            Question::Establishment => Some(Question::Seniority),
            Question::Seniority => Some(Question::OnlineService),
            Question::OnlineService => Some(Question::Sector),
            Question::Sector => Some(Question::Commitments),
            _ => None,
        };
        let mut next = after(self.question)?;
        while self.scene.found.facts().is_some_and(|facts| facts.answer(next).is_some()) {
            next = after(next)?;
        }
        Some(next.subject())
    }

    /// What the form must send back besides its own answer.
    fn hidden(&self) -> Vec<(&'static str, String)> {
        let asks_number = self.question == Question::Who;
        self.scene.kept().into_iter().filter(|(name, _)| *name != self.field.name && !(asks_number && *name == SIRET.name)).collect()
    }

    /// The last question the visitor answered before this one.
    fn previous(&self) -> Option<String> {
        let answered = &self.scene.walk.answered;
        let before = answered.iter().take_while(|(question, _)| *question != self.question);
        before.filter(|(_, finding)| finding.is_none()).last().map(|(question, _)| self.scene.review(*question))
    }

    /// The experiment concerns whoever may choose it.
    fn shows_experiment(&self) -> bool {
        self.question == Question::Case || self.scene.answers.case == Some(Case::Experiment)
    }
}

/// Checks what a form sent; mistakes are noted in it.
pub(super) fn check(form: &mut Fields, asked: Option<Question>, number_only: bool, scene: &Scene) -> bool {
    if let Some(question) = asked
        && scene.answers.value(question).is_none()
    {
        form.refuse(Field { name: question.name(), label: question.subject() }, "Choisissez une réponse.");
    }
    let typed = form.value(SIRET.name).trim().to_owned();
    if number_only || !typed.is_empty() {
        let parsed = form.parse(SIRET, Siret::parse);
        let is_wrong = parsed.is_some_and(|(_, checksum)| checksum == Checksum::Wrong);
        if is_wrong && !matches!(scene.found, Found::Known(_)) {
            form.refuse(SIRET, "Ce SIRET contient une erreur : ses chiffres de contrôle ne correspondent pas. Relisez-le et corrigez-le.");
        }
    }
    form.is_valid()
}

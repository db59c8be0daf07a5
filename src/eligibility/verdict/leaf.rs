//! The decision table: from answers, facts of the register and the state of the experiment to one of the verdicts. Nothing else decides.

use time::Date;

use crate::{
    criteria::{self, Finding},
    eligibility::{
        answers::{Answers, Case, Client, Known, Profile, Use, YesNo},
        question::Question,
    },
    experimentation::ExperimentState,
    organisations::{LegalEntity, UnitState},
};

/// Where answers lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, strum::EnumIter)]
pub enum Leaf {
    /// Somebody for themself.
    Individual,
    /// An administration, as the visitor says.
    Administration,
    /// An administration, as the register says too.
    AdministrationFound,
    /// Said to be an administration; the register does not suffice.
    AdministrationToCheck,
    /// A private body that says it has a mission of public service.
    PrivateWithMission,
    /// A private body that said it was an administration.
    PrivateWithoutMission,
    /// Said to be an administration; the register says it has ceased.
    CeasedAdministration,
    /// A vendor for an administration.
    VendorForAdministration,
    /// A vendor for an administration that the register does not show as one.
    VendorForDoubtfulClient,
    /// A vendor for a private body.
    VendorForPrivate,
    /// A vendor for itself.
    VendorForItself,
    /// A public body that said it was private.
    PublicBody,
    /// Services of change of address, and only those.
    AddressOnly,
    /// Services of change of address among others.
    AddressAndMore,
    /// A text imposes to check identities.
    IdentityByText,
    /// Perhaps one does.
    IdentityTextUnknown,
    /// None does.
    IdentityWithoutText,
    /// None of the three cases.
    NoCase,
    /// E0 is not met.
    NotALegalPerson,
    /// E1 is not met.
    NoEstablishment,
    /// E2 is not met.
    TooYoung,
    /// E3 is not met.
    NotOnline,
    /// E4 is not met.
    OutsideSectors,
    /// S1 to S7 are not all accepted.
    CommitmentsDeclined,
    /// Every condition met or to be looked at, and there is no experiment.
    NoExperiment,
    /// The same, before the opening.
    ExperimentNotYetOpen,
    /// The same, while there are places.
    ExperimentOpen,
    /// The same, while every place is held.
    ExperimentFull,
    /// The same, after the last day of candidatures.
    ExperimentClosed,
    /// The same, after the end.
    ExperimentEnded,
}

/// What the register tells of the number the visitor typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The organisation.
    pub entity: Box<LegalEntity>,
    /// The Paris date on which it is judged.
    pub day: Date,
}

impl Facts {
    /// A1.
    pub fn administration(&self) -> Finding {
        criteria::administration(&self.entity)
    }

    /// The organisation exists no longer.
    pub fn has_ceased(&self) -> bool {
        self.entity.unit_state == Some(UnitState::Ceased)
    }

    /// What the register answers to a question, if it does.
    pub fn answer(&self, question: Question) -> Option<Finding> {
        let finding = match question {
            Question::LegalPerson => criteria::legal_person(&self.entity),
            Question::Establishment => criteria::establishment_in_france(&self.entity),
            Question::Seniority => criteria::seniority(&self.entity, self.day),
            _ => return None,
        };
        (finding.outcome != criteria::Outcome::Unknown).then_some(finding)
    }
}

/// The questions met on the way, and what comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Questions answered, in order; with what the register found when it answered.
    pub answered: Vec<(Question, Option<Finding>)>,
    /// The first one without an answer, or where the answers lead.
    pub next: Result<Leaf, Question>,
}

/// Follows the answers as far as they go.
pub fn walk(answers: &Answers, facts: Option<&Facts>, experiment: ExperimentState) -> Walk {
    let mut way = Steps { answers, facts, answered: Vec::new() };
    let next = way.decide(experiment);
    Walk { answered: way.answered, next }
}

impl Walk {
    /// The questions of the address that leads here.
    pub fn questions(&self) -> Vec<Question> {
        self.answered.iter().map(|(question, _)| *question).collect()
    }
}

struct Steps<'a> {
    answers: &'a Answers,
    facts: Option<&'a Facts>,
    answered: Vec<(Question, Option<Finding>)>,
}

impl Steps<'_> {
    /// The visitor's answer, or the question to ask.
    fn ask<T>(&mut self, question: Question, given: Option<T>) -> Result<T, Question> {
        let given = given.ok_or(question)?;
        self.answered.push((question, None));
        Ok(given)
    }

    /// The register's answer, else the visitor's; what must be looked at by a person passes here.
    fn condition(&mut self, question: Question, given: Option<YesNo>) -> Result<bool, Question> {
        match self.facts.and_then(|facts| facts.answer(question)) {
            Some(finding) => {
                let holds = finding.outcome != criteria::Outcome::Fail;
                self.answered.push((question, Some(finding)));
                Ok(holds)
            }
            None => Ok(self.ask(question, given)? == YesNo::Yes),
        }
    }

    fn decide(&mut self, experiment: ExperimentState) -> Result<Leaf, Question> {
        match self.ask(Question::Who, self.answers.profile)? {
            Profile::Individual => Ok(Leaf::Individual),
            Profile::Administration => self.administration(),
            Profile::Vendor => self.vendor(),
            Profile::Private => self.private(experiment),
        }
    }

    /// What the register says of A1.
    fn is_public(&self) -> criteria::Outcome {
        self.facts.map_or(criteria::Outcome::Unknown, |facts| facts.administration().outcome)
    }

    fn administration(&mut self) -> Result<Leaf, Question> {
        if self.facts.is_some_and(Facts::has_ceased) {
            return Ok(Leaf::CeasedAdministration);
        }
        match self.is_public() {
            criteria::Outcome::Unknown => Ok(Leaf::Administration),
            criteria::Outcome::Pass => Ok(Leaf::AdministrationFound),
            criteria::Outcome::ToCheck => Ok(Leaf::AdministrationToCheck),
            criteria::Outcome::Fail => match self.ask(Question::Mission, self.answers.mission)? {
                YesNo::Yes => Ok(Leaf::PrivateWithMission),
                YesNo::No => Ok(Leaf::PrivateWithoutMission),
            },
        }
    }

    fn vendor(&mut self) -> Result<Leaf, Question> {
        match self.ask(Question::Client, self.answers.client)? {
            Client::Administration if self.is_public() == criteria::Outcome::Fail => Ok(Leaf::VendorForDoubtfulClient),
            Client::Administration => Ok(Leaf::VendorForAdministration),
            Client::Private => Ok(Leaf::VendorForPrivate),
            Client::Itself => Ok(Leaf::VendorForItself),
        }
    }

    fn private(&mut self, experiment: ExperimentState) -> Result<Leaf, Question> {
        if self.is_public() == criteria::Outcome::Pass {
            return Ok(Leaf::PublicBody);
        }
        match self.ask(Question::Case, self.answers.case)? {
            Case::AddressChange => match self.ask(Question::AddressUse, self.answers.address_use)? {
                Use::Only => Ok(Leaf::AddressOnly),
                Use::More => Ok(Leaf::AddressAndMore),
            },
            Case::IdentityCheck => match self.ask(Question::IdentityText, self.answers.identity_text)? {
                Known::Yes => Ok(Leaf::IdentityByText),
                Known::Unknown => Ok(Leaf::IdentityTextUnknown),
                Known::No => Ok(Leaf::IdentityWithoutText),
            },
            Case::Experiment => self.experiment(experiment),
            Case::Neither => Ok(Leaf::NoCase),
        }
    }

    fn experiment(&mut self, experiment: ExperimentState) -> Result<Leaf, Question> {
        if !self.condition(Question::LegalPerson, self.answers.legal_person)? {
            return Ok(Leaf::NotALegalPerson);
        }
        if !self.condition(Question::Establishment, self.answers.establishment)? {
            return Ok(Leaf::NoEstablishment);
        }
        if !self.condition(Question::Seniority, self.answers.seniority)? {
            return Ok(Leaf::TooYoung);
        }
        if self.ask(Question::OnlineService, self.answers.online_service)? == YesNo::No {
            return Ok(Leaf::NotOnline);
        }
        if self.ask(Question::Sector, self.answers.sector)?.is_none() {
            return Ok(Leaf::OutsideSectors);
        }
        if self.ask(Question::Commitments, self.answers.commitments)? == YesNo::No {
            return Ok(Leaf::CommitmentsDeclined);
        }
        Ok(match experiment {
            ExperimentState::None => Leaf::NoExperiment,
            ExperimentState::NotYetOpen { .. } => Leaf::ExperimentNotYetOpen,
            ExperimentState::Open { .. } => Leaf::ExperimentOpen,
            ExperimentState::Full { .. } => Leaf::ExperimentFull,
            ExperimentState::Closed { .. } => Leaf::ExperimentClosed,
            ExperimentState::Ended { .. } => Leaf::ExperimentEnded,
        })
    }
}

impl Leaf {
    /// Whether the conditions of the experiment led here.
    pub fn is_of_the_experiment(self) -> bool {
        self >= Self::NotALegalPerson
    }
}

//! What a visitor is told at the end: may they ask, why, what a person will look at, where to go, and what to prepare.

mod checklist;
mod guidance;
mod leaf;
mod reasons;
mod words;

pub use checklist::Item;
pub use leaf::{Facts, Leaf, Walk, walk};

use super::{
    answers::{Answers, Profile},
    question::Question,
    way::{Way, is_open_here},
};
use crate::experimentation::ExperimentState;

/// The answer in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They may ask.
    Eligible,
    /// A person will tell.
    Perhaps,
    /// They may not, or not today.
    NotEligible,
}

/// What is known of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is met.
    Met,
    /// A person will look at it.
    ToLookAt,
    /// It is not met.
    NotMet,
}

/// A condition, what is known of it, and where that comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Met or not.
    pub mark: Mark,
    /// The condition.
    pub title: String,
    /// The fact, in a sentence.
    pub fact: String,
    /// The text of law, then the register and its date or the visitor's answer.
    pub source: String,
}

/// A way on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub label: &'static str,
    /// Where it leads.
    pub href: String,
    /// What is found there.
    pub about: &'static str,
}

/// What the visitor can do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Start a demande: the address that carries what was answered.
    Start(String),
    /// Write to the desk, for it cannot receive the demande itself yet; the subject of the message.
    Write(&'static str),
    /// Go elsewhere.
    Go(Link),
    /// Prepare, and come back.
    Prepare,
}

/// The end of the wizard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which of them.
    pub leaf: Leaf,
    /// In a word.
    pub outcome: Outcome,
    /// The sentence the visitor came for.
    pub title: &'static str,
    /// What it means.
    pub lead: String,
    /// Condition by condition.
    pub reasons: Vec<Reason>,
    /// What a person will look at.
    pub examined: &'static [&'static str],
    /// What else must be known.
    pub notes: Vec<String>,
    /// The button.
    pub act: Act,
    /// Other ways.
    pub elsewhere: Vec<Link>,
    /// What to prepare; empty when there is nothing to ask for.
    pub to_prepare: Vec<Item>,
    /// Whether the commitments of the experiment apply.
    pub commits: bool,
}

/// The verdict of a leaf.
pub fn verdict(leaf: Leaf, answers: &Answers, facts: Option<&Facts>, experiment: ExperimentState) -> Verdict {
    let outcome = words::outcome(leaf);
    Verdict {
        leaf,
        outcome,
        title: words::title(leaf),
        lead: words::lead(leaf, experiment),
        reasons: reasons::of(leaf, answers, facts),
        examined: words::examined(leaf),
        notes: guidance::notes(leaf, facts),
        act: act(leaf, answers, facts),
        elsewhere: guidance::elsewhere(leaf, answers),
        to_prepare: checklist::of(leaf, answers),
        commits: matches!(
            leaf,
            Leaf::ExperimentOpen | Leaf::ExperimentFull | Leaf::ExperimentNotYetOpen | Leaf::NoExperiment | Leaf::CommitmentsDeclined
        ),
    }
}

impl Verdict {
    /// Whether only the day is wrong: neither good news nor a refusal.
    pub fn is_of_the_day(&self) -> bool {
        matches!(self.leaf, Leaf::NoExperiment | Leaf::ExperimentClosed | Leaf::ExperimentEnded)
    }

    /// How far the register has answered the five criteria already, in a sentence; nothing when one is not met.
    pub fn verified(&self) -> Option<String> {
        let is_complete = self.leaf.is_of_the_experiment() && self.reasons.iter().all(|reason| reason.mark != Mark::NotMet);
        let met = self.reasons.iter().filter(|reason| reason.mark == Mark::Met).count();
        let line = match met {
            0 => "Aucune des cinq conditions n’est encore vérifiée : une personne les examinera.".to_owned(),
            1 => "Une condition sur cinq est déjà vérifiée. Une personne examinera les autres.".to_owned(),
            several => format!(
                "{} conditions sur cinq sont déjà vérifiées. Une personne examinera les autres.",
                ["Deux", "Trois", "Quatre", "Cinq"][several.min(5) - 2]
            ),
        };
        is_complete.then_some(line)
    }

    /// Whether a demande can be started here.
    pub fn way_is_open(&self) -> bool {
        self.leaf.way().is_some_and(is_open_here)
    }
}

impl Leaf {
    /// The way to ask that this verdict opens, if any.
    pub fn way(self) -> Option<Way> {
        match self {
            Self::Administration
            | Self::AdministrationFound
            | Self::AdministrationToCheck
            | Self::PrivateWithMission
            | Self::PublicBody => Some(Way::Administration),
            Self::VendorForAdministration | Self::VendorForDoubtfulClient => Some(Way::VendorForClient),
            Self::AddressOnly | Self::AddressAndMore => Some(Way::AddressChange),
            Self::IdentityByText | Self::IdentityTextUnknown => Some(Way::IdentityCheck),
            Self::ExperimentOpen | Self::ExperimentFull => Some(Way::Candidature),
            _ => None,
        }
    }
}

fn act(leaf: Leaf, answers: &Answers, facts: Option<&Facts>) -> Act {
    match leaf.way() {
        Some(way) if is_open_here(way) => Act::Start(start(way, answers, facts)),
        Some(Way::Administration) => Act::Write("Demande d’habilitation d’une administration"),
        Some(Way::VendorForClient) => Act::Write("Demande d’un éditeur pour une administration"),
        Some(Way::AddressChange) => Act::Write("Demande d’habilitation : changement d’adresse"),
        Some(Way::IdentityCheck) => Act::Write("Demande d’habilitation : vérification d’identité imposée par un texte"),
        Some(Way::Candidature) => Act::Write("Candidature à l’expérimentation"),
        None if leaf == Leaf::ExperimentNotYetOpen => Act::Prepare,
        None => guidance::way_on(leaf, answers).map_or(Act::Prepare, Act::Go),
    }
}

/// The page that starts a demande of that kind, with the number, who asks and what the first draft can take up: nothing is typed again. A
/// closed establishment is left out, no demande can be made for it.
fn start(way: Way, answers: &Answers, facts: Option<&Facts>) -> String {
    let closed = facts.is_some_and(|facts| facts.entity.state() == crate::organisations::State::Closed);
    let siret = answers.siret.as_ref().filter(|_| !closed);
    let profile = if way == Way::Administration { Profile::Administration } else { Profile::Private };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    // A vendor says first in whose name it files.
    if way == Way::VendorForClient {
        if let Some(siret) = siret {
            query.append_pair("siret", siret.as_str());
        }
        return format!("/clients?{}", query.finish()).trim_end_matches('?').to_owned();
    }
    query.append_pair("profil", &profile.to_string());
    if let Some(siret) = siret {
        query.append_pair("siret", siret.as_str());
    }
    // An administration is what the page proposes by itself, unless the register says otherwise.
    if way != Way::Administration || facts.is_some_and(|facts| facts.administration().outcome == crate::criteria::Outcome::Fail) {
        query.append_pair("type", way.preset());
    }
    let told = match way {
        Way::AddressChange => answers.value(Question::AddressUse).map(|value| (Question::AddressUse, value)),
        Way::Candidature => answers.value(Question::Sector).map(|value| (Question::Sector, value)),
        Way::Administration | Way::VendorForClient | Way::IdentityCheck => None,
    };
    if let Some((question, value)) = told {
        query.append_pair(question.name(), &value);
    }
    format!("/demandes/nouvelle?{}", query.finish())
}

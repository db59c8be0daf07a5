//! What was decided on a version, by whom, and why.

use time::OffsetDateTime;

use super::ground::Ground;
use crate::{
    accounts::Reviewer,
    applications::{Act, Application, State},
    calendar,
    notifications::Author,
};

/// The three outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub enum Outcome {
    /// Back to the applicant.
    ChangesRequested,
    /// The right is granted.
    Approved,
    /// It is not.
    Refused,
}

impl Outcome {
    /// The act that leads to it.
    pub fn act(self) -> Act {
        match self {
            Self::ChangesRequested => Act::RequestChanges,
            Self::Approved => Act::Approve,
            Self::Refused => Act::Refuse,
        }
    }

    /// « la validation », of a decision that is prepared.
    pub fn noun(self) -> &'static str {
        match self {
            Self::ChangesRequested => "la demande de modifications",
            Self::Approved => "la validation",
            Self::Refused => "le refus",
        }
    }

    /// « a validé cette demande ».
    fn words(self) -> &'static str {
        match self {
            Self::ChangesRequested => "a demandé des modifications de cette demande",
            Self::Approved => "a validé cette demande",
            Self::Refused => "a refusé cette demande",
        }
    }
}

/// A decision, never changed once taken.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The version it is about.
    pub version: i32,
    /// What was decided.
    pub outcome: Outcome,
    /// In law, for a refusal.
    pub ground: Option<Ground>,
    /// What its letter says after « En droit, »; nothing but for a refusal.
    pub in_law: String,
    /// In fact, or what is asked.
    pub message: String,
    /// By whom, as the letter says it.
    pub author: Author,
    /// When.
    pub decided_at: OffsetDateTime,
}

impl Decision {
    /// Whether it is a refusal that still binds: the demande ended by it, or the change of a right did and the right stayed as it was. One
    /// that was reopened, or came before silence decided on a later version, binds no more.
    pub fn is_standing_refusal(&self, application: &Application) -> bool {
        self.outcome == Outcome::Refused
            && self.version == application.version
            && matches!(application.state, State::Refused | State::Approved)
    }

    /// What a reviewer who comes second is told: who decided what, and when.
    pub fn sentence(&self) -> String {
        format!("{} {} le {}.", self.author.name, self.outcome.words(), calendar::moment(self.decided_at))
    }
}

/// The author of a decision, as the law wants it shown: first name, name, quality and service (CRPA L111-2, L212-1, L212-2).
pub fn author(by: &Reviewer, service: &str) -> Author {
    let person = by.person();
    let quality = if person.job_title.is_empty() { "Chargé d’instruction".to_owned() } else { person.job_title.clone() };
    Author { name: person.full_name(), quality, service: service.to_owned() }
}

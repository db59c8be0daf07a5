//! What was prepared, for whom, and where it stands.

use serde_json::Value;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    accounts::EmailAddress,
    ids::{AccountId, ApplicationId, OrganisationId},
};

/// How long it waits for its applicant.
pub const WAITS_FOR: Duration = Duration::days(30);

/// A prepared demande, as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// Its number, in the letter's link.
    pub id: Uuid,
    /// The preset it starts as, by its name.
    pub preset: String,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// « Commune de Clamart ».
    pub organisation_name: String,
    /// For whom.
    pub address: EmailAddress,
    /// What the team writes to them, possibly nothing.
    pub note: String,
    /// The answers the team proposes, step by step.
    pub answers: Value,
    /// By whom.
    pub prepared_by: AccountId,
    /// Their name, as of today.
    pub prepared_by_name: String,
    /// When.
    pub prepared_at: OffsetDateTime,
    /// Until when it can be taken.
    pub expires_at: OffsetDateTime,
    /// The draft it became.
    pub application: Option<ApplicationId>,
    /// When somebody of the team took it back.
    pub cancelled_at: Option<OffsetDateTime>,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum PreparedState {
    /// Waits for its applicant.
    Waiting,
    /// They did not come in time.
    Expired,
    /// It is their draft.
    Claimed,
    /// The team took it back.
    Cancelled,
}

/// What can be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum PreparedAct {
    /// Its applicant takes it.
    Claim,
    /// The team gives it more time and writes again.
    Renew,
    /// The team takes it back.
    Cancel,
}

impl Prepared {
    /// Where it stands at that moment.
    pub fn state(&self, now: OffsetDateTime) -> PreparedState {
        match (self.application, self.cancelled_at) {
            (Some(_), _) => PreparedState::Claimed,
            (None, Some(_)) => PreparedState::Cancelled,
            (None, None) if self.expires_at <= now => PreparedState::Expired,
            (None, None) => PreparedState::Waiting,
        }
    }
}

impl PreparedState {
    /// What it becomes; every pair that is not listed is refused.
    ///
    /// # Errors
    /// The sentence that says why.
    pub fn after(self, act: PreparedAct) -> Result<Self, &'static str> {
        match (self, act) {
            (Self::Waiting, PreparedAct::Claim) => Ok(Self::Claimed),
            (Self::Waiting | Self::Expired, PreparedAct::Renew) => Ok(Self::Waiting),
            (Self::Waiting | Self::Expired, PreparedAct::Cancel) => Ok(Self::Cancelled),
            (state, _) => Err(state.sentence()),
        }
    }

    /// Where it stands, to whoever would act.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Waiting => "Cette demande préparée attend la personne à qui elle est destinée.",
            Self::Expired => "Ce lien a expiré : il valait trente jours. Demandez à l’équipe FranceConnect de le renouveler.",
            Self::Claimed => "Cette demande préparée a déjà été reprise : son lien ne sert qu’une fois.",
            Self::Cancelled => "L’équipe FranceConnect a annulé cette demande préparée.",
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    /// Every pair, written once more by hand.
    #[test]
    fn only_these_acts_follow_only_these_states() {
        use PreparedAct::{Cancel, Claim, Renew};
        use PreparedState::{Cancelled, Claimed, Expired, Waiting};
        let allowed = [
            (Waiting, Claim, Claimed),
            (Waiting, Renew, Waiting),
            (Expired, Renew, Waiting),
            (Waiting, Cancel, Cancelled),
            (Expired, Cancel, Cancelled),
        ];
        for state in PreparedState::VARIANTS {
            for act in PreparedAct::VARIANTS {
                let expected = allowed.iter().find(|(s, a, _)| s == state && a == act).map(|(.., to)| *to);
                assert_eq!(state.after(*act).ok(), expected, "{state:?} {act:?}");
            }
        }
    }
}

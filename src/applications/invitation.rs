//! An offer made to an address: to help fill a demande, or to become the one who files it.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    accounts::EmailAddress,
    ids::{AccountId, ApplicationId},
};

pub(super) mod store;

/// How long an offer waits for its answer.
pub const WAITS_FOR: Duration = Duration::days(14);

/// Offers one person makes in a day: each is a letter to an address of their choice.
pub const MOST_A_DAY: i64 = 20;

/// What is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Purpose {
    /// To fill the steps with the applicant, who alone hands in.
    Fill,
    /// To become the applicant.
    HandOver,
}

/// An offer, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its number, in the letter's link.
    pub id: Uuid,
    /// The demande.
    pub application: ApplicationId,
    /// What is offered.
    pub purpose: Purpose,
    /// To whom.
    pub address: EmailAddress,
    /// By whom.
    pub invited_by: AccountId,
    /// Their name, as of today.
    pub invited_by_name: String,
    /// When.
    pub invited_at: OffsetDateTime,
    /// Until when it can be answered.
    pub expires_at: OffsetDateTime,
    /// When it was accepted.
    pub accepted_at: Option<OffsetDateTime>,
    /// When it was refused.
    pub refused_at: Option<OffsetDateTime>,
    /// Who answered.
    pub answered_by: Option<AccountId>,
    /// When it was taken back, or the right it gave ended.
    pub ended_at: Option<OffsetDateTime>,
}

/// Where an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum InvitationState {
    /// Waits for an answer.
    Open,
    /// Nobody answered in time.
    Expired,
    /// Taken back before an answer.
    Withdrawn,
    /// Refused.
    Refused,
    /// Accepted: its recipient fills the demande, or is its applicant.
    Accepted,
    /// Accepted, and the right to fill is over.
    Ended,
}

/// What can be done with an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum InvitationAct {
    /// Its recipient says yes.
    Accept,
    /// Its recipient says no.
    Refuse,
    /// Whoever files the demande takes it back, or ends what it gave.
    End,
}

impl Invitation {
    /// Where it stands at that moment.
    pub fn state(&self, now: OffsetDateTime) -> InvitationState {
        match (self.accepted_at, self.refused_at, self.ended_at) {
            (Some(_), _, Some(_)) => InvitationState::Ended,
            (Some(_), _, None) => InvitationState::Accepted,
            (None, Some(_), _) => InvitationState::Refused,
            (None, None, Some(_)) => InvitationState::Withdrawn,
            (None, None, None) if self.expires_at <= now => InvitationState::Expired,
            (None, None, None) => InvitationState::Open,
        }
    }

    /// It is the whole demande that is offered.
    pub fn is_hand_over(&self) -> bool {
        self.purpose == Purpose::HandOver
    }
}

impl InvitationState {
    /// What the offer becomes; every pair that is not listed is refused. What changed hands does not change back that way.
    ///
    /// # Errors
    /// The sentence that says why.
    pub fn after(self, act: InvitationAct, purpose: Purpose) -> Result<Self, &'static str> {
        match (self, act, purpose) {
            (Self::Open, InvitationAct::Accept, _) => Ok(Self::Accepted),
            (Self::Open, InvitationAct::Refuse, _) => Ok(Self::Refused),
            (Self::Open | Self::Expired, InvitationAct::End, _) => Ok(Self::Withdrawn),
            (Self::Accepted, InvitationAct::End, Purpose::Fill) => Ok(Self::Ended),
            (state, _, _) => Err(state.sentence()),
        }
    }

    /// Where it stands, to whoever would answer it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Open => "Cette proposition attend une réponse.",
            Self::Expired => {
                "Cette proposition a expiré : elle valait quatorze jours. Demandez à la personne qui l’a envoyée de la renouveler."
            }
            Self::Withdrawn => "Cette proposition a été retirée par la personne qui l’avait envoyée.",
            Self::Refused => {
                "Cette proposition a été refusée. Si vous avez changé d’avis, demandez à la personne qui l’a envoyée de la renouveler."
            }
            Self::Accepted => "Cette proposition a déjà été acceptée : elle ne sert qu’une fois.",
            Self::Ended => {
                "Cette proposition a été acceptée, puis la personne qui l’avait envoyée a mis fin au droit de remplir la demande."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;
    use time::macros::datetime;

    use super::*;

    /// Every triple, written once more by hand.
    #[test]
    fn only_these_acts_follow_only_these_states() {
        use InvitationAct::{Accept, End, Refuse};
        use InvitationState::{Accepted, Ended, Expired, Open, Refused, Withdrawn};
        use Purpose::{Fill, HandOver};
        let allowed = [
            (Open, Accept, Fill, Accepted),
            (Open, Accept, HandOver, Accepted),
            (Open, Refuse, Fill, Refused),
            (Open, Refuse, HandOver, Refused),
            (Open, End, Fill, Withdrawn),
            (Open, End, HandOver, Withdrawn),
            (Expired, End, Fill, Withdrawn),
            (Expired, End, HandOver, Withdrawn),
            (Accepted, End, Fill, Ended),
        ];
        for state in InvitationState::VARIANTS {
            for act in InvitationAct::VARIANTS {
                for purpose in Purpose::VARIANTS {
                    let expected = allowed.iter().find(|(s, a, p, _)| s == state && a == act && p == purpose).map(|(.., to)| *to);
                    let got = state.after(*act, *purpose);
                    assert_eq!(got.ok(), expected, "{state:?} {act:?} {purpose}");
                    assert!(got.is_ok() || got.is_err_and(|sentence| sentence.ends_with('.')));
                }
            }
        }
    }

    #[test]
    fn its_dates_tell_where_it_stands() {
        let at = datetime!(2026-12-03 09:00 UTC);
        let open = Invitation {
            id: Uuid::nil(),
            application: ApplicationId(1),
            purpose: Purpose::Fill,
            address: EmailAddress::parse("leo@clamart.fr").expect("an address"),
            invited_by: AccountId(1),
            invited_by_name: "Camille Rousseau".into(),
            invited_at: at,
            expires_at: at + WAITS_FOR,
            accepted_at: None,
            refused_at: None,
            answered_by: None,
            ended_at: None,
        };
        let later = Some(at + Duration::days(1));
        assert_eq!(open.state(at), InvitationState::Open);
        assert_eq!(open.state(at + WAITS_FOR - Duration::seconds(1)), InvitationState::Open);
        assert_eq!(open.state(at + WAITS_FOR), InvitationState::Expired);
        assert_eq!(Invitation { ended_at: later, ..open.clone() }.state(at), InvitationState::Withdrawn);
        assert_eq!(Invitation { refused_at: later, ..open.clone() }.state(at), InvitationState::Refused);
        let accepted = Invitation { accepted_at: later, ..open };
        assert_eq!(accepted.state(at + WAITS_FOR), InvitationState::Accepted, "what was accepted in time stays so");
        assert_eq!(Invitation { ended_at: later, ..accepted }.state(at), InvitationState::Ended);
    }
}

//! A change of a campaign, or a new one: what somebody proposed, why, and what became of it.

use time::OffsetDateTime;

use super::Campaign;
use crate::ids::{AccountId, CampaignChangeId, CampaignId};

/// What somebody proposed.
#[derive(Clone, Debug)]
pub struct CampaignChange {
    /// Its number.
    pub id: CampaignChangeId,
    /// The campaign it changes; a new one has none before somebody agrees.
    pub campaign: Option<CampaignId>,
    /// Why, published with the change once it is agreed.
    pub reason: String,
    /// The campaign when it was proposed; none for a new one.
    pub before: Option<Campaign>,
    /// The campaign as it is to be.
    pub after: Campaign,
    /// Who proposed it, and when.
    pub proposed: Signed,
    /// Where it stands.
    pub state: ChangeState,
    /// Who settled it, and when.
    pub settled: Option<Signed>,
    /// Why it was declined, or nothing.
    pub answer: String,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Their account.
    pub account: AccountId,
    /// Their name on that day.
    pub name: String,
    /// When.
    pub at: OffsetDateTime,
}

/// Where a change stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub enum ChangeState {
    /// It waits for a second person.
    Proposed,
    /// A second person agreed: it holds.
    Agreed,
    /// A second person declined: nothing changed.
    Declined,
    /// Whoever proposed it took it back.
    Withdrawn,
}

/// What can be done to a change that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settling {
    /// To hold.
    Agree,
    /// Not to be.
    Decline,
    /// Not to be, by whoever proposed it.
    Withdraw,
}

/// Why somebody cannot settle a change that way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSettled {
    /// It has been already, in that state, by somebody.
    Already(ChangeState, String),
    /// They proposed it: another must say.
    OwnProposal,
    /// Another proposed it: only they take it back.
    ProposalOfAnother,
}

impl CampaignChange {
    /// Whether it still waits.
    pub fn waits(&self) -> bool {
        self.state == ChangeState::Proposed
    }

    /// Whether it is a new campaign.
    pub fn is_new(&self) -> bool {
        self.before.is_none()
    }

    /// Whether that account proposed it.
    pub fn is_of(&self, account: AccountId) -> bool {
        self.proposed.account == account
    }

    /// The name of the campaign as people know it today.
    pub fn title(&self) -> &str {
        &self.before.as_ref().unwrap_or(&self.after).title
    }

    /// The state it would be in, when that account may settle it so.
    ///
    /// # Errors
    /// [`NotSettled`].
    pub fn settled_by(&self, account: AccountId, how: Settling) -> Result<ChangeState, NotSettled> {
        if !self.waits() {
            let who = self.settled.as_ref().map(|settled| settled.name.clone()).unwrap_or_default();
            return Err(NotSettled::Already(self.state, who));
        }
        match (how, self.is_of(account)) {
            (Settling::Agree, false) => Ok(ChangeState::Agreed),
            (Settling::Decline, false) => Ok(ChangeState::Declined),
            (Settling::Withdraw, true) => Ok(ChangeState::Withdrawn),
            (Settling::Agree | Settling::Decline, true) => Err(NotSettled::OwnProposal),
            (Settling::Withdraw, false) => Err(NotSettled::ProposalOfAnother),
        }
    }
}

impl ChangeState {
    /// In a word, for a badge.
    pub fn label(self) -> &'static str {
        match self {
            Self::Proposed => "En attente d’accord",
            Self::Agreed => "Acceptée",
            Self::Declined => "Refusée",
            Self::Withdrawn => "Retirée",
        }
    }

    /// The same in the middle of a sentence, before who did it.
    pub fn past(self) -> &'static str {
        match self {
            Self::Proposed => "proposée",
            Self::Agreed => "acceptée",
            Self::Declined => "refusée",
            Self::Withdrawn => "retirée",
        }
    }

    /// The tone of that badge.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Proposed => "new",
            Self::Agreed => "success",
            Self::Declined => "error",
            Self::Withdrawn => "",
        }
    }
}

impl NotSettled {
    /// What happened, and what can be done.
    pub fn sentence(&self) -> String {
        match self {
            Self::Already(ChangeState::Agreed, who) => {
                format!("Cette proposition a déjà été acceptée par {who} : elle est appliquée. Rien d’autre n’a été fait.")
            }
            Self::Already(ChangeState::Declined, who) => format!("Cette proposition a déjà été refusée par {who}. Rien n’a été fait."),
            Self::Already(_, who) => format!("{who} a retiré cette proposition. Rien n’a été fait."),
            Self::OwnProposal => {
                "Vous avez fait cette proposition : une autre personne doit l’accepter ou la refuser. Vous pouvez la retirer.".into()
            }
            Self::ProposalOfAnother => {
                "Seule la personne qui a fait cette proposition peut la retirer. Vous pouvez la refuser, en disant pourquoi.".into()
            }
        }
    }
}

#[cfg(test)]
impl CampaignChange {
    /// A change of the example proposed by account 1, for tests.
    pub(crate) fn example(state: ChangeState) -> Self {
        let signed = |account, name: &str| Signed {
            account: AccountId(account),
            name: name.into(),
            at: time::macros::datetime!(2026-12-03 09:00 UTC),
        };
        let before = Campaign::example();
        Self {
            id: CampaignChangeId(1),
            campaign: Some(CampaignId(1)),
            reason: "L’arrêté modificatif porte le panel à 120 participants.".into(),
            after: Campaign { capacity: 120, ..before.clone() },
            before: Some(before),
            proposed: signed(1, "Yasmine Haddad"),
            state,
            settled: (state != ChangeState::Proposed).then(|| signed(2, "Marc Olivier")),
            answer: String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_settle_a_proposal_and_how() {
        use ChangeState::{Agreed, Declined, Proposed, Withdrawn};
        let already = |state| Err(NotSettled::Already(state, "Marc Olivier".to_owned()));
        for state in [Proposed, Agreed, Declined, Withdrawn] {
            for (account, how, outcome) in [
                (1, Settling::Agree, Err(NotSettled::OwnProposal)),
                (1, Settling::Decline, Err(NotSettled::OwnProposal)),
                (1, Settling::Withdraw, Ok(Withdrawn)),
                (2, Settling::Agree, Ok(Agreed)),
                (2, Settling::Decline, Ok(Declined)),
                (2, Settling::Withdraw, Err(NotSettled::ProposalOfAnother)),
            ] {
                let told = CampaignChange::example(state).settled_by(AccountId(account), how);
                assert_eq!(told, if state == Proposed { outcome } else { already(state) }, "{state:?} {account} {how:?}");
            }
        }
    }

    #[test]
    fn a_campaign_is_kept_in_the_history_as_it_is() {
        let kept = serde_json::to_value(Campaign::example()).expect("written");
        assert_eq!(kept["opens_on"], "2027-01-11");
        assert_eq!(kept["panel"]["shares"]["sante"]["floor"], 8);
        assert_eq!(serde_json::from_value::<Campaign>(kept).expect("read"), Campaign::example());
    }
}

//! The life of a demande: what may follow what, on one screen.

/// Where a demande stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// Being filled in; only its applicant sees it.
    Draft,
    /// A draft thrown away: its applicant may fetch it back until it goes for good.
    Deleted,
    /// Waits for a reviewer.
    Submitted,
    /// Back to the applicant, who edits and submits again.
    ChangesRequested,
    /// A right was granted.
    Approved,
    /// The right is in force and its holder changes the demande, which has not been handed in again.
    Reopened,
    /// Refused, with grounds.
    Refused,
    /// Taken back by its applicant.
    Withdrawn,
    /// Closed by the team without being judged: its applicant was warned, and did not answer.
    Closed,
}

/// What can be done to a demande.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::VariantArray)]
pub enum Act {
    /// Change what is filled in.
    Edit,
    /// Hand it in.
    Submit,
    /// Throw a draft away.
    Delete,
    /// Fetch it back.
    Restore,
    /// Take back what was handed in.
    Withdraw,
    /// Ask the applicant for changes.
    RequestChanges,
    /// Open it again to change what was granted.
    Change,
    /// Grant the right.
    Approve,
    /// Refuse it.
    Refuse,
    /// Instruct a refused one again.
    Reopen,
    /// Close one nobody answers for.
    Close,
}

/// An act the state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .from.why_not(*.act))]
pub struct NotAllowed {
    /// Where the demande stands.
    pub from: State,
    /// What was tried.
    pub act: Act,
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The applicant's.
    Applicant,
    /// The team's.
    Review,
    /// Nobody's: it is over.
    Nobody,
}

impl State {
    /// Those lists show and filter by: a deleted draft stands in the bin.
    pub const LISTED: [Self; 8] = [
        Self::Draft,
        Self::Submitted,
        Self::ChangesRequested,
        Self::Approved,
        Self::Reopened,
        Self::Refused,
        Self::Withdrawn,
        Self::Closed,
    ];

    /// What the demande becomes; every pair that is not listed is refused.
    ///
    /// # Errors
    /// [`NotAllowed`], which says why in a sentence.
    #[expect(clippy::match_same_arms, reason = "the law of a demande reads line by line: one act, what it leads to")]
    pub fn after(self, act: Act) -> Result<Self, NotAllowed> {
        match (self, act) {
            (Self::Draft, Act::Edit) => Ok(Self::Draft),
            (Self::ChangesRequested, Act::Edit) => Ok(Self::ChangesRequested),
            (Self::Reopened, Act::Edit) => Ok(Self::Reopened),
            (Self::Draft | Self::ChangesRequested | Self::Reopened, Act::Submit) => Ok(Self::Submitted),
            (Self::Draft, Act::Delete) => Ok(Self::Deleted),
            (Self::Deleted, Act::Restore) => Ok(Self::Draft),
            (Self::Submitted | Self::ChangesRequested, Act::Withdraw) => Ok(Self::Withdrawn),
            (Self::Approved, Act::Change) => Ok(Self::Reopened),
            (Self::Reopened, Act::Withdraw) => Ok(Self::Approved),
            (Self::Submitted, Act::RequestChanges) => Ok(Self::ChangesRequested),
            (Self::Submitted, Act::Approve) => Ok(Self::Approved),
            (Self::Submitted, Act::Refuse) => Ok(Self::Refused),
            (Self::Refused, Act::Reopen) => Ok(Self::Submitted),
            (Self::ChangesRequested, Act::Close) => Ok(Self::Closed),
            (from, act) => Err(NotAllowed { from, act }),
        }
    }

    /// Whether the act may follow.
    pub fn allows(self, act: Act) -> bool {
        self.after(act).is_ok()
    }

    /// Whose turn it is.
    pub fn turn(self) -> Turn {
        match self {
            Self::Draft | Self::ChangesRequested | Self::Reopened => Turn::Applicant,
            Self::Submitted => Turn::Review,
            Self::Deleted | Self::Approved | Self::Refused | Self::Withdrawn | Self::Closed => Turn::Nobody,
        }
    }

    /// A right was granted, and is told of where the demande is listed.
    pub fn tells_of_its_right(self) -> bool {
        matches!(self, Self::Approved | Self::Reopened)
    }

    /// Handed in and not decided: somebody waits for an answer.
    pub fn is_in_progress(self) -> bool {
        matches!(self, Self::Submitted | Self::ChangesRequested)
    }

    /// Whether a new draft may take its content over: it ended without a right.
    pub fn can_be_resumed(self) -> bool {
        matches!(self, Self::Refused | Self::Withdrawn | Self::Closed)
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Brouillon",
            Self::Deleted => "Brouillon supprimé",
            Self::Submitted => "En cours d’instruction",
            Self::ChangesRequested => "À compléter",
            Self::Approved => "Validée",
            Self::Reopened => "Modification en cours",
            Self::Refused => "Refusée",
            Self::Withdrawn => "Retirée",
            Self::Closed => "Classée sans suite",
        }
    }

    /// The badge's class; the words say the same.
    pub fn badge(self) -> &'static str {
        match self {
            Self::ChangesRequested => "fr-badge--warning",
            Self::Submitted | Self::Reopened => "fr-badge--info",
            Self::Approved => "fr-badge--success",
            Self::Refused => "fr-badge--error",
            Self::Draft | Self::Deleted | Self::Withdrawn | Self::Closed => "",
        }
    }

    fn why_not(self, act: Act) -> &'static str {
        match self {
            Self::Draft => "Cette demande n’a pas encore été déposée.",
            Self::Deleted => "Ce brouillon est dans la corbeille : restaurez-le d’abord.",
            Self::Submitted if matches!(act, Act::Edit | Act::Submit) => {
                "Cette demande est déposée : l’équipe l’instruit et son contenu ne change plus, sauf si elle vous demande des modifications."
            }
            Self::Submitted => "Cette demande est en cours d’instruction.",
            Self::ChangesRequested => "Des modifications ont été demandées : c’est au demandeur de répondre.",
            Self::Approved => "Cette demande est déjà validée.",
            Self::Reopened => "Cette demande est validée, et son titulaire la modifie : il ne l’a pas encore déposée de nouveau.",
            Self::Refused => "Cette demande est déjà refusée.",
            Self::Withdrawn => "Cette demande a été retirée.",
            Self::Closed => "Cette demande a été classée sans suite.",
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    /// Every pair, written once more by hand: a line added above without thought fails here.
    #[test]
    fn only_these_acts_follow_only_these_states() {
        let allowed = [
            (State::Draft, Act::Edit, State::Draft),
            (State::Draft, Act::Submit, State::Submitted),
            (State::Draft, Act::Delete, State::Deleted),
            (State::Deleted, Act::Restore, State::Draft),
            (State::Submitted, Act::Withdraw, State::Withdrawn),
            (State::Submitted, Act::RequestChanges, State::ChangesRequested),
            (State::Submitted, Act::Approve, State::Approved),
            (State::Submitted, Act::Refuse, State::Refused),
            (State::Refused, Act::Reopen, State::Submitted),
            (State::ChangesRequested, Act::Close, State::Closed),
            (State::ChangesRequested, Act::Edit, State::ChangesRequested),
            (State::ChangesRequested, Act::Submit, State::Submitted),
            (State::ChangesRequested, Act::Withdraw, State::Withdrawn),
            (State::Approved, Act::Change, State::Reopened),
            (State::Reopened, Act::Edit, State::Reopened),
            (State::Reopened, Act::Submit, State::Submitted),
            (State::Reopened, Act::Withdraw, State::Approved),
        ];
        for from in State::VARIANTS {
            for act in Act::VARIANTS {
                let expected = allowed.iter().find(|(state, a, _)| state == from && a == act).map(|(_, _, to)| *to);
                assert_eq!(from.after(*act).ok(), expected, "{from} {act:?}");
            }
        }
    }

    #[test]
    fn what_is_over_stays_over_but_a_draft_thrown_away_a_refusal_the_team_reopens_and_a_right_to_change() {
        let over = |state: &&State| state.turn() == Turn::Nobody && **state != State::Deleted;
        for over in State::VARIANTS.iter().filter(over) {
            let allowed: Vec<_> = Act::VARIANTS.iter().filter(|act| over.allows(**act)).collect();
            let expected: &[&Act] = match over {
                State::Refused => &[&Act::Reopen],
                State::Approved => &[&Act::Change],
                _ => &[],
            };
            assert_eq!(allowed, expected, "{over}");
        }
    }

    #[test]
    fn what_is_handed_in_and_not_decided_is_in_progress() {
        let in_progress: Vec<_> = State::VARIANTS.iter().filter(|state| state.is_in_progress()).collect();
        assert_eq!(in_progress, [&State::Submitted, &State::ChangesRequested]);
    }

    #[test]
    fn every_refusal_is_a_sentence() {
        for from in State::VARIANTS {
            for act in Act::VARIANTS {
                if let Err(refusal) = from.after(*act) {
                    assert!(refusal.to_string().ends_with('.'));
                }
            }
        }
    }

    #[test]
    fn only_what_ended_without_a_right_can_be_resumed() {
        let resumable: Vec<_> = State::VARIANTS.iter().filter(|state| state.can_be_resumed()).collect();
        assert_eq!(resumable, [&State::Refused, &State::Withdrawn, &State::Closed]);
    }
}

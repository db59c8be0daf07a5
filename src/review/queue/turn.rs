//! Whose turn it is, from the facts of a demande, for whoever reads them.

use crate::{applications::State, ids::AccountId};

/// How far a decision that has not left is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prepared {
    /// Written; nobody signed it.
    Unsigned,
    /// Signed; its letters leave in a few minutes.
    Signed,
}

/// What decides whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Where the demande stands.
    pub state: State,
    /// Who of the team answers for it.
    pub owner: Option<AccountId>,
    /// The legal service was asked for its opinion on the current version and has not given it.
    pub awaits_legal: bool,
    /// So was the FranceConnect team.
    pub awaits_franceconnect: bool,
    /// The decision on the current version, when one is being written.
    pub decision: Option<Prepared>,
}

/// Whose turn it is, in general: what lists are narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
pub enum Whose {
    /// The reader's own: a dossier of theirs that waits for the team.
    #[strum(serialize = "vous")]
    Mine,
    /// The team's.
    #[strum(serialize = "equipe")]
    Team,
    /// The applicant's.
    #[strum(serialize = "demandeur")]
    Applicant,
    /// A service's that owes its opinion.
    #[strum(serialize = "avis")]
    Opinion,
    /// A signatory's.
    #[strum(serialize = "signature")]
    Signature,
    /// Nobody's: it is signed and leaves.
    #[strum(serialize = "envoi")]
    Leaving,
    /// Nobody's: it is over.
    #[strum(serialize = "personne")]
    Nobody,
}

impl Whose {
    /// All, in the order of the page.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Mine => "À vous",
            Self::Team => "Équipe",
            Self::Applicant => "Demandeur",
            Self::Opinion => "Avis attendu",
            Self::Signature => "Signature",
            Self::Leaving => "Lettre en partance",
            Self::Nobody => "Personne",
        }
    }

    /// The badge's class; the words say the same.
    pub fn badge(self) -> &'static str {
        match self {
            Self::Mine => "fr-badge--warning",
            Self::Team => "fr-badge--info",
            Self::Opinion | Self::Signature => "fr-badge--new",
            Self::Leaving => "fr-badge--success",
            Self::Applicant | Self::Nobody => "",
        }
    }
}

impl Facts {
    /// Whose turn it is, for that reader: the one place that says so.
    pub fn turn(&self, reader: AccountId) -> Whose {
        match (self.state, self.decision) {
            (State::ChangesRequested | State::Reopened | State::Draft, _) => Whose::Applicant,
            (State::Approved | State::Refused | State::Withdrawn | State::Closed | State::Deleted, _) => Whose::Nobody,
            (State::Submitted, Some(Prepared::Signed)) => Whose::Leaving,
            (State::Submitted, Some(Prepared::Unsigned)) => Whose::Signature,
            (State::Submitted, None) if self.awaits_legal || self.awaits_franceconnect => Whose::Opinion,
            (State::Submitted, None) if self.owner == Some(reader) => Whose::Mine,
            (State::Submitted, None) => Whose::Team,
        }
    }

    /// As a row says it: which opinion is awaited, besides.
    pub fn turn_in_words(&self, reader: AccountId) -> &'static str {
        match (self.turn(reader), self.awaits_legal, self.awaits_franceconnect) {
            (Whose::Opinion, true, true) => "Deux avis",
            (Whose::Opinion, true, false) => "Avis juridique",
            (Whose::Opinion, false, _) => "Avis FranceConnect",
            (whose, ..) => whose.label(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: AccountId = AccountId(1);
    const SUBMITTED: Facts =
        Facts { state: State::Submitted, owner: None, awaits_legal: false, awaits_franceconnect: false, decision: None };

    #[test]
    fn whose_turn_it_is_follows_from_the_facts() {
        let mine = Facts { owner: Some(ME), ..SUBMITTED };
        let legal = Facts { awaits_legal: true, ..mine };
        let both = Facts { awaits_franceconnect: true, ..legal };
        let unsigned = Facts { decision: Some(Prepared::Unsigned), ..both };
        let signed = Facts { decision: Some(Prepared::Signed), ..both };
        for (facts, turn, words) in [
            (SUBMITTED, Whose::Team, "Équipe"),
            (Facts { owner: Some(AccountId(2)), ..SUBMITTED }, Whose::Team, "Équipe"),
            (mine, Whose::Mine, "À vous"),
            (legal, Whose::Opinion, "Avis juridique"),
            (Facts { awaits_franceconnect: true, ..mine }, Whose::Opinion, "Avis FranceConnect"),
            (both, Whose::Opinion, "Deux avis"),
            (unsigned, Whose::Signature, "Signature"),
            (signed, Whose::Leaving, "Lettre en partance"),
            (Facts { state: State::ChangesRequested, ..mine }, Whose::Applicant, "Demandeur"),
            (Facts { state: State::Approved, ..mine }, Whose::Nobody, "Personne"),
        ] {
            assert_eq!((facts.turn(ME), facts.turn_in_words(ME)), (turn, words), "{facts:?}");
        }
    }

    #[test]
    fn what_is_over_or_with_the_applicant_waits_for_nobody_of_the_team() {
        for state in [State::Approved, State::Refused, State::Withdrawn, State::Closed, State::ChangesRequested] {
            let facts = Facts { state, owner: Some(ME), awaits_legal: true, awaits_franceconnect: true, decision: Some(Prepared::Signed) };
            assert!(matches!(facts.turn(ME), Whose::Nobody | Whose::Applicant), "{state}");
        }
    }

    #[test]
    fn every_turn_has_its_address() {
        for whose in Whose::ALL {
            assert_eq!(whose.to_string().parse(), Ok(*whose));
        }
    }
}

//! The lists that are ready for everybody: each a filter, nothing more.

use super::{Filter, OwnerChoice, Whose};

/// A ready list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum Preset {
    /// Wait for the team; nobody answers for them.
    ToTake,
    /// The reader's.
    Mine,
    /// Wait for their applicant.
    WaitingForApplicant,
    /// Wait for an opinion.
    WaitingForOpinion,
    /// Wait for a signature.
    ToSign,
    /// Past their day, or nearly.
    Late,
    /// All that are not decided.
    All,
}

impl Preset {
    /// All, in the order of the page.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// What it shows.
    pub fn filter(self) -> Filter {
        let all = Filter::default();
        match self {
            Self::ToTake => Filter { turn: Some(Whose::Team), owner: Some(OwnerChoice::Nobody), ..all },
            Self::Mine => Filter { owner: Some(OwnerChoice::Me), ..all },
            Self::WaitingForApplicant => Filter { turn: Some(Whose::Applicant), ..all },
            Self::WaitingForOpinion => Filter { turn: Some(Whose::Opinion), ..all },
            Self::ToSign => Filter { turn: Some(Whose::Signature), ..all },
            Self::Late => Filter { is_late: true, ..all },
            Self::All => all,
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::ToTake => "À prendre",
            Self::Mine => "Les miennes",
            Self::WaitingForApplicant => "En attente du demandeur",
            Self::WaitingForOpinion => "Avis attendus",
            Self::ToSign => "À signer",
            Self::Late => "En retard",
            Self::All => "Toutes",
        }
    }
}

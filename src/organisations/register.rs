//! The Sirene register, as the desk asks it: one SIRET at a time, from a source that may know it, not know it, or not answer.

use std::sync::Arc;

use time::{Date, OffsetDateTime};

use super::{LegalCategory, Organisation, Siret, Source, State};

mod sample;

pub use sample::{Sample, SampleFault};

/// Where the desk asks.
#[derive(Clone, Debug)]
pub enum Register {
    /// An extract of the register, held in memory.
    Sample(Arc<Sample>),
    /// Nowhere: the register is away, filing goes on with what applicants declare.
    Down,
}

/// What the register says of a SIRET.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It holds the establishment.
    Known(LegalEntity),
    /// It does not hold it.
    Unknown,
    /// It did not answer.
    Unavailable,
}

/// `etatAdministratifEtablissement`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EstablishmentState {
    /// A.
    Open,
    /// F.
    Closed,
}

/// `etatAdministratifUniteLegale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitState {
    /// A.
    Active,
    /// C.
    Ceased,
}

/// An establishment and its legal unit, as the register tells them; what it does not tell is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalEntity {
    /// The establishment.
    pub siret: Siret,
    /// `denominationUniteLegale`; absent when masked or not told.
    pub name: Option<String>,
    /// `categorieJuridiqueUniteLegale`.
    pub legal_category: Option<LegalCategory>,
    /// `activitePrincipaleUniteLegale`, or nothing.
    pub activity_code: String,
    /// Number and street, or nothing.
    pub street: String,
    /// Postal code, or nothing.
    pub postal_code: String,
    /// Town, or nothing.
    pub town: String,
    /// `dateCreationEtablissement`.
    pub establishment_created_on: Option<Date>,
    /// When a closed establishment closed.
    pub closed_on: Option<Date>,
    /// Open or closed.
    pub establishment_state: Option<EstablishmentState>,
    /// Active or ceased.
    pub unit_state: Option<UnitState>,
    /// `statutDiffusion` P (décret 2022-1014): part of it is masked.
    pub partial_disclosure: bool,
    /// Which register.
    pub source: Source,
    /// When it was read.
    pub observed_at: OffsetDateTime,
}

impl Register {
    /// The extract shipped with the program: real establishments, public facts.
    pub fn sample() -> Self {
        Self::Sample(Arc::new(Sample::shipped()))
    }

    /// What the register says of a SIRET.
    pub fn look_up(&self, siret: &Siret) -> Answer {
        match self {
            Self::Sample(sample) => sample.find(siret).cloned().map_or(Answer::Unknown, Answer::Known),
            Self::Down => Answer::Unavailable,
        }
    }
}

impl LegalEntity {
    /// Open, closed, or not told: a ceased unit has no open establishment.
    pub fn state(&self) -> State {
        match (self.establishment_state, self.unit_state) {
            (Some(EstablishmentState::Closed), _) | (_, Some(UnitState::Ceased)) => State::Closed,
            (Some(EstablishmentState::Open), _) => State::Open,
            (None, _) => State::Unknown,
        }
    }

    /// What the register said the last time it answered; nothing when it never told of this organisation.
    pub fn remembered(organisation: &Organisation) -> Option<Self> {
        (organisation.source != Source::Declared).then(|| Self {
            siret: organisation.siret.clone(),
            name: Some(organisation.name.clone()),
            legal_category: LegalCategory::parse(&organisation.legal_category),
            activity_code: organisation.activity_code.clone(),
            street: organisation.street.clone(),
            postal_code: organisation.postal_code.clone(),
            town: organisation.town.clone(),
            establishment_created_on: organisation.establishment_created_on,
            closed_on: None,
            establishment_state: match organisation.state {
                State::Open => Some(EstablishmentState::Open),
                State::Closed => Some(EstablishmentState::Closed),
                State::Unknown => None,
            },
            unit_state: None,
            partial_disclosure: organisation.partial_disclosure,
            source: organisation.source,
            observed_at: organisation.observed_at,
        })
    }
}

/// What a register writes, unless it masks it: « [ND] » (INSEE), « [NON-DIFFUSIBLE] » (recherche-entreprises) or nothing.
pub fn told(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && !is_masked(text)).then(|| text.to_owned())
}

/// Whether a text holds one of the marks registers put in place of what they may not tell.
pub fn is_masked(text: &str) -> bool {
    let text = text.to_uppercase();
    ["[ND]", "[NON-DIFFUSIBLE]", "[NON DIFFUSIBLE]"].iter().any(|mark| text.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_is_never_a_name() {
        for masked in ["[ND]", " [nd] ", "[NON-DIFFUSIBLE]", "[NON-DIFFUSIBLE] [NON-DIFFUSIBLE]", "[ND] (menuiserie)", "", "  "] {
            assert_eq!(told(masked), None, "{masked:?}");
        }
        assert_eq!(told(" ANDRÉ [SARL] "), Some("ANDRÉ [SARL]".into()));
    }

    #[test]
    fn a_register_that_is_away_knows_nothing() {
        let (siret, _) = Siret::parse("13002526500013").expect("fourteen digits");
        assert_eq!(Register::Down.look_up(&siret), Answer::Unavailable);
    }
}

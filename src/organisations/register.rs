//! The Sirene register, as the desk asks it: one SIRET at a time, from a source that may know it, not know it, or not answer.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use time::{Date, OffsetDateTime};

use super::{LegalCategory, Siret, Source, State, stock};

mod configured;
mod insee;
mod nearby;
mod online;
mod pace;
mod reading;
mod recherche_entreprises;
mod sample;
mod store;

pub use online::{Network, Online, Silence};
pub use pace::Asking;
pub use sample::{Sample, SampleFault};

/// Where the desk asks, source after source in the order the settings give.
#[derive(Clone, Debug)]
pub struct Register {
    adapters: Arc<[Adapter]>,
}

/// One source of the register.
#[derive(Clone, Debug)]
pub enum Adapter {
    /// An extract of the register, held in memory.
    Sample(Arc<Sample>),
    /// INSEE's monthly stock, imported into the desk's own database.
    Stock(PgPool),
    /// A public API asked over the network.
    Online(Arc<Online>),
}

/// What the register says of a SIRET.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It holds the establishment.
    Known(Box<LegalEntity>),
    /// It does not hold it.
    Unknown,
    /// It did not answer.
    Unavailable,
}

/// `etatAdministratifEtablissement`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EstablishmentState {
    /// A.
    Open,
    /// F.
    Closed,
}

/// `etatAdministratifUniteLegale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitState {
    /// A.
    Active,
    /// C.
    Ceased,
}

/// Where an establishment stands: criterion E1 asks for one in France.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// `codeCommuneEtablissement`, INSEE's five characters, and no foreign country.
    France {
        /// The commune.
        commune: String,
    },
    /// `codePaysEtrangerEtablissement`.
    Abroad {
        /// INSEE's code of the country.
        country: String,
    },
    /// Masked, or not told.
    NotTold,
}

/// The oldest establishment in France that a source tells of: criterion E2 asks how long the activity has been carried on there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldestEstablishment {
    /// `dateCreationEtablissement`, Paris date.
    pub created_on: Date,
    /// Its town, or nothing.
    pub town: String,
    /// Every establishment of the legal unit was looked at; otherwise an older one may exist.
    pub among_all: bool,
}

/// Lists that say something of what an organisation does: hints, never proofs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Listing {
    /// FINESS: health, social and medico-social establishments.
    Finess,
    /// UAI: schools and universities.
    Uai,
    /// Declared training bodies.
    TrainingBody,
    /// Qualiopi: certified quality of training.
    Qualiopi,
}

/// An establishment and its legal unit, as the register tells them; what it does not tell is absent. Serialized into what the desk
/// remembers and into submitted versions: a field added later needs a default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalEntity {
    /// The establishment.
    pub siret: Siret,
    /// `denominationUniteLegale`; absent when masked or not told.
    pub name: Option<String>,
    /// `categorieJuridiqueUniteLegale`.
    pub legal_category: Option<LegalCategory>,
    /// `activitePrincipaleUniteLegale` in NAF rév. 2, or nothing.
    pub activity_code: String,
    /// `activitePrincipaleNAF25UniteLegale`, in NAF 2025 (décret 2025-736), or nothing.
    pub activity_code_2025: String,
    /// Number and street, or nothing.
    pub street: String,
    /// Postal code, or nothing.
    pub postal_code: String,
    /// Town, or nothing.
    pub town: String,
    /// In France or not.
    pub location: Location,
    /// `dateCreationEtablissement`.
    pub establishment_created_on: Option<Date>,
    /// When a closed establishment closed.
    pub closed_on: Option<Date>,
    /// Open or closed.
    pub establishment_state: Option<EstablishmentState>,
    /// `dateCreationUniteLegale`.
    pub unit_created_on: Option<Date>,
    /// Active or ceased.
    pub unit_state: Option<UnitState>,
    /// The oldest establishment in France, when the source tells one.
    pub oldest_establishment: Option<OldestEstablishment>,
    /// How many establishments of the legal unit are open; none of an active unit is « en sommeil ».
    pub open_establishments: Option<u32>,
    /// `identifiantAssociationUniteLegale`: W and nine digits, or nothing.
    pub association_number: String,
    /// `trancheEffectifsUniteLegale`, or nothing; about two years late.
    pub headcount_band: String,
    /// What other lists say of it.
    pub listings: Vec<Listing>,
    /// `statutDiffusion` P (décret 2022-1014): part of it is masked.
    pub partial_disclosure: bool,
    /// Which register.
    pub source: Source,
    /// When it was read.
    #[serde(with = "time::serde::rfc3339")]
    pub observed_at: OffsetDateTime,
}

impl Register {
    /// These sources, asked in this order; none means that the register is away and that applicants declare.
    pub fn new(adapters: impl IntoIterator<Item = Adapter>) -> Self {
        Self { adapters: adapters.into_iter().collect() }
    }

    /// The extract shipped with the program: real establishments and public facts, and a few invented ones that
    /// say so, for demonstrations.
    pub fn sample() -> Self {
        Self::new([Adapter::Sample(Arc::new(Sample::shipped()))])
    }

    /// What the register says of a SIRET to a page that shows it: see [`Register::ask`].
    pub async fn look_up(&self, siret: &Siret) -> Answer {
        self.ask(siret, Asking::Usual).await
    }

    /// What the register says of a SIRET: the first source that knows it tells. It is unknown only when every source that was asked
    /// answered so.
    pub async fn ask(&self, siret: &Siret, asking: Asking) -> Answer {
        let mut unknown = !self.adapters.is_empty();
        for adapter in self.adapters.iter() {
            match adapter.look_up(siret, asking).await {
                Answer::Known(entity) => return Answer::Known(entity),
                Answer::Unknown => {}
                Answer::Unavailable => unknown = false,
            }
        }
        if unknown { Answer::Unknown } else { Answer::Unavailable }
    }

    /// The sources, in order.
    pub fn adapters(&self) -> &[Adapter] {
        &self.adapters
    }
}

impl Adapter {
    async fn look_up(&self, siret: &Siret, asking: Asking) -> Answer {
        match self {
            Self::Sample(sample) => sample.find(siret).cloned().map_or(Answer::Unknown, |entity| Answer::Known(Box::new(entity))),
            Self::Stock(db) => stock::look_up(db, siret).await,
            Self::Online(online) => online.look_up(siret, asking).await,
        }
    }
}

#[cfg(test)]
const EXAMPLE_DAY: Date = time::macros::date!(2014 - 09 - 02);
#[cfg(test)]
const EXAMPLE_MOMENT: OffsetDateTime = time::macros::datetime!(2026-12-03 09:00 UTC);

#[cfg(test)]
impl LegalEntity {
    /// A company in Angers, open, of which rules can tell everything.
    pub fn example() -> Self {
        let created_on = EXAMPLE_DAY;
        Self {
            siret: Siret::parse("00041287000016").expect("fourteen digits").0,
            name: Some("Institut Belleroche".into()),
            legal_category: LegalCategory::parse("5710"),
            activity_code: String::new(),
            activity_code_2025: String::new(),
            street: String::new(),
            postal_code: "49000".into(),
            town: "Angers".into(),
            location: Location::France { commune: "49007".into() },
            establishment_created_on: Some(created_on),
            closed_on: None,
            establishment_state: Some(EstablishmentState::Open),
            unit_created_on: Some(created_on),
            unit_state: Some(UnitState::Active),
            oldest_establishment: Some(OldestEstablishment { created_on, town: "Angers".into(), among_all: true }),
            open_establishments: Some(1),
            association_number: String::new(),
            headcount_band: String::new(),
            listings: Vec::new(),
            partial_disclosure: false,
            source: Source::SampleRegister,
            observed_at: EXAMPLE_MOMENT,
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
}

/// What a register writes, unless it masks it: « [ND] » (INSEE), « [NON-DIFFUSIBLE] » (recherche-entreprises) or nothing.
pub fn told(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && !is_masked(text)).then(|| text.to_owned())
}

/// Whether a text holds one of the marks registers put in place of what they may not tell.
pub fn is_masked(text: &str) -> bool {
    if !text.contains('[') {
        return false;
    }
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

    #[tokio::test]
    async fn the_first_source_that_knows_tells() {
        let (siret, _) = Siret::parse("13002526500013").expect("fourteen digits");
        assert_eq!(Register::new([]).look_up(&siret).await, Answer::Unavailable, "nobody was asked");
        let empty = Adapter::Sample(Arc::new(Sample::read("siret;…", OffsetDateTime::UNIX_EPOCH).expect("no line")));
        assert_eq!(Register::new([empty.clone()]).look_up(&siret).await, Answer::Unknown);
        let shipped = Adapter::Sample(Arc::new(Sample::shipped()));
        assert!(matches!(Register::new([empty, shipped]).look_up(&siret).await, Answer::Known(_)));
    }
}

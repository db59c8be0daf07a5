//! An organisation's facts as pages show them: each in words, with its source and date.

use time::OffsetDateTime;

use super::{Checksum, LegalCategory, LegalEntity, Location, Organisation, Siret, Source, Standing, State, department_of};
use crate::calendar;

/// What `organisations/identity.html` shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The name.
    pub name: String,
    /// The number.
    pub siret: Siret,
    /// Street, postal code and town on one line, or nothing.
    pub address: String,
    /// What that line is: « Adresse », or « Commune » without a street.
    pub address_label: &'static str,
    /// « Hauts-de-Seine », when the register tells the commune and the name says more than the town's; or nothing.
    pub department: &'static str,
    /// The legal category, when known.
    pub legal_category: Option<LegalCategory>,
    /// NAF code, or nothing.
    pub activity_code: String,
    /// When the establishment was created, in full, or nothing.
    pub created_on: String,
    /// Open, closed or not told, in words.
    pub state: &'static str,
    /// Who says so and when, as a line below the facts.
    pub source: String,
    /// What deserves a second look.
    pub remarks: Vec<&'static str>,
    /// The register's word is awaited: what is shown was declared and will be completed.
    pub is_awaited: bool,
}

/// What was declared and the register has not confirmed.
const UNCONFIRMED: &str = "Le registre n’a pas pu confirmer ces informations : une personne les vérifiera.";

impl Identity {
    /// What is known of an organisation that stands so with the register.
    pub fn of(organisation: &Organisation, standing: Standing) -> Self {
        let mut identity = Self::from(organisation);
        if let Some(place) = identity.remarks.iter().position(|remark| *remark == UNCONFIRMED) {
            match standing {
                Standing::Awaited { .. } => {
                    identity.remarks.remove(place);
                    identity.is_awaited = true;
                }
                Standing::Unknown { .. } => {
                    identity.remarks[place] = "Le registre Sirene ne connaît pas ce SIRET : une personne vérifiera ces informations.";
                }
                Standing::Told | Standing::Declared => {}
            }
        }
        identity
    }
}

impl From<&LegalEntity> for Identity {
    fn from(entity: &LegalEntity) -> Self {
        Self {
            name: entity.name.clone().unwrap_or_else(|| "Nom non publié".into()),
            siret: entity.siret.clone(),
            address: address(&entity.street, &entity.postal_code, &entity.town),
            address_label: address_label(&entity.street),
            department: department(&entity.location, &entity.town),
            legal_category: entity.legal_category,
            activity_code: entity.activity_code.clone(),
            created_on: entity.establishment_created_on.map(calendar::written).unwrap_or_default(),
            state: state(entity.state()),
            source: source(entity.source, entity.observed_at),
            remarks: remarks(&entity.siret, entity.source, entity.partial_disclosure),
            is_awaited: false,
        }
    }
}

impl From<&Organisation> for Identity {
    fn from(organisation: &Organisation) -> Self {
        Self {
            name: organisation.name.clone(),
            siret: organisation.siret.clone(),
            address: address(&organisation.street, &organisation.postal_code, &organisation.town),
            address_label: address_label(&organisation.street),
            department: organisation.facts.as_ref().map_or("", |entity| department(&entity.location, &entity.town)),
            legal_category: LegalCategory::parse(&organisation.legal_category),
            activity_code: organisation.activity_code.clone(),
            created_on: organisation.establishment_created_on.map(calendar::written).unwrap_or_default(),
            state: state(organisation.state),
            source: source(organisation.source, organisation.observed_at),
            remarks: remarks(&organisation.siret, organisation.source, organisation.partial_disclosure),
            is_awaited: false,
        }
    }
}

fn address(street: &str, postal_code: &str, town: &str) -> String {
    let town = [postal_code, town].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    [street, town.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn address_label(street: &str) -> &'static str {
    if street.is_empty() { "Commune" } else { "Adresse" }
}

fn department(location: &Location, town: &str) -> &'static str {
    let Location::France { commune } = location else { return "" };
    department_of(commune).filter(|name| !name.eq_ignore_ascii_case(town)).unwrap_or_default()
}

fn state(state: State) -> &'static str {
    match state {
        State::Open => "Établissement ouvert",
        State::Closed => "Établissement fermé",
        State::Unknown => "Non précisé",
    }
}

fn source(source: Source, at: OffsetDateTime) -> String {
    match source {
        Source::SampleRegister => format!("Registre Sirene, extrait fourni avec le guichet, {}.", calendar::day(at)),
        Source::LocalStock => format!("Registre Sirene, stock mensuel de l’INSEE, {}.", calendar::day(at)),
        Source::RechercheEntreprises => format!("Registre Sirene, consulté par l’API Recherche d’entreprises le {}.", calendar::day(at)),
        Source::Insee => format!("Registre Sirene, consulté auprès de l’INSEE le {}.", calendar::day(at)),
        Source::Declared => format!("Déclaré le {}, non vérifié dans le registre Sirene.", calendar::day(at)),
    }
}

fn remarks(siret: &Siret, source: Source, partial_disclosure: bool) -> Vec<&'static str> {
    let mut remarks = Vec::new();
    if siret.checksum() == Checksum::Wrong {
        remarks.push(
            "Les chiffres de contrôle de ce SIRET ne correspondent pas, mais le registre le connaît. C’est très inhabituel : relisez-le.",
        );
    }
    if partial_disclosure {
        remarks.push("L’organisme a choisi de ne pas publier toutes ses informations dans le registre.");
    }
    if source == Source::Declared && !partial_disclosure {
        remarks.push(UNCONFIRMED);
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisations::{Answer, Register};

    async fn identity(number: &str) -> Identity {
        let (siret, _) = Siret::parse(number).expect("fourteen digits");
        match Register::sample().look_up(&siret).await {
            Answer::Known(entity) => Identity::from(entity.as_ref()),
            answer => panic!("{answer:?}"),
        }
    }

    #[tokio::test]
    async fn facts_come_with_their_source_and_date() {
        let dinum = identity("13002526500013").await;
        assert_eq!((dinum.address_label, dinum.address.as_str()), ("Adresse", "20 avenue de Ségur, 75007 Paris"));
        assert_eq!(
            (identity("21690123100011").await.address_label, identity("21690123100011").await.address.as_str()),
            ("Commune", "Lyon")
        );
        assert_eq!(dinum.created_on, "24\u{a0}mai\u{a0}2017");
        assert_eq!(dinum.state, "Établissement ouvert");
        assert_eq!(dinum.source, "Registre Sirene, extrait fourni avec le guichet, 23\u{a0}novembre\u{a0}2026.");
        assert_eq!(dinum.remarks, Vec::<&str>::new());
        assert_eq!(identity("21690123100011").await.state, "Non précisé");
        assert_eq!(address("", "", "Lyon"), "Lyon");
        assert_eq!(address("", "", ""), "");
    }

    #[test]
    fn a_department_is_named_when_it_says_more_than_the_town() {
        let of = |commune: &str, town| department(&Location::France { commune: commune.into() }, town);
        assert_eq!((of("92023", "CLAMART"), of("97411", "Saint-Denis")), ("Hauts-de-Seine", "La Réunion"));
        assert_eq!((of("75107", "PARIS"), of("00000", "Paris"), department(&Location::NotTold, "Lyon")), ("", "", ""));
    }

    #[tokio::test]
    async fn a_masked_one_shows_no_mask() {
        let masked = identity("94957325700019").await;
        assert_eq!((masked.name.as_str(), masked.address.as_str()), ("Nom non publié", ""));
        assert_eq!(masked.remarks.len(), 1);
        assert!(identity("88974287600009").await.remarks[0].contains("chiffres de contrôle"));
    }
}

//! What a SIRET leads to: an organisation to confirm, one to declare, or a refusal in a sentence.

use time::OffsetDateTime;

use super::{Answer, Checksum, EstablishmentState, LegalEntity, Siret, Source, State, UnitState, is_masked};
use crate::{
    calendar,
    fields::{Field, Fields},
    text,
};

/// The number that names the organisation.
pub const SIRET: Field = Field { name: "siret", label: "SIRET de l’organisme" };
/// Its name, when the register does not tell it.
pub const NAME: Field = Field { name: "nom_organisme", label: "Nom de l’organisme" };
/// Its town, when the register does not tell it.
pub const TOWN: Field = Field { name: "commune_organisme", label: "Commune" };

/// What the desk proposes for a SIRET.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The register tells whose it is: to be confirmed.
    Known(LegalEntity),
    /// The register cannot tell: name and town are typed, and marked as declared.
    ToDeclare(ToDeclare),
    /// No demande can be made for it; the sentence says why and what to do.
    Refused(String),
}

/// An organisation its applicant must name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToDeclare {
    /// Its number.
    pub siret: Siret,
    /// Why the register does not name it.
    pub because: NotTold,
}

/// Why the register does not name an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTold {
    /// It does not hold the number.
    Unknown,
    /// It holds it and masks the name (partial disclosure).
    Masked,
    /// It holds it without a name.
    Unnamed,
    /// It does not answer.
    Unavailable,
}

/// What is known of an organisation when somebody starts acting for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Facts {
    /// By the register.
    Register(LegalEntity),
    /// By the applicant alone.
    Declared(Declaration),
}

/// An organisation as its applicant names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Its number.
    pub siret: Siret,
    /// Its name.
    pub name: String,
    /// Its town.
    pub town: String,
    /// The register masks it.
    pub partial_disclosure: bool,
}

impl NotTold {
    /// What happened, what it means, what to do.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Unknown => {
                "Le registre dont dispose le guichet ne contient pas ce SIRET. Relisez-le ; s’il est exact, indiquez ci-dessous le nom et la commune de l’organisme. Votre demande suit son cours : une personne vérifiera ces informations."
            }
            Self::Masked => {
                "Le registre connaît ce SIRET, mais l’organisme a choisi de ne pas y publier son nom. Indiquez-le ci-dessous avec la commune. Votre demande suit son cours : une personne vérifiera ces informations."
            }
            Self::Unnamed => {
                "Le registre connaît ce SIRET mais n’en donne pas le nom. Indiquez-le ci-dessous avec la commune. Votre demande suit son cours : une personne vérifiera ces informations."
            }
            Self::Unavailable => {
                "Le registre ne répond pas en ce moment. Indiquez ci-dessous le nom et la commune de l’organisme. Votre demande suit son cours : ces informations seront vérifiées plus tard."
            }
        }
    }
}

/// What a well-formed SIRET leads to. Control digits that do not fit refuse it unless the register knows it (a few registered numbers fail).
pub fn decide(siret: Siret, checksum: Checksum, answer: Answer) -> Choice {
    let to_declare = |siret, because| Choice::ToDeclare(ToDeclare { siret, because });
    match (answer, checksum) {
        (Answer::Known(entity), _) if entity.state() == State::Closed => Choice::Refused(closed_sentence(&entity)),
        (Answer::Known(entity), _) if entity.name.is_some() => Choice::Known(entity),
        (Answer::Known(entity), _) if entity.partial_disclosure => to_declare(entity.siret, NotTold::Masked),
        (Answer::Known(entity), _) => to_declare(entity.siret, NotTold::Unnamed),
        (Answer::Unknown | Answer::Unavailable, Checksum::Wrong) => Choice::Refused(
            "Ce SIRET contient une erreur : ses chiffres de contrôle ne correspondent pas. Relisez-le et corrigez-le.".into(),
        ),
        (Answer::Unknown, Checksum::Valid) => to_declare(siret, NotTold::Unknown),
        (Answer::Unavailable, Checksum::Valid) => to_declare(siret, NotTold::Unavailable),
    }
}

fn closed_sentence(entity: &LegalEntity) -> String {
    let whose = entity.name.as_deref().map_or(String::new(), |name| format!(" ({name})"));
    if entity.unit_state == Some(UnitState::Ceased) {
        return format!(
            "L’organisme du SIRET {}{whose} a cessé son activité d’après le registre Sirene : aucune demande ne peut être faite en son nom. Indiquez le SIRET d’un établissement ouvert, par exemple celui de l’organisme qui lui a succédé.",
            entity.siret
        );
    }
    let since = match (entity.closed_on, entity.establishment_state) {
        (Some(date), Some(EstablishmentState::Closed)) => format!(" depuis le {}", calendar::written(date)),
        _ => String::new(),
    };
    format!(
        "L’établissement {}{whose} est fermé{since} d’après le registre Sirene : aucune demande ne peut être faite en son nom. Indiquez le SIRET d’un établissement ouvert.",
        entity.siret
    )
}

impl Choice {
    /// The SIRET has been accepted: there is something to confirm or to declare.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Refused(_))
    }

    /// The facts to start with, once the form that confirms or declares them came back; what is missing is noted beside its field.
    pub fn into_facts(self, form: &mut Fields) -> Option<Facts> {
        match self {
            Self::Known(entity) => Some(Facts::Register(entity)),
            Self::ToDeclare(ToDeclare { siret, because }) => {
                let name = form.parse(NAME, parse_name);
                let town = form.line(TOWN, 100);
                Some(Facts::Declared(Declaration { siret, name: name?, town: town?, partial_disclosure: because == NotTold::Masked }))
            }
            Self::Refused(sentence) => {
                form.refuse(SIRET, sentence);
                None
            }
        }
    }
}

fn parse_name(typed: &str) -> Result<String, String> {
    let name = text::line(typed, 200).map_err(|fault| fault.to_string())?;
    if is_masked(&name) {
        return Err("« [ND] » signifie que le registre masque le nom : indiquez le nom lui-même.".into());
    }
    Ok(name)
}

impl Facts {
    /// What is to be written down; what is declared is dated now, and says nothing of the establishment's state.
    pub fn entity(&self, now: OffsetDateTime) -> LegalEntity {
        match self {
            Self::Register(entity) => entity.clone(),
            Self::Declared(declaration) => LegalEntity {
                siret: declaration.siret.clone(),
                name: Some(declaration.name.clone()),
                legal_category: None,
                activity_code: String::new(),
                street: String::new(),
                postal_code: String::new(),
                town: declaration.town.clone(),
                establishment_created_on: None,
                closed_on: None,
                establishment_state: None,
                unit_state: None,
                partial_disclosure: declaration.partial_disclosure,
                source: Source::Declared,
                observed_at: now,
            },
        }
    }
}

//! What a SIRET leads to: an organisation to confirm, one to declare, or a refusal in a sentence.

use time::OffsetDateTime;

use super::{Answer, Checksum, EstablishmentState, Identity, LegalEntity, Location, Siret, Source, State, UnitState, is_masked};
use crate::{
    calendar,
    fields::{Field, Fields},
    text::{self, TextFault},
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
    Known(Box<LegalEntity>),
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
    Register(Box<LegalEntity>),
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
                "Le registre dont dispose le guichet ne contient pas ce SIRET. Relisez-le ; s’il est exact, indiquez ci-dessous le nom et la commune de l’organisme. Vous pouvez continuer : une personne vérifiera ces informations."
            }
            Self::Masked => {
                "Le registre connaît ce SIRET, mais l’organisme a choisi de ne pas y publier son nom. Indiquez-le ci-dessous avec la commune. Vous pouvez continuer : une personne vérifiera ces informations."
            }
            Self::Unnamed => {
                "Le registre connaît ce SIRET mais n’en donne pas le nom. Indiquez-le ci-dessous avec la commune. Vous pouvez continuer : une personne vérifiera ces informations."
            }
            Self::Unavailable => {
                "Le registre ne répond pas en ce moment. Indiquez ci-dessous le nom et la commune de l’organisme. Vous pouvez continuer : ces informations seront vérifiées plus tard."
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
            "Ce SIRET contient une erreur : ses chiffres de contrôle ne correspondent pas. Relisez-le et corrigez-le.".into(),
        ),
        (Answer::Unknown, Checksum::Valid) => to_declare(siret, NotTold::Unknown),
        (Answer::Unavailable, Checksum::Valid) => to_declare(siret, NotTold::Unavailable),
    }
}

fn closed_sentence(entity: &LegalEntity) -> String {
    let whose = entity.name.as_deref().map_or(String::new(), |name| format!(" ({name})"));
    if entity.unit_state == Some(UnitState::Ceased) {
        return format!(
            "L’organisme du SIRET {}{whose} a cessé son activité d’après le registre Sirene : aucune demande ne peut être faite en son nom. Indiquez le SIRET d’un établissement ouvert, par exemple celui de l’organisme qui lui a succédé.",
            entity.siret
        );
    }
    let since = match (entity.closed_on, entity.establishment_state) {
        (Some(date), Some(EstablishmentState::Closed)) => format!(" depuis le {}", calendar::written(date)),
        _ => String::new(),
    };
    format!(
        "L’établissement {}{whose} est fermé{since} d’après le registre Sirene : aucune demande ne peut être faite en son nom. Indiquez le SIRET d’un établissement ouvert.",
        entity.siret
    )
}

impl Choice {
    /// What there is to confirm, for the page.
    pub fn identity(&self) -> Option<Identity> {
        match self {
            Self::Known(entity) => Some(Identity::from(entity.as_ref())),
            Self::ToDeclare(_) | Self::Refused(_) => None,
        }
    }

    /// What there is to declare, for the page.
    pub fn to_declare(&self) -> Option<&ToDeclare> {
        match self {
            Self::ToDeclare(to_declare) => Some(to_declare),
            Self::Known(_) | Self::Refused(_) => None,
        }
    }

    /// Notes a refusal beside the SIRET.
    pub fn note(&self, form: &mut Fields) {
        if let Self::Refused(sentence) = self {
            form.refuse(SIRET, sentence.clone());
        }
    }

    /// The facts to start with, once the form that confirms or declares them came back; what is missing is noted beside its field.
    pub fn facts(&self, form: &mut Fields) -> Option<Facts> {
        self.note(form);
        match self {
            Self::Known(entity) => Some(Facts::Register(entity.clone())),
            Self::ToDeclare(ToDeclare { siret, because }) => {
                let name = form.parse(NAME, parse_name);
                let town = form.parse(TOWN, |typed| {
                    text::line(typed, 100).map_err(|fault| sentence_of(&fault, "Indiquez la commune de l’établissement."))
                });
                let partial_disclosure = *because == NotTold::Masked;
                Some(Facts::Declared(Declaration { siret: siret.clone(), name: name?, town: town?, partial_disclosure }))
            }
            Self::Refused(_) => None,
        }
    }
}

fn sentence_of(fault: &TextFault, when_empty: &str) -> String {
    if *fault == TextFault::Empty { when_empty.into() } else { fault.to_string() }
}

fn parse_name(typed: &str) -> Result<String, String> {
    let name = text::line(typed, 200).map_err(|fault| sentence_of(&fault, "Indiquez le nom de l’organisme."))?;
    if is_masked(&name) {
        return Err("« [ND] » signifie que le registre masque le nom : indiquez le nom lui-même.".into());
    }
    Ok(name)
}

impl Facts {
    /// What is to be written down; what is declared is dated now, and says nothing of the establishment's state.
    pub fn entity(&self, now: OffsetDateTime) -> LegalEntity {
        match self {
            Self::Register(entity) => entity.as_ref().clone(),
            Self::Declared(declaration) => LegalEntity {
                siret: declaration.siret.clone(),
                name: Some(declaration.name.clone()),
                legal_category: None,
                activity_code: String::new(),
                activity_code_2025: String::new(),
                street: String::new(),
                postal_code: String::new(),
                town: declaration.town.clone(),
                location: Location::NotTold,
                establishment_created_on: None,
                closed_on: None,
                establishment_state: None,
                unit_created_on: None,
                unit_state: None,
                oldest_establishment: None,
                open_establishments: None,
                association_number: String::new(),
                headcount_band: String::new(),
                listings: Vec::new(),
                partial_disclosure: declaration.partial_disclosure,
                source: Source::Declared,
                observed_at: now,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisations::Register;

    async fn choice(register: &Register, typed: &str) -> Choice {
        let (siret, checksum) = Siret::parse(typed).expect("fourteen digits");
        let answer = register.look_up(&siret).await;
        decide(siret, checksum, answer)
    }

    fn not_told(choice: &Choice) -> Option<NotTold> {
        choice.to_declare().map(|to_declare| to_declare.because)
    }

    #[tokio::test]
    async fn an_open_one_is_to_be_confirmed() {
        let dinum = choice(&Register::sample(), "13002526500013").await.identity().expect("known");
        assert_eq!(dinum.name, "Direction interministérielle du numérique (DINUM)");
    }

    #[tokio::test]
    async fn a_closed_one_is_refused_with_its_date_and_what_to_do() {
        let Choice::Refused(sentence) = choice(&Register::sample(), "21920023500022").await else { panic!("closed") };
        assert!(sentence.contains("fermé depuis le 20\u{a0}juin\u{a0}2002"), "{sentence}");
        assert!(sentence.ends_with("Indiquez le SIRET d’un établissement ouvert."), "{sentence}");
        let Choice::Refused(sentence) = choice(&Register::sample(), "32122785200019").await else { panic!("closed") };
        assert!(sentence.contains("(Apple Europe Inc.) est fermé d’après"), "no date is told: {sentence}");
        let Choice::Refused(sentence) = choice(&Register::sample(), "00557246600026").await else { panic!("ceased") };
        assert!(sentence.contains("a cessé son activité") && !sentence.contains("ND"), "{sentence}");
    }

    #[tokio::test]
    async fn what_the_register_cannot_tell_is_declared() {
        let sample = Register::sample();
        for (typed, because) in [
            ("73282932000074", NotTold::Unknown),
            ("35600000049837", NotTold::Unknown),
            ("94957325700019", NotTold::Masked),
            // control digits that do not fit, but the register knows it
            ("88974287600009", NotTold::Unnamed),
        ] {
            assert_eq!(not_told(&choice(&sample, typed).await), Some(because), "{typed}");
        }
        assert_eq!(not_told(&choice(&Register::new([]), "13002526500013").await), Some(NotTold::Unavailable));
    }

    #[tokio::test]
    async fn wrong_control_digits_refuse_what_the_register_does_not_confirm() {
        for register in [Register::sample(), Register::new([])] {
            assert!(
                matches!(choice(&register, "12345678901234").await, Choice::Refused(sentence) if sentence.contains("chiffres de contrôle"))
            );
        }
        assert!(matches!(choice(&Register::new([]), "88974287600009").await, Choice::Refused(_)));
    }

    #[tokio::test]
    async fn a_declaration_needs_a_name_and_a_town() {
        let unknown = choice(&Register::sample(), "73282932000074").await;
        let mut form = Fields::from_pairs(vec![(NAME.name.into(), " ".into())]);
        assert_eq!(unknown.facts(&mut form), None);
        assert_eq!(form.errors().iter().map(|error| error.name).collect::<Vec<_>>(), [NAME.name, TOWN.name]);

        let mut form = Fields::from_pairs(vec![(NAME.name.into(), "[ND]".into()), (TOWN.name.into(), "Tulle".into())]);
        assert_eq!(unknown.facts(&mut form), None, "a mask is no name");

        let mut form = Fields::from_pairs(vec![(NAME.name.into(), " Mairie de Tulle ".into()), (TOWN.name.into(), "Tulle".into())]);
        let Some(Facts::Declared(declaration)) = unknown.facts(&mut form) else { panic!("complete") };
        assert_eq!((declaration.name.as_str(), declaration.town.as_str()), ("Mairie de Tulle", "Tulle"));
    }

    #[tokio::test]
    async fn a_refusal_is_noted_beside_the_siret() {
        let mut form = Fields::default();
        assert_eq!(Choice::Refused("Fermé.".into()).facts(&mut form), None);
        assert_eq!(form.error(SIRET.name), Some("Fermé."));
    }
}

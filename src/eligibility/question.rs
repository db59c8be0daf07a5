//! The questions of the wizard, in the words visitors read.

use strum::IntoEnumIterator;

use super::answers::NO_SECTOR;
use crate::criteria::Sector;

/// A question, and the page that asks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumIter)]
pub enum Question {
    /// Who asks.
    Who,
    /// For whom a software vendor acts.
    Client,
    /// Whether a private body is charged with a mission of public service (CRPA L100-3, 1°).
    Mission,
    /// Which of the three cases of private bodies.
    Case,
    /// Whether the button would serve changes of address only.
    AddressUse,
    /// Whether a text imposes to check who people are.
    IdentityText,
    /// E0.
    LegalPerson,
    /// E1.
    Establishment,
    /// E2.
    Seniority,
    /// E3.
    OnlineService,
    /// E4.
    Sector,
    /// S1 to S7.
    Commitments,
}

/// One of the answers a question proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As the address holds it.
    pub value: String,
    /// As people read it.
    pub label: &'static str,
    /// What it means, or nothing.
    pub hint: &'static str,
}

fn choice(value: &str, label: &'static str, hint: &'static str) -> Choice {
    Choice { value: value.to_owned(), label, hint }
}

impl Question {
    /// The parameter that holds the answer, and the field of the form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Who => "profil",
            Self::Client => "client",
            Self::Mission => "mission",
            Self::Case => "cas",
            Self::AddressUse => "usage",
            Self::IdentityText => "texte",
            Self::LegalPerson => "personne_morale",
            Self::Establishment => "etablissement",
            Self::Seniority => "anciennete",
            Self::OnlineService => "service",
            Self::Sector => "secteur",
            Self::Commitments => "engagements",
        }
    }

    /// The question of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::iter().find(|question| question.name() == name)
    }

    /// The question, title of its page.
    pub fn title(self) -> &'static str {
        match self {
            Self::Who => "Qui êtes-vous ?",
            Self::Client => "Pour qui agissez-vous ?",
            Self::Mission => "Avez-vous une mission de service public administratif ?",
            Self::Case => "Quel est votre cas ?",
            Self::AddressUse => "FranceConnect servirait-il uniquement au changement d’adresse ?",
            Self::IdentityText => "Un texte vous impose-t-il de vérifier l’identité de vos utilisateurs ?",
            Self::LegalPerson => "Votre organisme est-il une personne morale ?",
            Self::Establishment => "Avez-vous un établissement en France ?",
            Self::Seniority => "Exercez-vous votre activité en France depuis plus de trois ans ?",
            Self::OnlineService => "Proposez-vous un service par voie électronique ?",
            Self::Sector => "À quel secteur votre service contribue-t-il ?",
            Self::Commitments => "Pouvez-vous prendre ces sept engagements ?",
        }
    }

    /// What the answer is about, for « Ensuite : » and the list of answers.
    pub fn subject(self) -> &'static str {
        match self {
            Self::Who => "Qui vous êtes",
            Self::Client => "Pour qui vous agissez",
            Self::Mission => "Mission de service public",
            Self::Case => "Votre cas",
            Self::AddressUse => "L’usage du bouton",
            Self::IdentityText => "Le texte qui l’impose",
            Self::LegalPerson => "Personne morale",
            Self::Establishment => "Établissement en France",
            Self::Seniority => "Plus de trois ans d’activité",
            Self::OnlineService => "Votre service en ligne",
            Self::Sector => "Le secteur de votre service",
            Self::Commitments => "Vos engagements",
        }
    }

    /// What helps to answer.
    pub fn help(self) -> &'static str {
        match self {
            Self::Who => "Deux minutes suffisent, sans compte : rien de ce que vous répondez n’est enregistré.",
            Self::Client => {
                "Un éditeur de logiciel n’est pas éligible par lui-même : c’est l’entité qu’il représente qui obtient l’habilitation."
            }
            Self::Mission => {
                "Un organisme de droit privé chargé d’une mission de service public administratif compte parmi les administrations (code des relations entre le public et l’administration, article L. 100-3)."
            }
            Self::Case => {
                "Les entreprises et les associations peuvent intégrer FranceConnect dans deux cas permanents, que fixe l’arrêté du 8 novembre 2018, ou en participant à une expérimentation."
            }
            Self::AddressUse => {
                "L’arrêté du 8 novembre 2018 ouvre FranceConnect aux services en ligne liés à la démarche de changement d’adresse, et uniquement pour ces services."
            }
            Self::IdentityText => {
                "Il faut que l’usage de votre service nécessite, d’après une disposition législative ou réglementaire, la vérification de l’identité de vos utilisateurs ou de certains de leurs attributs (arrêté du 8 novembre 2018, article 4)."
            }
            Self::LegalPerson => "L’expérimentation est ouverte aux personnes morales : sociétés, associations déclarées, fondations…",
            Self::Establishment => "Il doit être ouvert et inscrit au registre Sirene.",
            Self::Seniority => {
                "L’ancienneté se compte depuis l’ouverture de votre plus ancien établissement en France, jusqu’au jour où vous déposez votre candidature."
            }
            Self::OnlineService => {
                "Un service en ligne, en vue de la fourniture, de l’échange ou du partage d’un bien ou d’un service : un site ou une application qu’utilisent vos clients ou vos adhérents."
            }
            Self::Sector => {
                "C’est le service qui compte, non l’activité générale de votre organisme. L’expérimentation est réservée aux six secteurs que l’arrêté énumère."
            }
            Self::Commitments => {
                "Ce sont les critères de sélection : vous les signerez avec votre candidature. Un dossier qui ne les remplit pas est écarté."
            }
        }
    }

    /// The answers it proposes.
    pub fn choices(self) -> Vec<Choice> {
        match self {
            Self::Who => vec![
                choice(
                    "collectivite",
                    "Une collectivité ou une administration",
                    "Commune, département, ministère, établissement public, hôpital, organisme de sécurité sociale…",
                ),
                choice("editeur", "Un éditeur de logiciel", "Vous agissez pour le compte d’un client"),
                choice("entreprise", "Une entreprise ou une association", "Un organisme de droit privé"),
                choice("particulier", "Un particulier", "Vous voulez vous connecter avec FranceConnect, ou une question sur votre compte"),
            ],
            Self::Client => vec![
                choice(
                    "administration",
                    "Pour une administration ou une collectivité",
                    "Vous remplissez la demande pour l’entité que vous représentez",
                ),
                choice("prive", "Pour une entreprise ou une association", ""),
                choice("soi", "Pour notre propre service en ligne", ""),
            ],
            Self::Case => vec![
                choice(
                    "adresse",
                    "Mon service est lié à la démarche de changement d’adresse",
                    "Par exemple : prévenir plusieurs organismes d’un déménagement",
                ),
                choice(
                    "identite",
                    "Un texte m’impose de vérifier l’identité de mes utilisateurs",
                    "Une loi, une ordonnance, un décret ou un arrêté. Par exemple : compte bancaire, jeux en ligne, lettre recommandée électronique, signature qualifiée",
                ),
                choice(
                    "experimentation",
                    "Je souhaite participer à l’expérimentation",
                    "Pendant un an, dans l’un des six secteurs que l’arrêté énumère",
                ),
                choice("aucun", "Aucun de ces cas", ""),
            ],
            Self::AddressUse => vec![
                choice("uniquement", "Oui, uniquement pour ces services", ""),
                choice("aussi", "Non, aussi pour d’autres services", ""),
            ],
            Self::IdentityText => vec![
                choice("oui", "Oui", "Vous en citerez la référence dans votre demande"),
                choice("non", "Non", "Vérifier l’identité vous serait utile, mais aucun texte ne l’impose"),
                choice("inconnu", "Je ne sais pas", "Une personne l’examinera avec vous"),
            ],
            Self::Sector => Sector::ALL
                .iter()
                .map(|sector| choice(&sector.to_string(), sector.label(), sector.examples()))
                .chain([choice(NO_SECTOR, "Aucun de ces secteurs", "Nous vous dirons s’il existe une autre voie")])
                .collect(),
            Self::Commitments => vec![choice("oui", "Oui, nous pouvons les prendre tous", ""), choice("non", "Non, pas tous", "")],
            Self::Mission | Self::LegalPerson | Self::Establishment | Self::Seniority | Self::OnlineService => {
                vec![choice("oui", "Oui", self.yes()), choice("non", "Non", self.no())]
            }
        }
    }

    fn yes(self) -> &'static str {
        match self {
            Self::Mission => "Par exemple : caisse de sécurité sociale, fédération délégataire",
            Self::LegalPerson => "Société, association déclarée, fondation, mutuelle…",
            _ => "",
        }
    }

    fn no(self) -> &'static str {
        match self {
            Self::LegalPerson => "Entreprise individuelle, micro-entreprise, indivision, association non déclarée",
            _ => "",
        }
    }

    /// The label of the answer of that value.
    pub fn label_of(self, value: &str) -> &'static str {
        self.choices().into_iter().find(|choice| choice.value == value).map_or("", |choice| choice.label)
    }
}

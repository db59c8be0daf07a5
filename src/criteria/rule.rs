//! The rules themselves: their words, their source, who checks them and with what. `/regles` prints them; the code runs them.

use serde::{Deserialize, Serialize};

/// A rule, named by its published code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, strum::Display, strum::VariantArray)]
pub enum Rule {
    /// A legal person.
    E0,
    /// An establishment in France.
    E1,
    /// More than three years of activity.
    E2,
    /// An on-line service.
    E3,
    /// One of six sectors.
    E4,
    /// Monthly figures.
    S1,
    /// The cahier des charges.
    S2,
    /// Promotion.
    S3,
    /// Keeping data for the time of the contract.
    S4,
    /// Another way to sign in.
    S5,
    /// No sale, no transfer outside the Union.
    S6,
    /// The end of use.
    S7,
    /// An administration.
    A1,
    /// A legal basis.
    A2,
    /// A described service.
    A3,
    /// Contacts.
    A4,
    /// Only the data that are needed.
    A5,
    /// A company or an association.
    P0,
    /// Services tied to a change of address.
    P1,
    /// A check imposed by a text.
    P2,
}

/// Who says whether a rule is fulfilled, and with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The program compares facts of the register; a person reads its finding.
    Register(&'static str),
    /// The program looks at what the demande says; a person reads its finding.
    Demande(&'static str),
    /// A person alone.
    Person(&'static str),
    /// The applicant commits to it.
    Commitment(&'static str),
}

const EXPERIMENT_1: &str = "Arrêté du 11\u{a0}mai\u{a0}2020, article\u{a0}1er";
const EXPERIMENT_2: &str = "Arrêté du 11\u{a0}mai\u{a0}2020, article\u{a0}2";
const SELECTION: &str = "Critères de sélection de l’expérimentation FranceConnect";
const ARRETE_2018: &str = "Arrêté du 8\u{a0}novembre\u{a0}2018 relatif à FranceConnect";

impl Rule {
    /// All, in the order of their codes.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Who may take part in an experiment.
    pub fn eligibility() -> [Self; 5] {
        [Self::E0, Self::E1, Self::E2, Self::E3, Self::E4]
    }

    /// What a participant commits to.
    pub fn commitments() -> [Self; 7] {
        [Self::S1, Self::S2, Self::S3, Self::S4, Self::S5, Self::S6, Self::S7]
    }

    /// What an administration's demande fulfils.
    pub fn administrations() -> [Self; 5] {
        [Self::A1, Self::A2, Self::A3, Self::A4, Self::A5]
    }

    /// What the permanent cases of companies and associations fulfil, besides A3 to A5.
    pub fn permanent_cases() -> [Self; 3] {
        [Self::P0, Self::P1, Self::P2]
    }

    /// In a few words.
    pub fn title(self) -> &'static str {
        match self {
            Self::E0 => "Être une personne morale",
            Self::E1 => "Avoir un établissement en France",
            Self::E2 => "Exercer son activité depuis plus de trois ans",
            Self::E3 => "Proposer un service par voie électronique",
            Self::E4 => "Contribuer à l’un des six secteurs",
            Self::S1 => "Mesurer l’apport de FranceConnect",
            Self::S2 => "Respecter le cahier des charges",
            Self::S3 => "Promouvoir le service",
            Self::S4 => "Conserver les données le temps de la relation contractuelle",
            Self::S5 => "Laisser une autre façon de se connecter",
            Self::S6 => "Ne pas vendre ni transférer les données hors de l’Union européenne",
            Self::S7 => "Arrêter et détruire les données à la fin",
            Self::A1 => "Être une administration",
            Self::A2 => "Citer un cadre juridique",
            Self::A3 => "Décrire le service et le besoin d’identifier",
            Self::A4 => "Donner les contacts de l’équipe et du délégué à la protection des données",
            Self::A5 => "Ne demander que les données nécessaires",
            Self::P0 => "Être une entreprise ou une association",
            Self::P1 => "Un service lié au changement d’adresse, et lui seul",
            Self::P2 => "Un texte impose de vérifier l’identité",
        }
    }

    /// The rule as it was published, word for word where a text says it.
    pub fn wording(self) -> &'static str {
        match self {
            Self::E0 => "L’expérimentation est menée avec un nombre maximal de cent personnes morales.",
            Self::E1 => "Avoir un établissement en France.",
            Self::E2 => "Exercer son activité depuis plus de 3\u{a0}ans. L’arrêté précise : en France.",
            Self::E3 => {
                "Proposer un service par voie électronique, en vue de la fourniture, de l’échange ou du partage d’un bien ou d’un service."
            }
            Self::E4 => {
                "Ce service concourt aux secteurs de la santé, social et médico-social ; au secteur de l’éducation et de l’enseignement supérieur ; aux prestations scolaires et périscolaires, aux activités sportives ou socioculturelles ; au transport de personnes ; à la délivrance de certificats professionnels visés à l’article L.\u{a0}6113-1 du code du travail ; ou à la location de biens immobiliers et de véhicules."
            }
            Self::S1 => {
                "Fournir tous les mois à l’équipe FranceConnect les données qui permettront de mesurer la valeur ajoutée de FranceConnect : volume de connexions par FranceConnect et volume de connexions global, volume de créations de compte par FranceConnect et volume de créations de comptes global, croissance constatée du trafic du fait de l’intégration de FranceConnect, retours qualitatifs des utilisateurs."
            }
            Self::S2 => {
                "Respecter le cahier des charges accessible sur le site partenaire FranceConnect : l’ensemble des prérequis techniques, ergonomiques, de sécurité et fonctionnels. Toute demande de mise en production fait l’objet d’une vérification du parcours de connexion par l’équipe FranceConnect, qui contrôle également le respect de ces exigences."
            }
            Self::S3 => "Promouvoir le service dans les conditions prévues dans les CGU des fournisseurs de service.",
            Self::S4 => {
                "Conserver les données obtenues dans le cadre de FranceConnect uniquement le temps de la relation contractuelle avec leur utilisateur et selon les conditions et garanties fixées dans l’arrêté du 8\u{a0}novembre\u{a0}2018."
            }
            Self::S5 => "Maintenir la possibilité pour ses clients d’utiliser un autre moyen d’authentification que FranceConnect.",
            Self::S6 => {
                "Ne pas commercialiser les données à caractère personnel obtenues dans le cadre du raccordement à FranceConnect et ne pas les transférer hors de l’Union européenne."
            }
            Self::S7 => {
                "Supprimer l’accès à FranceConnect à l’issue de l’expérimentation et détruire les données obtenues dans le cadre de l’expérimentation."
            }
            Self::A1 => {
                "L’administration s’entend de l’État, des collectivités territoriales, de leurs établissements publics administratifs et des organismes chargés d’une mission de service public administratif."
            }
            Self::A2 => {
                "Citer l’arrêté du 8\u{a0}novembre\u{a0}2018 relatif à FranceConnect, ou un autre texte qui autorise le traitement."
            }
            Self::A3 => "Décrire le service en ligne et dire pourquoi il faut savoir qui est l’usager.",
            Self::A4 => {
                "Donner les coordonnées de l’équipe et du délégué à la protection des données de l’organisme. Un délégué commun à plusieurs organismes est normal."
            }
            Self::A5 => "Seules les données strictement nécessaires au service peuvent être demandées. Chaque donnée sensible se justifie.",
            Self::P0 => "Les entreprises et les associations peuvent intégrer FranceConnect dans deux cas permanents.",
            Self::P1 => "Proposer des services en ligne liés à la démarche de changement d’adresse, et uniquement pour ces services.",
            Self::P2 => {
                "Proposer des services en ligne dont l’usage nécessite, conformément à des dispositions législatives ou réglementaires, la vérification de l’identité de leurs utilisateurs ou de celle de certains de leurs attributs."
            }
        }
    }

    /// The text it comes from.
    pub fn source(self) -> &'static str {
        match self {
            Self::E0 => EXPERIMENT_1,
            Self::E1 | Self::E2 | Self::E3 | Self::E4 => EXPERIMENT_2,
            Self::S1 | Self::S2 | Self::S3 | Self::S4 | Self::S5 | Self::S6 | Self::S7 => SELECTION,
            Self::A1 => "Code des relations entre le public et l’administration, article L.\u{a0}100-3",
            Self::A2 | Self::A3 | Self::P0 | Self::P1 => ARRETE_2018,
            Self::P2 => "Arrêté du 8\u{a0}novembre\u{a0}2018 relatif à FranceConnect, article\u{a0}4",
            Self::A4 => "RGPD, article\u{a0}37",
            Self::A5 => "RGPD, article\u{a0}5",
        }
    }

    /// How it is checked.
    pub fn check(self) -> Check {
        match self {
            Self::E0 => Check::Register(
                "la catégorie juridique de l’unité légale ; 1000, 2xxx et 9210 ne sont pas des personnes morales, les formes étrangères sont examinées par une personne",
            ),
            Self::E1 => Check::Register("l’état de l’établissement, sa commune, et le nombre d’établissements ouverts de l’organisme"),
            Self::E2 => Check::Register(
                "la date de création du plus ancien établissement en France et celle de l’unité légale, qui doivent toutes deux dépasser trois ans ; une reprise ou une fusion se justifie par une pièce",
            ),
            Self::E3 => Check::Person("l’adresse du service, sa description et ses maquettes"),
            Self::E4 => Check::Person(
                "le secteur choisi et la façon dont le service y contribue ; le code d’activité n’est qu’un indice, il décrit l’organisme et non le service",
            ),
            Self::S1 | Self::S2 | Self::S3 | Self::S4 | Self::S7 => {
                Check::Commitment("suivi pendant l’expérimentation par l’équipe FranceConnect")
            }
            Self::S5 | Self::S6 => Check::Commitment("attesté dans la demande, lu par une personne"),
            Self::A1 => Check::Register(
                "la catégorie juridique de l’unité légale : 63 catégories sont reconnues, 15 autres et les organismes privés chargés d’une mission de service public sont examinés par une personne",
            ),
            Self::A2 => Check::Demande("le texte cité"),
            Self::A3 => Check::Person("la description du service"),
            Self::A4 => Check::Demande("la présence des trois contacts"),
            Self::P0 => Check::Register(
                "la catégorie juridique de l’unité légale ; une administration dépose plus simplement une demande d’administration",
            ),
            Self::P1 => Check::Person("ce qui relie le service au changement d’adresse, et si FranceConnect n’y sert qu’à cela"),
            Self::P2 => Check::Person("le texte cité, et ce qu’il impose de vérifier"),
            Self::A5 => Check::Person("la justification de chaque donnée sensible, et celle d’une conservation de plus de 36\u{a0}mois"),
        }
    }
}

impl Check {
    /// Who looks: the beginning of the sentence.
    pub fn who(self) -> &'static str {
        match self {
            Self::Register(_) => "Comparé automatiquement au registre Sirene, puis lu par une personne",
            Self::Demande(_) => "Relevé automatiquement dans la demande, puis lu par une personne",
            Self::Person(_) => "Examiné par une personne",
            Self::Commitment(_) => "Engagement du participant",
        }
    }

    /// With what.
    pub fn with(self) -> &'static str {
        match self {
            Self::Register(data) | Self::Demande(data) | Self::Person(data) | Self::Commitment(data) => data,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_of_one_family_and_says_all_there_is_to_know() {
        let families = [&Rule::eligibility()[..], &Rule::commitments(), &Rule::administrations(), &Rule::permanent_cases()].concat();
        assert_eq!(families, Rule::ALL);
        for rule in Rule::ALL {
            assert!(rule.wording().ends_with('.'), "{rule}");
            assert!(!rule.title().ends_with('.') && !rule.source().is_empty() && !rule.check().with().is_empty(), "{rule}");
        }
    }
}

//! The words of each verdict: its sentence, what it means, what a person will look at.

use super::{Leaf, Outcome};
use crate::{calendar, experimentation::ExperimentState};

pub(super) fn outcome(leaf: Leaf) -> Outcome {
    match leaf {
        Leaf::Administration | Leaf::AdministrationFound | Leaf::PublicBody => Outcome::Eligible,
        Leaf::AdministrationToCheck
        | Leaf::PrivateWithMission
        | Leaf::VendorForAdministration
        | Leaf::VendorForDoubtfulClient
        | Leaf::AddressOnly
        | Leaf::AddressAndMore
        | Leaf::IdentityByText
        | Leaf::IdentityTextUnknown
        | Leaf::ExperimentNotYetOpen
        | Leaf::ExperimentOpen
        | Leaf::ExperimentFull => Outcome::Perhaps,
        Leaf::Individual
        | Leaf::PrivateWithoutMission
        | Leaf::CeasedAdministration
        | Leaf::VendorForPrivate
        | Leaf::VendorForItself
        | Leaf::IdentityWithoutText
        | Leaf::NoCase
        | Leaf::NotALegalPerson
        | Leaf::NoEstablishment
        | Leaf::TooYoung
        | Leaf::NotOnline
        | Leaf::OutsideSectors
        | Leaf::CommitmentsDeclined
        | Leaf::NoExperiment
        | Leaf::ExperimentClosed
        | Leaf::ExperimentEnded => Outcome::NotEligible,
    }
}

pub(super) fn title(leaf: Leaf) -> &'static str {
    match leaf {
        Leaf::PublicBody => "Vous êtes éligible, comme administration",
        Leaf::PrivateWithoutMission => "Vous n’êtes pas éligible comme administration",
        Leaf::CeasedAdministration => "Cet organisme ne peut plus demander",
        Leaf::VendorForPrivate => "C’est le cas de votre client qui compte",
        Leaf::VendorForItself => "Vous n’êtes pas éligible comme éditeur",
        Leaf::ExperimentFull => "Vous êtes peut-être éligible, mais toutes les places sont prises",
        Leaf::ExperimentNotYetOpen => "Vous serez peut-être éligible",
        Leaf::NoExperiment => "Pas aujourd’hui : aucune expérimentation n’est ouverte",
        Leaf::ExperimentClosed => "Trop tard : les candidatures sont closes",
        Leaf::ExperimentEnded => "Trop tard : l’expérimentation est terminée",
        _ => match outcome(leaf) {
            Outcome::Eligible => "Vous êtes éligible",
            Outcome::Perhaps => "Vous êtes peut-être éligible",
            Outcome::NotEligible => "Vous n’êtes pas éligible",
        },
    }
}

pub(super) fn lead(leaf: Leaf, experiment: ExperimentState) -> String {
    let day = calendar::written;
    match (leaf, experiment) {
        (Leaf::ExperimentNotYetOpen, ExperimentState::NotYetOpen { opens_on }) => {
            format!("Les candidatures seront reçues à partir du {}. Vous pouvez préparer votre dossier dès maintenant.", day(opens_on))
        }
        (Leaf::ExperimentOpen, ExperimentState::Open { free, capacity, closes_on }) => format!(
            "{} sur {capacity}, dans l’ordre d’arrivée des dossiers complets jusqu’au {}. Une personne examinera votre service avec votre candidature.",
            if free == 1 { "Il reste une place".to_owned() } else { format!("Il reste {free} places") },
            day(closes_on)
        ),
        (Leaf::ExperimentFull, ExperimentState::Full { waiting, capacity, closes_on }) => format!(
            "Les {capacity} places sont prises. {} Une place libérée va au premier de la liste d’attente, ouverte jusqu’au {}.",
            match waiting {
                0 => "Personne n’attend.".to_owned(),
                1 => "Un dossier attend.".to_owned(),
                several => format!("{several} dossiers attendent."),
            },
            day(closes_on)
        ),
        (Leaf::ExperimentClosed, ExperimentState::Closed { closed_on, ends_on }) => format!(
            "Les candidatures ont été reçues jusqu’au {}. L’expérimentation se poursuit jusqu’au {} avec ceux qui y participent.",
            day(closed_on),
            day(ends_on)
        ),
        (Leaf::ExperimentEnded, ExperimentState::Ended { ended_on }) => {
            format!("L’expérimentation a pris fin le {}. Si une autre s’ouvre, la page d’accueil le dira.", day(ended_on))
        }
        _ => plain_lead(leaf).into(),
    }
}

fn plain_lead(leaf: Leaf) -> &'static str {
    match leaf {
        Leaf::Individual => {
            "Ce site ne permet pas de se connecter à FranceConnect. Il est destiné aux organismes qui veulent placer le bouton sur leur service en ligne."
        }
        Leaf::Administration | Leaf::AdministrationFound => {
            "Toute administration qui le souhaite peut proposer FranceConnect aux usagers de ses services en ligne. Il suffit de citer l’arrêté du 8 novembre 2018, déjà inscrit dans la demande."
        }
        Leaf::AdministrationToCheck => {
            "Toute administration peut proposer FranceConnect. Le registre ne suffit pas à dire si votre organisme en est une : une personne le vérifiera avec votre demande."
        }
        Leaf::PrivateWithMission => {
            "Un organisme privé chargé d’une mission de service public administratif compte parmi les administrations. Une personne le vérifiera avec votre demande."
        }
        Leaf::PrivateWithoutMission => {
            "Votre organisme est de droit privé et n’a pas de mission de service public administratif. Les entreprises et les associations peuvent demander FranceConnect dans d’autres cas."
        }
        Leaf::CeasedAdministration => {
            "D’après le registre, il a cessé son activité. L’organisme qui lui a succédé peut demander à sa place : donnez son numéro SIRET."
        }
        Leaf::VendorForAdministration => {
            "Un éditeur peut remplir la demande pour l’administration ou la collectivité qu’il représente, en citant l’arrêté du 8 novembre 2018."
        }
        Leaf::VendorForDoubtfulClient => {
            "Un éditeur peut remplir la demande pour l’administration qu’il représente. Or le registre ne montre pas que l’organisme indiqué en soit une : vérifiez son numéro SIRET."
        }
        Leaf::VendorForPrivate => {
            "La démarche par un éditeur est prévue pour les administrations et les collectivités. Une entreprise ou une association doit être dans l’un des trois cas qui lui sont ouverts ; elle demande alors elle-même, ou vous remplissez sa demande avec son mandat."
        }
        Leaf::VendorForItself => {
            "Pour votre propre service en ligne, vous êtes une entreprise comme une autre : vérifiez si vous êtes dans l’un des cas prévus."
        }
        Leaf::PublicBody => {
            "Vous avez choisi « Une entreprise ou une association », mais le registre classe votre organisme parmi les administrations. C’est plus simple : il suffit de citer l’arrêté du 8 novembre 2018."
        }
        Leaf::AddressOnly => {
            "Les services en ligne liés à la démarche de changement d’adresse peuvent utiliser FranceConnect. Une personne vérifiera que le vôtre en fait partie."
        }
        Leaf::AddressAndMore => {
            "Seulement pour vos services liés au changement d’adresse : FranceConnect ne pourra pas servir aux autres, sauf s’ils relèvent d’un autre cas."
        }
        Leaf::IdentityByText => {
            "Un service dont l’usage nécessite, d’après un texte, de vérifier l’identité de ses utilisateurs peut utiliser FranceConnect. Une personne lira le texte que vous citerez."
        }
        Leaf::IdentityTextUnknown => {
            "Tout dépend du texte : il faut une disposition législative ou réglementaire qui rende cette vérification nécessaire. Une personne peut l’examiner avec vous."
        }
        Leaf::IdentityWithoutText => {
            "Sans texte qui rende la vérification d’identité nécessaire, ce cas ne s’applique pas. L’expérimentation, quand il y en a une, est l’autre voie."
        }
        Leaf::NoCase => {
            "Les entreprises et les associations ne peuvent demander FranceConnect que dans les trois cas présentés : changement d’adresse, vérification d’identité imposée par un texte, expérimentation."
        }
        _ => lead_of_the_experiment(leaf),
    }
}

fn lead_of_the_experiment(leaf: Leaf) -> &'static str {
    match leaf {
        Leaf::NotALegalPerson => "L’expérimentation est réservée aux personnes morales.",
        Leaf::NoEstablishment => "Il faut avoir un établissement ouvert en France pour participer à l’expérimentation.",
        Leaf::TooYoung => "Il faut exercer son activité en France depuis plus de trois ans pour participer à l’expérimentation.",
        Leaf::NotOnline => "L’expérimentation porte sur des services proposés par voie électronique.",
        Leaf::OutsideSectors => "L’expérimentation est réservée à six secteurs, et votre service ne contribue à aucun d’eux.",
        Leaf::CommitmentsDeclined => {
            "Les sept engagements sont des critères de sélection : un dossier qui ne les remplit pas tous est écarté."
        }
        Leaf::NoExperiment => {
            "D’après vos réponses, vous pourriez participer à une expérimentation. Celle de l’arrêté du 11 mai 2020 est terminée ; si une autre s’ouvre, la page d’accueil le dira."
        }
        Leaf::ExperimentNotYetOpen => "L’expérimentation est annoncée.",
        Leaf::ExperimentOpen => "L’expérimentation est ouverte.",
        Leaf::ExperimentFull => "Toutes les places sont prises.",
        Leaf::ExperimentClosed => "Les candidatures ne sont plus reçues.",
        _ => "L’expérimentation est terminée.",
    }
}

/// What a person will look at, in the order they will.
pub(super) fn examined(leaf: Leaf) -> &'static [&'static str] {
    const SERVICE: &str = "La description de votre service, et si chaque donnée demandée lui est nécessaire.";
    match leaf {
        Leaf::Administration | Leaf::AdministrationFound | Leaf::PublicBody => &[SERVICE],
        Leaf::AdministrationToCheck | Leaf::PrivateWithMission => &[
            "Le statut de votre organisme : expliquez votre mission de service public administratif dans la description du service.",
            SERVICE,
        ],
        Leaf::VendorForAdministration | Leaf::VendorForDoubtfulClient => &[
            "Pour qui vous agissez : l’administration que vous représentez, et ce qu’elle vous a confié.",
            "La description du service, et si chaque donnée demandée lui est nécessaire.",
        ],
        Leaf::AddressOnly | Leaf::AddressAndMore => {
            &["Si votre service est lié à la démarche de changement d’adresse, et si FranceConnect n’y servira qu’à cela.", SERVICE]
        }
        Leaf::IdentityByText | Leaf::IdentityTextUnknown => &[
            "Si le texte que vous citez rend nécessaire la vérification de l’identité de vos utilisateurs, ou de certains de leurs attributs.",
            SERVICE,
        ],
        Leaf::ExperimentOpen | Leaf::ExperimentFull | Leaf::ExperimentNotYetOpen | Leaf::NoExperiment => &[
            "Le service juridique de la DINUM et l’équipe FranceConnect analysent chaque candidature : pertinence et cohérence des données demandées avec l’usage d’authentification.",
            "Si votre service fournit, échange ou partage un bien ou un service par voie électronique, et en quoi il contribue au secteur choisi.",
            "L’ordre d’arrivée des dossiers complets et l’activité concernée, pour constituer un panel représentatif.",
        ],
        _ => &[],
    }
}

//! « À préparer »: what the source page asks to have at hand, by way of asking.

use super::Leaf;
use crate::eligibility::{answers::Answers, way::Way};

/// Something to have at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What.
    pub title: &'static str,
    /// What it is about, or nothing.
    pub hint: String,
}

fn item(title: &'static str, hint: impl Into<String>) -> Item {
    Item { title, hint: hint.into() }
}

/// The list for a verdict; empty when there is nothing to ask for.
pub(super) fn of(leaf: Leaf, answers: &Answers) -> Vec<Item> {
    let prepares_anyway = matches!(leaf, Leaf::ExperimentNotYetOpen).then_some(Way::Candidature);
    let Some(way) = leaf.way().or(prepares_anyway) else { return Vec::new() };
    let siret = answers.siret.as_ref().map(ToString::to_string);
    let for_client = way == Way::VendorForClient;
    let mut list = vec![
        item(
            if for_client { "Le numéro SIRET de l’entité que vous représentez" } else { "Votre numéro SIRET" },
            siret.unwrap_or_else(|| "14 chiffres ; il se trouve dans l’Annuaire des Entreprises.".into()),
        ),
        item("Le cadre juridique", legal_basis(way)),
        item(
            if for_client { "La description du service" } else { "La description de votre service" },
            "Ce qu’il permet, à qui, à quelle adresse, et pourquoi il faut y identifier les personnes.",
        ),
        item("Les coordonnées de l’équipe", team(way)),
        item(
            if for_client {
                "Les coordonnées du délégué à la protection des données de l’entité pour laquelle vous opérez"
            } else {
                "Les coordonnées de votre délégué à la protection des données"
            },
            if for_client { "Celui de votre client, non le vôtre." } else { "Nous l’informerons si l’habilitation est accordée." },
        ),
    ];
    match way {
        Way::VendorForClient => {
            list.push(item(
                "Le mandat ou le contrat qui vous lie à cette entité",
                "Il dit ce qu’elle vous confie, et pour combien de temps.",
            ));
        }
        Way::Candidature => list.extend([
            item("Vos volumes actuels", "Connexions et créations de compte par mois : ils serviront de point de comparaison."),
            item("Où seront les données", "L’hébergeur et les sous-traitants, avec leur pays : rien hors de l’Union européenne."),
            item("L’autre façon de se connecter", "Une capture d’écran de ce que vos clients utilisent sans FranceConnect."),
        ]),
        Way::Administration | Way::AddressChange | Way::IdentityCheck => {}
    }
    list
}

fn legal_basis(way: Way) -> &'static str {
    match way {
        Way::Administration => "L’arrêté du 8 novembre 2018 relatif à FranceConnect, déjà inscrit dans la demande.",
        Way::VendorForClient => "L’arrêté du 8 novembre 2018 relatif à FranceConnect.",
        Way::AddressChange => "L’arrêté du 8 novembre 2018 relatif à FranceConnect, et ce qui relie votre service au changement d’adresse.",
        Way::IdentityCheck => "La référence exacte du texte qui rend la vérification nécessaire : loi, décret ou arrêté, et son article.",
        Way::Candidature => "L’arrêté de l’expérimentation, déjà inscrit dans la candidature.",
    }
}

fn team(way: Way) -> &'static str {
    match way {
        Way::VendorForClient => {
            "Le responsable de traitement, qui appartient à l’entité représentée, et un contact technique joignable sur un téléphone mobile."
        }
        _ => "Le responsable de traitement, et un contact technique joignable sur un téléphone mobile.",
    }
}

//! What is checked of a journey: the points of the « cahier des charges », as data.

use serde::{Deserialize, Serialize};

/// Which of its four parts a point belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// « Prérequis ergonomiques ».
    Ergonomic,
    /// « Prérequis fonctionnels ».
    Functional,
    /// « Prérequis techniques ».
    Technical,
    /// « Prérequis de sécurité ».
    Security,
}

impl Part {
    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ergonomic => "Ergonomie",
            Self::Functional => "Fonctionnement",
            Self::Technical => "Technique",
            Self::Security => "Sécurité",
        }
    }
}

/// A point to check.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Its name in the form and in what is kept.
    pub key: &'static str,
    /// Where it belongs.
    pub part: Part,
    /// What must be so.
    pub title: &'static str,
}

const fn item(key: &'static str, part: Part, title: &'static str) -> Item {
    Item { key, part, title }
}

/// Every point, in the order one follows the journey: what the published partner documentation of FranceConnect asks of the button, of the way
/// back and of signing out, what the holder attested when filing, and what was granted.
pub const CHECKLIST: [Item; 13] = [
    item(
        "button",
        Part::Ergonomic,
        "Le bouton est l’un de ceux que fournit FranceConnect : son dessin, ses couleurs et ses mots n’ont pas été changés.",
    ),
    item(
        "visible",
        Part::Ergonomic,
        "Le bouton se voit sans chercher sur la page de connexion et, s’il y en a une, sur la page d’inscription ; un service public le place en premier.",
    ),
    item("apart", Part::Ergonomic, "Le bouton est nettement séparé des autres façons de se connecter : on voit que l’on peut choisir."),
    item("explained", Part::Ergonomic, "Sous le bouton, le lien « Qu’est-ce que FranceConnect ? » mène au site franceconnect.gouv.fr."),
    item("other_way", Part::Functional, "Une autre façon de se connecter mène à la même prestation, dans des conditions analogues."),
    item("comes_back", Part::Functional, "Après FranceConnect, la personne revient sur le service, connectée, là où elle allait."),
    item(
        "gives_up",
        Part::Functional,
        "Qui renonce, ou rencontre une erreur chez FranceConnect, revient sur le service, qui lui dit quoi faire.",
    ),
    item("same_person", Part::Functional, "Qui avait déjà un compte retrouve le sien, et n’est jamais pris pour quelqu’un d’autre."),
    item("identity", Part::Functional, "L’identité reçue de FranceConnect ne se modifie pas sur le service."),
    item(
        "signs_out",
        Part::Functional,
        "Se déconnecter du service permet aussi de se déconnecter de FranceConnect, puis ramène sur le service.",
    ),
    item("data", Part::Technical, "Le service ne demande à FranceConnect que les données accordées."),
    item("level", Part::Technical, "Le niveau de garantie demandé est celui qui est accordé."),
    item("https", Part::Security, "Toutes les pages du parcours sont en https, sans avertissement du navigateur."),
];

/// What was found of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display, strum::VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Result {
    /// It is so.
    Met,
    /// It is not.
    NotMet,
    /// It does not concern this service.
    NotApplicable,
}

impl Result {
    /// All, in the order of the form.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Met => "Rempli",
            Self::NotMet => "Non rempli",
            Self::NotApplicable => "Sans objet",
        }
    }
}

/// A point as it was checked: its words of that day stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Its name.
    pub key: String,
    /// What had to be so.
    pub title: String,
    /// What was found.
    pub result: Result,
    /// What is said of it, possibly nothing.
    pub remark: String,
}

/// Whether a service may open: no point is missing, none is unmet.
pub fn is_favourable(points: &[Point]) -> bool {
    points.iter().all(|point| point.result != Result::NotMet)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_point_has_its_name_and_is_a_sentence() {
        let keys: BTreeSet<_> = CHECKLIST.iter().map(|item| item.key).collect();
        assert_eq!(keys.len(), CHECKLIST.len());
        assert!(CHECKLIST.iter().all(|item| item.title.ends_with('.') && !item.part.label().is_empty()));
    }

    #[test]
    fn one_point_that_is_not_met_is_enough_to_correct() {
        let point = |result| Point { key: "data".into(), title: "…".into(), result, remark: String::new() };
        assert!(is_favourable(&[point(Result::Met), point(Result::NotApplicable)]));
        assert!(!is_favourable(&[point(Result::Met), point(Result::NotMet)]));
    }
}

//! Services tied to the démarche of a change of address, the first permanent case of private bodies (arrêté du 8 novembre 2018).

use serde::{Deserialize, Serialize};

use crate::fields::{Field, Fields};

/// How the service is tied to it.
pub const LINK: Field =
    Field { name: "address_link", label: "En quoi votre service est-il lié à la démarche de changement d’adresse ?" };
/// « Uniquement pour ces services ».
pub const USE: Field = Field { name: "address_use", label: "FranceConnect servirait-il uniquement au changement d’adresse ?" };

/// Every field of the step.
pub const FIELDS: &[Field] = &[LINK, USE];

/// The value of [`USE`] when the button serves the change of address alone.
pub const ONLY: &str = "uniquement";
/// The value of [`USE`] when it would serve something else too.
pub const MORE: &str = "aussi";

/// The answers of the step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressChange {
    /// In the applicant's words.
    pub link: String,
    /// The button would serve it alone; a person looks at the rest.
    pub only: bool,
}

impl AddressChange {
    /// Reads the step.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        let link = fields.paragraph(LINK, 2000);
        let only = fields.parse(USE, |typed| match typed {
            ONLY => Ok(true),
            MORE => Ok(false),
            _ => Err("Choisissez une réponse : l’arrêté n’ouvre FranceConnect qu’aux services liés au changement d’adresse."),
        });
        Some(Self { link: link?, only: only? })
    }
}

/// The answers to [`USE`].
pub fn uses() -> [(&'static str, &'static str, &'static str); 2] {
    [
        (ONLY, "Oui, uniquement pour ces services", ""),
        (
            MORE,
            "Non, aussi pour d’autres services",
            "FranceConnect ne pourra servir qu’aux services liés au changement d’adresse : décrivez ceux-là",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(link: &str, answer: &str) -> Option<AddressChange> {
        AddressChange::parse(&mut Fields::from_pairs(vec![("address_link".into(), link.into()), ("address_use".into(), answer.into())]))
    }

    #[test]
    fn both_questions_are_answered() {
        let link = "Prévenir la banque et l’assureur d’un déménagement.";
        assert_eq!(parse(link, ONLY).map(|it| it.only), Some(true));
        assert_eq!(parse(link, MORE).map(|it| it.only), Some(false), "told, not refused: a person looks");
        for (link, answer) in [("", ONLY), (link, ""), (link, "peut-être")] {
            assert_eq!(parse(link, answer), None, "{link:?} {answer:?}");
        }
    }
}

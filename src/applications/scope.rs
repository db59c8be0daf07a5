//! The data FranceConnect can give: nine scopes in three groups (arrêté du 8 novembre 2018; names are OpenID Connect's).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fields::{Field, Fields};

/// A scope; its name is the one the partner portal expects.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, strum::EnumString, strum::Display, strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Scope {
    /// Birth name.
    FamilyName,
    /// Given names.
    GivenName,
    /// Date of birth.
    Birthdate,
    /// Town of birth, INSEE code.
    Birthplace,
    /// Country of birth, INSEE code.
    Birthcountry,
    /// Sex.
    Gender,
    /// Name in use.
    PreferredUsername,
    /// E-mail address.
    Email,
    /// The technical identifier; always given.
    Openid,
}

/// The groups of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum Group {
    /// Six pieces that together name one person.
    PivotIdentity,
    /// Declared, not verified.
    Supplementary,
    /// Always given.
    Technical,
}

impl Group {
    /// All, in the order of the form.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// The anchor of the group in the page.
    pub fn slug(self) -> &'static str {
        match self {
            Self::PivotIdentity => "identite-pivot",
            Self::Supplementary => "autres-donnees",
            Self::Technical => "donnee-technique",
        }
    }

    /// The legend.
    pub fn title(self) -> &'static str {
        match self {
            Self::PivotIdentity => "Identité pivot",
            Self::Supplementary => "Autres données",
            Self::Technical => "Donnée technique",
        }
    }

    /// Where these data come from.
    pub fn hint(self) -> &'static str {
        match self {
            Self::PivotIdentity => "Certifiée par l’État. Les six ensemble désignent une personne et une seule.",
            Self::Supplementary => "Déclarées par la personne ou son fournisseur d’identité : elles ne sont pas vérifiées.",
            Self::Technical => "",
        }
    }

    /// Its scopes, in the order of the form.
    pub fn scopes(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.iter().copied().filter(move |scope| scope.group() == self)
    }
}

/// The boxes of the form share this name.
pub const SCOPES: Field = Field { name: "scopes", label: "Données demandées" };

/// Characters a justification may hold.
pub const JUSTIFICATION_MOST: usize = 500;

impl Scope {
    /// The nine.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Its group.
    pub fn group(self) -> Group {
        match self {
            Self::PreferredUsername | Self::Email => Group::Supplementary,
            Self::Openid => Group::Technical,
            _ => Group::PivotIdentity,
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        self.box_field().label
    }

    /// Whether asking for it takes a sentence: everything but the birth name, the given names and the identifier.
    pub fn needs_justification(self) -> bool {
        !matches!(self, Self::FamilyName | Self::GivenName | Self::Openid)
    }

    /// The box, for messages that lead to it.
    pub fn box_field(self) -> Field {
        match self {
            Self::FamilyName => Field { name: "scopes-family_name", label: "Nom de naissance" },
            Self::GivenName => Field { name: "scopes-given_name", label: "Prénoms" },
            Self::Birthdate => Field { name: "scopes-birthdate", label: "Date de naissance" },
            Self::Birthplace => Field { name: "scopes-birthplace", label: "Ville de naissance" },
            Self::Birthcountry => Field { name: "scopes-birthcountry", label: "Pays de naissance" },
            Self::Gender => Field { name: "scopes-gender", label: "Sexe" },
            Self::PreferredUsername => Field { name: "scopes-preferred_username", label: "Nom d’usage" },
            Self::Email => Field { name: "scopes-email", label: "Adresse électronique" },
            Self::Openid => Field { name: "scopes-openid", label: "Identifiant technique" },
        }
    }

    /// The sentence that justifies it.
    pub fn justification_field(self) -> Field {
        match self {
            Self::FamilyName => Field { name: "why_family_name", label: "Nom de naissance" },
            Self::GivenName => Field { name: "why_given_name", label: "Prénoms" },
            Self::Birthdate => Field { name: "why_birthdate", label: "Date de naissance" },
            Self::Birthplace => Field { name: "why_birthplace", label: "Ville de naissance" },
            Self::Birthcountry => Field { name: "why_birthcountry", label: "Pays de naissance" },
            Self::Gender => Field { name: "why_gender", label: "Sexe" },
            Self::PreferredUsername => Field { name: "why_preferred_username", label: "Nom d’usage" },
            Self::Email => Field { name: "why_email", label: "Adresse électronique" },
            Self::Openid => Field { name: "why_openid", label: "Identifiant technique" },
        }
    }
}

/// What is asked, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedScopes {
    /// In the order of the form; `openid` is always there.
    pub scopes: Vec<Scope>,
    /// A sentence for each that needs one.
    pub justifications: BTreeMap<Scope, String>,
}

impl RequestedScopes {
    /// Reads the step.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        let mut asked = Vec::new();
        for typed in fields.values(SCOPES.name).map(str::to_owned).collect::<Vec<_>>() {
            match typed.parse::<Scope>() {
                Ok(scope) => asked.push(scope),
                Err(_) => {
                    fields.refuse(SCOPES, "Une des données cochées n’existe pas chez FranceConnect. Cochez parmi celles de la liste.")
                }
            }
        }
        asked.push(Scope::Openid);
        asked.sort_unstable();
        asked.dedup();
        if asked.contains(&Scope::PreferredUsername) && !asked.contains(&Scope::FamilyName) {
            fields.refuse(
                Scope::PreferredUsername.box_field(),
                "Le nom d’usage ne va pas sans le nom de naissance : cochez-le, ou décochez le nom d’usage.",
            );
        }
        let mut justifications = BTreeMap::new();
        for scope in asked.iter().copied().filter(|scope| scope.needs_justification()) {
            let sentence = fields.parse(scope.justification_field(), |typed| {
                crate::text::paragraph(typed, JUSTIFICATION_MOST).map_err(|fault| match fault {
                    crate::text::TextFault::Empty => "Dites en une phrase à quoi sert cette donnée dans votre service.".to_owned(),
                    other => other.to_string(),
                })
            });
            if let Some(sentence) = sentence {
                justifications.insert(scope, sentence);
            }
        }
        fields.is_valid().then_some(Self { scopes: asked, justifications })
    }

    /// Why that one is asked, when a reason was needed.
    pub fn justification(&self, scope: &Scope) -> Option<&str> {
        self.justifications.get(scope).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> (Option<RequestedScopes>, Fields) {
        let mut fields = Fields::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        (RequestedScopes::parse(&mut fields), fields)
    }

    #[test]
    fn the_technical_identifier_alone_is_enough() {
        assert_eq!(asked(&[]).0.map(|requested| requested.scopes), Some(vec![Scope::Openid]));
    }

    #[test]
    fn the_name_in_use_needs_the_birth_name() {
        let (requested, fields) = asked(&[("scopes", "preferred_username"), ("why_preferred_username", "S’adresser aux personnes.")]);
        assert_eq!(requested, None);
        assert!(fields.error("scopes-preferred_username").is_some());
    }

    #[test]
    fn each_sensitive_datum_asks_for_its_own_sentence() {
        let (requested, fields) =
            asked(&[("scopes", "family_name"), ("scopes", "birthdate"), ("scopes", "birthplace"), ("why_birthdate", "Majorité.")]);
        assert_eq!(requested, None);
        assert_eq!(fields.errors().iter().map(|error| error.name).collect::<Vec<_>>(), ["why_birthplace"]);
    }

    #[test]
    fn what_franceconnect_does_not_give_cannot_be_asked() {
        for unknown in ["phone", "address", "dgfip_rfr", "", "openid "] {
            assert_eq!(asked(&[("scopes", unknown)]).0, None, "{unknown:?}");
        }
    }

    #[test]
    fn a_scope_ticked_twice_counts_once() {
        assert_eq!(asked(&[("scopes", "family_name"), ("scopes", "family_name")]).0.map(|requested| requested.scopes.len()), Some(2));
    }
}

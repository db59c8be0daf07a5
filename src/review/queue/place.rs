//! The place of a candidature in its campaign, as lists are narrowed to it and as a row says it.

use crate::experimentation::{Leaving, line::Stand};

/// The place of the candidatures a list is narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
pub enum PlaceChoice {
    /// None yet.
    #[strum(serialize = "en-attente")]
    Waiting,
    /// The one their instruction keeps for them.
    #[strum(serialize = "reservee")]
    Reserved,
    /// The one a signed approval gave them.
    #[strum(serialize = "accordee")]
    Granted,
}

impl PlaceChoice {
    /// All, in the order of the page.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Where such candidatures stand.
    pub fn stand(self) -> Stand {
        match self {
            Self::Waiting => Stand::Waiting,
            Self::Reserved => Stand::Reserved,
            Self::Granted => Stand::Granted,
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        self.stand().label()
    }

    /// Whether candidatures that have it are decided already, for the most part.
    pub fn is_decided(self) -> bool {
        self == Self::Granted
    }
}

/// Where a candidature stands in its campaign, or why it does no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footing {
    /// In the line, or on a place.
    In(Stand),
    /// Out of both.
    Out(Leaving),
}

impl Footing {
    /// In a few words; nothing when the state of the demande says it already.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::In(stand) => Some(stand.label()),
            Self::Out(Leaving::Refused | Leaving::Withdrawn | Leaving::Closed | Leaving::Silence) => None,
            Self::Out(Leaving::ItemsMissing) => Some("Hors de la file"),
            Self::Out(Leaving::Revoked) => Some("Habilitation révoquée"),
            Self::Out(Leaving::Renounced) => Some("Place rendue"),
            Self::Out(Leaving::Unconfirmed) => Some("Place non confirmée"),
            Self::Out(Leaving::Ended) => Some("Participation terminée"),
        }
    }
}

impl std::str::FromStr for Footing {
    type Err = strum::ParseError;

    /// Reads the one word the database keeps of either: none is of both.
    fn from_str(kept: &str) -> Result<Self, Self::Err> {
        kept.parse().map(Self::In).or_else(|_| kept.parse().map(Self::Out))
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn a_row_says_where_a_candidature_stands_unless_its_state_does() {
        for (kept, label) in [
            ("waiting", Some("En attente d’une place")),
            ("reserved", Some("Place réservée")),
            ("granted", Some("Place accordée")),
            ("items_missing", Some("Hors de la file")),
            ("unconfirmed", Some("Place non confirmée")),
            ("refused", None),
        ] {
            assert_eq!(kept.parse::<Footing>().map(Footing::label), Ok(label), "{kept}");
        }
        for because in Leaving::VARIANTS {
            assert_eq!(because.to_string().parse(), Ok(Footing::Out(*because)));
        }
        assert!("left".parse::<Footing>().is_err());
    }

    #[test]
    fn each_place_has_its_address_and_the_words_of_a_row() {
        for place in PlaceChoice::ALL {
            assert_eq!(place.to_string().parse(), Ok(*place));
            assert_eq!(Footing::In(place.stand()).label(), Some(place.label()));
        }
    }
}

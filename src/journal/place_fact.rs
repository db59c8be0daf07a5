//! What happens to the places of an experiment, told with the candidature concerned.

use serde::{Deserialize, Serialize};

use crate::ids::AuthorizationId;

/// A fact of the line of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum PlaceFact {
    /// A place was reserved for the candidature while it is instructed.
    PlaceReserved {
        /// Its number.
        place: i32,
        /// The sector it was kept for, if it was.
        pool: Option<String>,
    },
    /// The signed approval granted it.
    PlaceGranted,
    /// Its holder confirmed the place.
    PlaceConfirmed,
    /// Its holder gave the place back.
    PlaceGivenBack,
    /// The right ended with the place.
    RightEnded {
        /// Which right.
        authorization: AuthorizationId,
        /// « la place n’a pas été confirmée à temps ».
        because: String,
    },
    /// The candidature is out of the line.
    LineLeft {
        /// « elle a été refusée ».
        because: String,
    },
    /// A reviewer corrected its sector.
    SectorCorrected {
        /// « Santé, social et médico-social ».
        from: String,
        /// Another one.
        to: String,
        /// Why.
        because: String,
    },
}

impl PlaceFact {
    /// The end of the sentence that starts with who acted.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::PlaceReserved { place, .. } => format!("a réservé la place {place} à la candidature"),
            Self::PlaceGranted => "a inscrit la place comme accordée".into(),
            Self::PlaceConfirmed => "a confirmé la place".into(),
            Self::PlaceGivenBack => "a rendu la place".into(),
            Self::RightEnded { authorization, because } => format!("a mis fin à l’habilitation {authorization} : {because}"),
            Self::LineLeft { because } => format!("a sorti la candidature de la file : {because}"),
            Self::SectorCorrected { from, to, because } => format!("a corrigé le secteur, de « {from} » à « {to} » : {because}"),
        }
    }
}

impl From<PlaceFact> for super::Event {
    fn from(fact: PlaceFact) -> Self {
        Self::OfPlace(fact)
    }
}

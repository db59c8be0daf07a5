//! What several letters say alike: to whom, about which demande, by whose decision.

use serde::{Deserialize, Serialize};

use crate::ids::{ApplicationId, AuthorizationId};

/// The mention a decision prepared with an algorithmic treatment carries (CRPA L311-3-1, R311-3-1-1): its purpose, the right to obtain its
/// rules and their main characteristics, and how to exercise it.
pub const ALGORITHMIC_MENTION: &str = "Chaque décision est prise par une personne. Pour préparer l’examen de la demande, un traitement \
    algorithmique compare ce qui est déclaré aux données publiques du registre Sirene. Vous avez le droit d’obtenir communication des règles \
    qui définissent ce traitement et des principales caractéristiques de sa mise en œuvre, en écrivant au service qui prend la décision (code \
    des relations entre le public et l’administration, articles L.\u{a0}311-3-1 et R.\u{a0}311-3-1-1) ; sans réponse dans un délai d’un mois, vous pouvez saisir la \
    Commission d’accès aux documents administratifs (CADA).";

/// Who receives a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The address, as stored: lower case, parses in the mailer.
    pub address: String,
    /// The name above the address; one line.
    pub name: String,
}

/// What every letter about a demande says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutApplication {
    /// D12.
    pub application: ApplicationId,
    /// « Portail familles ».
    pub service: String,
    /// « Commune de Clamart ».
    pub organisation: String,
    /// The submitted version.
    pub version: i32,
}

/// Where a virus was found, and so what the recipient can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InfectedFile {
    /// In the demande they are correcting: they replace the file.
    ToReplace,
    /// In the version under review: the team will ask for another file.
    UnderReview,
    /// In the last version of a demande that is over.
    Decided,
    /// In an earlier version, or taken away since.
    Replaced,
    /// In a message of their side.
    Sent,
    /// In a message of the team to them.
    Received,
    /// With a request to go to production.
    OfGoLive,
    /// With the monthly report of a participant.
    OfReport {
        /// The right of the participant.
        authorization: AuthorizationId,
        /// With its « de »: « de mai 2027 ».
        month: String,
        /// In its address, 2027-05.
        slug: String,
        /// The report was corrected since, without that file.
        is_corrected: bool,
    },
    /// With the certificate of the end of a participation.
    OfCertificate {
        /// The right of the participant.
        authorization: AuthorizationId,
        /// The certificate was corrected since, without that file.
        is_corrected: bool,
    },
}

impl InfectedFile {
    /// In three words, for the subject.
    pub(super) fn what_now(&self) -> &'static str {
        match self {
            Self::ToReplace => "remplacez-le",
            Self::UnderReview | Self::Sent | Self::OfGoLive => "envoyez-en un autre",
            Self::OfReport { is_corrected: false, .. } => "corrigez le rapport",
            Self::OfCertificate { is_corrected: false, .. } => "corrigez l’attestation",
            Self::Decided | Self::Replaced | Self::OfReport { .. } | Self::OfCertificate { .. } => "rien à remplacer",
            Self::Received => "ne l’ouvrez pas",
        }
    }
}

/// A titled passage of an acknowledgement; each paragraph is one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its title.
    pub title: String,
    /// Its paragraphs.
    pub says: Vec<String>,
}

impl Passage {
    /// A passage.
    pub fn new(title: impl Into<String>, says: impl IntoIterator<Item = String>) -> Self {
        Self { title: title.into(), says: says.into_iter().collect() }
    }
}

/// Who decided, as the letter must name them (CRPA L111-2, L212-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// First name and name.
    pub name: String,
    /// « Instructrice ».
    pub quality: String,
    /// « Direction interministérielle du numérique, équipe FranceConnect ».
    pub service: String,
}

//! What the silence of the administration means.

use serde::{Deserialize, Serialize};

/// What two months without an answer mean (CRPA L231-1, L231-4). Which of the two is for the texts to say, so it is a setting of each kind
/// of private demande, never a constant of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum, strum::EnumString, strum::Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SilenceEffect {
    /// « Décision implicite d’acceptation ».
    Acceptance,
    /// « Décision implicite de rejet ».
    Rejection,
}

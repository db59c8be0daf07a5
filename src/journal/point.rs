//! A point a reviewer asks to be looked at again.

use serde::{Deserialize, Serialize};

/// What is asked about a step of a demande, or about one of its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedPoint {
    /// The step, by its address.
    pub part: String,
    /// The field of its page, or nothing when the whole step is meant.
    #[serde(default)]
    pub field: String,
    /// « Les données : ville de naissance », as people read it.
    pub about: String,
    /// What is asked.
    pub text: String,
}

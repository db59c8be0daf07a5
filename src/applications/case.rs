//! What a demande says of its own kind, besides what every demande says.

use serde::{Deserialize, Serialize};

use super::{application::Kind, draft::Draft, step::Step};

pub(super) mod address_change;
pub(super) mod baseline;
pub(super) mod commitments;
pub(super) mod contribution;
pub(super) mod country;
pub(super) mod hosting;
pub(super) mod identity_text;

pub use address_change::AddressChange;
pub use baseline::Baseline;
pub use commitments::Commitment;
pub use contribution::Contribution;
pub use hosting::Hosting;
pub use identity_text::IdentityText;

/// The part of a content that depends on the kind; frozen with it, under the name of the kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Case {
    /// Nothing more: the arrêté and the description say it all. Versions older than the kinds are of this one.
    #[default]
    Administration,
    /// How the service is tied to a change of address.
    PrivateAddressChange(AddressChange),
    /// The text that imposes to check who people are.
    PrivateIdentityCheck(IdentityText),
    /// What a candidate of the experiment says and commits to.
    Experiment(Box<Candidature>),
}

/// The answers of a candidature (rules E2 to E4, S1 to S7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidature {
    /// E4, and what E2 needs when the register cannot tell.
    pub contribution: Contribution,
    /// S6.
    pub hosting: Hosting,
    /// S1: the figures before integration.
    pub baseline: Baseline,
    /// S1 to S7.
    pub commitments: Vec<Commitment>,
}

impl Case {
    /// Reads the steps of the draft's own kind; nothing while one misses something.
    pub fn of_draft(draft: &Draft) -> Option<Self> {
        Some(match draft.form.kind {
            Kind::Administration => Self::Administration,
            Kind::PrivateAddressChange => Self::PrivateAddressChange(AddressChange::parse(&mut draft.fields(Step::AddressChange))?),
            Kind::PrivateIdentityCheck => Self::PrivateIdentityCheck(IdentityText::parse(&mut draft.fields(Step::IdentityText))?),
            Kind::Experiment => Self::Experiment(Box::new(Candidature {
                contribution: Contribution::parse(&mut draft.fields(Step::Contribution))?,
                hosting: Hosting::parse(&mut draft.fields(Step::Hosting))?,
                baseline: Baseline::parse(&mut draft.fields(Step::Baseline))?,
                commitments: commitments::parse(&mut draft.fields(Step::Commitments), draft.form.campaign.as_ref())?,
            })),
        })
    }

    /// The candidature, when it is one.
    pub fn candidature(&self) -> Option<&Candidature> {
        match self {
            Self::Experiment(candidature) => Some(candidature),
            Self::Administration | Self::PrivateAddressChange(_) | Self::PrivateIdentityCheck(_) => None,
        }
    }
}

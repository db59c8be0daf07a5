//! A demande as stored.

use time::OffsetDateTime;

use super::state::{Act, NotAllowed, State};
use crate::ids::{AccountId, ApplicationId, CampaignId, OrganisationId};

/// What kind of demande.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// Filed by an administration or a local authority (arrêté du 8 novembre 2018).
    Administration,
    /// A private body, for on-line services tied to a change of address (permanent case).
    PrivateAddressChange,
    /// A private body whose service must check who people are under a text (permanent case).
    PrivateIdentityCheck,
    /// A private body, as a candidate of the experiment: « candidature ».
    Experiment,
}

impl Kind {
    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Administration => "Administration",
            Self::PrivateAddressChange => "Changement d’adresse",
            Self::PrivateIdentityCheck => "Vérification d’identité imposée par un texte",
            Self::Experiment => "Candidature à l’expérimentation",
        }
    }

    /// Filed by a private body: the rules of the CRPA on acknowledgement and silence protect it.
    pub fn is_private(self) -> bool {
        self != Self::Administration
    }
}

/// A demande.
#[derive(Clone, Debug)]
pub struct Application {
    /// D12.
    pub id: ApplicationId,
    /// Its kind.
    pub kind: Kind,
    /// The campaign it is a candidature to; none for the other kinds.
    pub campaign: Option<CampaignId>,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// The vendor that files it in the organisation's name; none when its own people do.
    pub represented_by: Option<OrganisationId>,
    /// By whom.
    pub applicant: AccountId,
    /// Where it stands.
    pub state: State,
    /// The name of the service, or nothing yet.
    pub service_name: String,
    /// When it was started.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
    /// When it was first received, or the last change of what it granted.
    pub received_at: Option<OffsetDateTime>,
    /// The order of arrival of a candidature in its campaign, from 1, once it was handed in.
    pub arrival_rank: Option<i32>,
    /// The last submitted version, 0 before the first; the one granted when a change of it came to nothing.
    pub version: i32,
    /// The version in force, while a change of it is filled in or instructed.
    pub reopened_from: Option<i32>,
}

impl Application {
    /// Where an act leads this demande: a change that is refused, given up or closed leads back to what was granted.
    ///
    /// # Errors
    /// [`NotAllowed`], which says why in a sentence.
    pub fn after(&self, act: Act) -> Result<State, NotAllowed> {
        let becomes = self.state.after(act)?;
        let comes_to_nothing = matches!(becomes, State::Refused | State::Withdrawn | State::Closed);
        Ok(if comes_to_nothing && self.reopened_from.is_some() { State::Approved } else { becomes })
    }

    /// Whether what its clock decides is a change of what it granted: the right in force has nothing to do with it.
    pub fn is_change(&self) -> bool {
        self.reopened_from.is_some() || self.state == State::Approved
    }

    /// The organisation whose people file it: its vendor, or itself.
    pub fn filed_by(&self) -> OrganisationId {
        self.represented_by.unwrap_or(self.organisation)
    }

    /// What lists and headings call it.
    pub fn title(&self) -> &str {
        if self.service_name.is_empty() { "Demande sans nom" } else { &self.service_name }
    }
}

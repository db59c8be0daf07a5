//! A demande as a file shows it.

use time::OffsetDateTime;

use crate::{
    applications::{AssuranceLevel, Kind, State},
    criteria::Sector,
    ids::{ApplicationId, AuthorizationId},
    review::queue::Footing,
};

/// A received demande, as its last version says it.
#[derive(Clone, Debug)]
pub struct Line {
    /// D12.
    pub id: ApplicationId,
    /// The last right it was granted.
    pub authorization: Option<AuthorizationId>,
    /// Its kind.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Who of the team answers for it, by name.
    pub owner: Option<String>,
    /// The organisation.
    pub organisation: String,
    /// Its establishment.
    pub siret: String,
    /// Its legal person.
    pub siren: String,
    /// The vendor that files for it.
    pub vendor: Option<String>,
    /// The service.
    pub service: String,
    /// Its address, once it has one.
    pub address: String,
    /// The level asked.
    pub level: AssuranceLevel,
    /// The sector of a candidature.
    pub sector: Option<Sector>,
    /// The order of arrival of a candidature.
    pub arrival_rank: Option<i32>,
    /// The last version.
    pub version: i32,
    /// When the demande was first received.
    pub received_at: OffsetDateTime,
    /// When its last version was.
    pub submitted_at: OffsetDateTime,
    /// When that version was decided.
    pub decided_at: Option<OffsetDateTime>,
    /// The day on which silence becomes a decision.
    pub silence_on: Option<time::Date>,
    /// Where a complete candidature stands in its campaign.
    pub footing: Option<Footing>,
}

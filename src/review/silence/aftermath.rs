//! What follows a decision silence took, as whoever it concerns and the team need it.

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    reasons::{Reasons, last_day_to_contest},
    store,
};
use crate::{
    applications::{Application, State},
    config::SilenceEffect,
    journal::{self, DutyFact, Event},
    problem::Problem,
    review::clock::{SilenceDecision, find_silence_decision},
};

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aftermath {
    /// The demande, or the change of what it granted, is accepted: this can be attested.
    Accepted {
        /// What silence decided.
        decision: SilenceDecision,
        /// When an attestation was first made out.
        attested_at: Option<OffsetDateTime>,
    },
    /// It is rejected: this can be contested, and its reasons asked.
    Rejected {
        /// What silence decided.
        decision: SilenceDecision,
        /// The reasons, once asked.
        reasons: Option<Reasons>,
    },
}

impl Aftermath {
    /// Silence accepted, and the right is still to be signed by a person.
    pub fn waits_for_a_signature(&self) -> bool {
        matches!(self, Self::Accepted { .. })
    }

    /// The last day to ask for the reasons of a rejection, while nobody has.
    pub fn may_ask_until(&self) -> Option<Date> {
        match self {
            Self::Rejected { decision, reasons: None } => Some(last_day_to_contest(decision.on)),
            _ => None,
        }
    }

    /// The reasons that were asked.
    pub fn reasons(&self) -> Option<&Reasons> {
        match self {
            Self::Rejected { reasons, .. } => reasons.as_ref(),
            Self::Accepted { .. } => None,
        }
    }

    /// Whether they were given.
    pub fn has_reasons(&self) -> bool {
        self.reasons().is_some_and(|reasons| reasons.answer.is_some())
    }

    /// The last day to contest a rejection: two months from its birth or, when its reasons were asked in that time, from the day they are
    /// given. There is none while they are awaited (CRPA L232-4).
    pub fn contest_until(&self) -> Option<Date> {
        match self {
            Self::Rejected { decision, reasons: None } => Some(last_day_to_contest(decision.on)),
            Self::Rejected { reasons: Some(reasons), .. } => reasons.last_day_to_contest(),
            Self::Accepted { .. } => None,
        }
    }
}

/// What follows what silence last decided on a demande, or on the change of what it granted; nothing once the team instructs it again.
///
/// # Errors
/// The database's.
pub async fn find_aftermath(connection: &mut PgConnection, application: &Application) -> Result<Option<Aftermath>, Problem> {
    let Some(decision) = find_silence_decision(connection, application.id).await? else { return Ok(None) };
    match decision.effect {
        SilenceEffect::Acceptance if matches!(application.state, State::Submitted | State::ChangesRequested | State::Approved) => {
            let entries = journal::find_of_application(connection, application.id).await?;
            let attested = entries.iter().find(
                |entry| matches!(entry.event, Event::OfDuty(DutyFact::AcceptanceAttested { version }) if version == decision.version),
            );
            Ok(Some(Aftermath::Accepted { decision, attested_at: attested.map(|entry| entry.at) }))
        }
        SilenceEffect::Rejection if matches!(application.state, State::Refused | State::Approved) => {
            let reasons = store::find_reasons(connection, application.id, decision.version).await?;
            Ok(Some(Aftermath::Rejected { decision, reasons }))
        }
        _ => Ok(None),
    }
}

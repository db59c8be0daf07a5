//! What becomes of a participation in the experiment, in the past tense.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::sentence::in_full;
use crate::{calendar, ids::AuthorizationId, text};

/// Facts about a participation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ParticipationFact {
    /// The team said on which day access opened.
    AccessDated {
        /// For which right.
        authorization: AuthorizationId,
        /// The day, 2027-01-15.
        opened_on: String,
        /// Why it is another one.
        because: String,
    },
    /// The report of a month was sent.
    ReportSent {
        /// Of which right.
        authorization: AuthorizationId,
        /// The month, 2027-05.
        month: String,
    },
    /// The report of a month was corrected.
    ReportCorrected {
        /// Of which right.
        authorization: AuthorizationId,
        /// The month, 2027-05.
        month: String,
        /// Why.
        because: String,
    },
    /// The participation ended.
    ParticipationEnded {
        /// Of which right.
        authorization: AuthorizationId,
        /// « term », « revocation » or « renunciation ».
        cause: String,
        /// Its last day, 2028-01-15.
        ended_on: String,
    },
    /// Its participant certified that access is removed and data destroyed.
    DestructionCertified {
        /// Of which right.
        authorization: AuthorizationId,
        /// The day access was removed, 2028-01-15.
        removed_on: String,
        /// The day data were destroyed, 2028-01-18; nothing when none was kept.
        destroyed_on: String,
    },
    /// That certificate was corrected.
    DestructionCorrected {
        /// Of which right.
        authorization: AuthorizationId,
        /// Why.
        because: String,
    },
    /// The team put the participant on notice to certify.
    PutOnNotice {
        /// Of which right.
        authorization: AuthorizationId,
        /// The last day it leaves, 2028-03-15.
        until: String,
    },
}

impl ParticipationFact {
    /// The end of the sentence that starts with who acted.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::AccessDated { authorization, opened_on, because } => {
                format!("a daté du {} l’ouverture de l’accès ({authorization}) : {}", in_full(opened_on), text::made_a_line(because, 300))
            }
            Self::ReportSent { authorization, month } => format!("a envoyé le rapport du mois de {} ({authorization})", named(month)),
            Self::ReportCorrected { authorization, month, because } => {
                format!("a corrigé le rapport du mois de {} ({authorization}) : {}", named(month), text::made_a_line(because, 300))
            }
            Self::ParticipationEnded { authorization, cause, ended_on } => {
                let why = match cause.as_str() {
                    "revocation" => "par la révocation de l’habilitation",
                    "renunciation" => "parce que la place a été rendue",
                    _ => "à son terme",
                };
                format!("a constaté la fin de la participation ({authorization}) le {}, {why}", in_full(ended_on))
            }
            Self::DestructionCertified { authorization, removed_on, destroyed_on } => {
                let removed = in_full(removed_on);
                if destroyed_on.is_empty() {
                    format!("a attesté la fin de la participation ({authorization}) : accès retiré le {removed}, aucune donnée conservée")
                } else {
                    let destroyed = in_full(destroyed_on);
                    format!(
                        "a attesté la fin de la participation ({authorization}) : accès retiré le {removed}, données détruites le {destroyed}"
                    )
                }
            }
            Self::DestructionCorrected { authorization, because } => {
                format!("a corrigé l’attestation de la fin de la participation ({authorization}) : {}", text::made_a_line(because, 300))
            }
            Self::PutOnNotice { authorization, until } => {
                format!("a mis le participant ({authorization}) en demeure d’attester la fin au plus tard le {}", in_full(until))
            }
        }
    }
}

/// A month as these facts keep it, 2027-05, in words: « mai 2027 ».
fn named(month: &str) -> String {
    let first: Option<Date> = format!("{month}-01").parse().ok();
    first.map_or_else(|| month.to_owned(), |first| format!("{} {}", calendar::month_name(first.month()), first.year()))
}

impl From<ParticipationFact> for super::Event {
    fn from(fact: ParticipationFact) -> Self {
        Self::OfParticipation(fact)
    }
}

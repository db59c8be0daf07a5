//! What becomes of the people of the team.

use serde::{Deserialize, Serialize};

/// A fact about somebody of the team; the first role they are given is [`super::Event::RoleGranted`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum TeamFact {
    /// A role was taken back.
    RoleTaken {
        /// Which.
        role: String,
    },
    /// An administrator suspended an account: its owner signs in no more.
    AccountSuspended {
        /// Open dossiers the person answered for, which nobody answers for any more.
        released: u64,
    },
    /// An administrator opened it again.
    AccountReopened,
    /// Whoever answered for the dossier no longer can.
    DossierVacated {
        /// Who, by the name of that day.
        from: String,
    },
    /// A demande was prepared for somebody.
    DemandePrepared {
        /// What it starts as.
        kind: String,
    },
    /// It was given more time.
    PreparedRenewed,
    /// It was taken back.
    PreparedCancelled,
    /// Its applicant took it as their draft.
    PreparedClaimed {
        /// Who prepared it, by the name of that day.
        from: String,
    },
    /// The team entrusted a demande to somebody else of its organisation.
    DemandeEntrusted {
        /// Who followed it, by the name of that day.
        from: String,
        /// Who follows it from now on.
        to: String,
        /// Why.
        because: String,
    },
    /// A member of the team chose how often they are written about something.
    LettersChosen {
        /// About what.
        topic: String,
        /// How often.
        pace: String,
    },
}

impl TeamFact {
    /// The end of the sentence that starts with who acted.
    pub fn sentence(&self) -> String {
        match self {
            Self::RoleTaken { role } => format!("a retiré le rôle {role}"),
            Self::AccountSuspended { .. } => "a désactivé le compte".into(),
            Self::AccountReopened => "a réactivé le compte".into(),
            Self::DossierVacated { from } => format!("a libéré le dossier, que suivait {from}"),
            Self::DemandePrepared { kind } => format!("a préparé une demande pour quelqu’un : {kind}"),
            Self::PreparedRenewed => "a renouvelé une demande préparée".into(),
            Self::PreparedCancelled => "a annulé une demande préparée".into(),
            Self::PreparedClaimed { from } => format!("a repris la demande préparée par {from}"),
            Self::DemandeEntrusted { from, to, because } => format!("a confié la demande de {from} à {to} : {because}"),
            Self::LettersChosen { topic, pace } => format!("a choisi ses courriels : « {topic} », {}", pace.to_lowercase()),
        }
    }
}

//! What a letter about the legal clock is about.

use serde::{Deserialize, Serialize};

/// What happened, or is about to. Dates are in full, « 14 décembre 2026 ».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames)]
#[serde(tag = "news", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ClockNews {
    /// To the team: silence will soon decide.
    Alarm {
        /// When.
        decides_on: String,
    },
    /// To the applicant: what was asked is awaited.
    Reminder,
    /// The time limit for missing items has passed.
    LimitPassed,
    /// Silence meant acceptance.
    AcceptedBySilence,
    /// Silence meant rejection.
    RejectedBySilence,
    /// To the team: the reasons of that rejection are asked.
    ReasonsAsked {
        /// The last day to give them.
        due_on: String,
    },
    /// To the applicant: those reasons.
    ReasonsGiven,
    /// To the applicant: without an answer, their demande will be closed.
    ClosingAnnounced {
        /// The last day to answer.
        limit_on: String,
        /// What will be closed is the change of a right, which stays as it is.
        #[serde(default)]
        is_change: bool,
    },
    /// To the applicant: it is closed.
    Closed {
        /// What is closed is the change of a right.
        #[serde(default)]
        is_change: bool,
    },
}

impl ClockNews {
    /// The end of the subject, after the number of the demande.
    pub(super) fn subject(&self, is_for_team: bool) -> String {
        match (self, is_for_team) {
            (Self::Alarm { decides_on }, _) => format!("\u{a0}: le silence décidera le {decides_on}"),
            (Self::Reminder, _) => " à compléter\u{a0}: nous attendons votre réponse".into(),
            (Self::LimitPassed, true) => "\u{a0}: le délai pour compléter est passé".into(),
            (Self::LimitPassed, false) => "\u{a0}: le délai pour compléter est passé, vous pouvez encore répondre".into(),
            (Self::AcceptedBySilence, true) => " acceptée par le silence\u{a0}: c’est à l’équipe de signer l’habilitation".into(),
            (Self::AcceptedBySilence, false) => " réputée acceptée\u{a0}: l’habilitation sera signée par une personne".into(),
            (Self::RejectedBySilence, true) => " rejetée par le silence".into(),
            (Self::RejectedBySilence, false) => " réputée rejetée\u{a0}: vos recours".into(),
            (Self::ReasonsAsked { due_on }, _) => format!("\u{a0}: motifs du rejet demandés, dus le {due_on}"),
            (Self::ReasonsGiven, _) => "\u{a0}: les motifs du rejet".into(),
            (Self::ClosingAnnounced { limit_on, is_change }, _) => {
                let what = if *is_change { "la modification" } else { "elle" };
                format!("\u{a0}: répondez jusqu’au {limit_on} inclus, ou {what} sera classée")
            }
            (Self::Closed { is_change: true }, _) => "\u{a0}: modification classée sans suite".into(),
            (Self::Closed { .. }, _) => " classée sans suite".into(),
        }
    }

    /// What people call the letter, in the journal and in lists.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Alarm { .. } => "alarme du délai légal",
            Self::Reminder => "rappel de ce qui est attendu",
            Self::LimitPassed => "délai pour compléter passé",
            Self::AcceptedBySilence => "acceptation implicite",
            Self::RejectedBySilence => "rejet implicite",
            Self::ReasonsAsked { .. } => "motifs d’un rejet implicite demandés",
            Self::ReasonsGiven => "motifs d’un rejet implicite",
            Self::ClosingAnnounced { .. } => "avertissement avant classement",
            Self::Closed { .. } => "classement sans suite",
        }
    }

    /// The title of the letter.
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::Alarm { .. } => "Le silence va décider",
            Self::Reminder => "Nous attendons votre réponse",
            Self::LimitPassed => "Le délai pour compléter la demande est passé",
            Self::AcceptedBySilence => "La demande est acceptée par l’effet du silence",
            Self::RejectedBySilence => "La demande est rejetée par l’effet du silence",
            Self::ReasonsAsked { .. } => "Des motifs vous sont demandés",
            Self::ReasonsGiven => "Les motifs du rejet de votre demande",
            Self::ClosingAnnounced { .. } => "Votre demande attend votre réponse",
            Self::Closed { is_change: true } => "Votre modification est classée sans suite",
            Self::Closed { .. } => "Votre demande est classée sans suite",
        }
    }

    /// What it says how to contest, if it does, and since when: « ce rejet », « du jour où le silence a décidé ».
    pub(super) fn contested(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::RejectedBySilence => Some(("ce rejet", "du jour où le silence a décidé")),
            Self::ReasonsGiven => Some((
                "ce rejet",
                "du jour où vous recevez ces motifs (code des relations entre le public et l’administration, article L232-4)",
            )),
            Self::Closed { .. } => Some(("ce classement", "du jour où vous recevez cette lettre")),
            _ => None,
        }
    }
}

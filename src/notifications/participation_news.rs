//! What a letter about a participation in the experiment is about.

use serde::{Deserialize, Serialize};

use super::AboutApplication;
use crate::ids::AuthorizationId;

/// What happened, or is about to. Dates are in full, « 10 juin 2027 »; months with their « de », « de mai 2027 ».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames)]
#[serde(tag = "news", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ParticipationNews {
    /// A granted place has to be confirmed.
    PlaceToConfirm {
        /// The last day.
        answer_by: String,
    },
    /// It was not, in time: it went to the next one.
    PlaceLost,
    /// Its holder gave it back.
    PlaceGivenBack,
    /// The end comes near.
    EndsSoon {
        /// The last day.
        ends_on: String,
    },
    /// It is over.
    Ended,
    /// A report is due soon.
    ReportAwaited {
        /// Of which month.
        month: String,
        /// In its address, 2027-05.
        slug: String,
        /// The last day.
        due_on: String,
    },
    /// A report is late.
    ReportLate {
        /// Of which month.
        month: String,
        /// In its address, 2027-05.
        slug: String,
        /// Its last day, which is past.
        due_on: String,
    },
    /// The certificate of the end is due soon.
    CertificateAwaited {
        /// The last day.
        due_on: String,
    },
    /// The certificate of the end is late.
    CertificateLate {
        /// Its last day, which is past.
        due_on: String,
    },
    /// Somebody of the team puts the participant on notice to certify.
    PutOnNotice {
        /// The last day the notice leaves.
        until: String,
    },
}

impl ParticipationNews {
    /// The name of the kind, as stored and counted.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::PlaceToConfirm { .. } => "place_to_confirm",
            Self::PlaceLost => "place_lost",
            Self::PlaceGivenBack => "place_given_back",
            Self::EndsSoon { .. } => "participation_ends_soon",
            Self::Ended => "participation_ended",
            Self::ReportAwaited { .. } => "report_awaited",
            Self::ReportLate { .. } => "report_late",
            Self::CertificateAwaited { .. } => "certificate_awaited",
            Self::CertificateLate { .. } => "certificate_late",
            Self::PutOnNotice { .. } => "put_on_notice",
        }
    }

    /// What people call it, in the journal and in lists.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::PlaceToConfirm { .. } => "place à confirmer",
            Self::PlaceLost => "place non confirmée",
            Self::PlaceGivenBack => "place rendue",
            Self::EndsSoon { .. } => "fin prochaine d’une participation",
            Self::Ended => "fin d’une participation",
            Self::ReportAwaited { .. } => "rapport mensuel à remettre",
            Self::ReportLate { .. } => "rapport mensuel en retard",
            Self::CertificateAwaited { .. } => "attestation de fin à signer",
            Self::CertificateLate { .. } => "attestation de fin en retard",
            Self::PutOnNotice { .. } => "mise en demeure d’attester la fin",
        }
    }

    /// The subject, with the number of the right and that of its demande.
    pub(super) fn subject(&self, authorization: AuthorizationId, about: &AboutApplication) -> String {
        let what = match self {
            Self::PlaceToConfirm { answer_by } => format!("confirmez votre place au plus tard le {answer_by}"),
            Self::PlaceLost => "votre place n’a pas été confirmée à temps".into(),
            Self::PlaceGivenBack => "vous avez rendu votre place".into(),
            Self::EndsSoon { ends_on } => format!("votre participation se termine le {ends_on}"),
            Self::Ended => "votre participation est terminée".into(),
            Self::ReportAwaited { month, due_on, .. } => format!("rapport {month} à remettre au plus tard le {due_on}"),
            Self::ReportLate { month, due_on, .. } => format!("rapport {month} en retard, attendu le {due_on}"),
            Self::CertificateAwaited { due_on } => format!("attestation de fin à signer au plus tard le {due_on}"),
            Self::CertificateLate { due_on } => format!("attestation de fin en retard, attendue le {due_on}"),
            Self::PutOnNotice { until } => format!("mise en demeure d’attester la fin au plus tard le {until}"),
        };
        format!("Habilitation {authorization} ({})\u{a0}: {what}", about.application)
    }

    /// The title of the letter.
    pub(super) fn title(&self) -> &'static str {
        match self {
            Self::PlaceToConfirm { .. } => "Votre place est à confirmer",
            Self::PlaceLost => "Votre place va à la candidature suivante",
            Self::PlaceGivenBack => "Vous avez rendu votre place",
            Self::EndsSoon { .. } => "Votre participation se termine bientôt",
            Self::Ended => "Votre participation est terminée",
            Self::ReportAwaited { .. } => "Un rapport mensuel est à remettre",
            Self::ReportLate { .. } => "Un rapport mensuel est en retard",
            Self::CertificateAwaited { .. } => "Votre attestation de fin est à signer",
            Self::CertificateLate { .. } => "Votre attestation de fin est en retard",
            Self::PutOnNotice { .. } => "Mise en demeure",
        }
    }

    /// What the button leads to, from the page of the right, and its words.
    pub(super) fn button(&self) -> (String, &'static str) {
        match self {
            Self::PlaceToConfirm { .. } => ("/place".into(), "Confirmer ma place"),
            Self::PlaceLost | Self::PlaceGivenBack => (String::new(), "Voir l’habilitation"),
            Self::EndsSoon { .. } => ("/rapports".into(), "Voir ma participation"),
            Self::Ended | Self::CertificateAwaited { .. } | Self::CertificateLate { .. } | Self::PutOnNotice { .. } => {
                ("/fin".into(), "Signer l’attestation")
            }
            Self::ReportAwaited { slug, .. } | Self::ReportLate { slug, .. } => (format!("/rapports/{slug}"), "Remplir le rapport"),
        }
    }
}

//! Where a candidature stands, in a sentence its applicant and the team both read.

use time::Date;

use super::{
    Leaving, Numbers,
    held::places_taken,
    line::{Stand, Wait},
};
use crate::{
    calendar,
    criteria::Sector,
    ids::{ApplicationId, CampaignId},
};

/// Where a complete candidature stands in its campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which candidature.
    pub application: ApplicationId,
    /// Which campaign.
    pub campaign: CampaignId,
    /// The rank it arrived with.
    pub rank: i32,
    /// As declared, or as corrected.
    pub sector: Sector,
    /// What it has.
    pub holds: Holds,
    /// The last day its holder has to confirm a granted place, Paris; none when nothing is asked.
    pub answer_by: Option<Date>,
    /// The numbers of its campaign.
    pub numbers: Numbers,
}

/// What a candidature has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A place, reserved or granted.
    Place {
        /// Which of the two.
        stand: Stand,
        /// Its number.
        number: i32,
    },
    /// A position in the line of its sector.
    Turn {
        /// From 1 on.
        position: u32,
        /// What keeps it from a place.
        wait: Option<Wait>,
    },
    /// Nothing any more.
    Nothing(Leaving),
}

impl Standing {
    /// A place is reserved for it, or granted.
    pub fn has_a_place(&self) -> bool {
        matches!(self.holds, Holds::Place { .. })
    }

    /// It stands in the line without a place.
    pub fn is_waiting(&self) -> bool {
        matches!(self.holds, Holds::Turn { .. })
    }

    /// Its sector may still be corrected: nothing was granted, nothing is over.
    pub fn may_change_sector(&self) -> bool {
        self.is_waiting() || matches!(self.holds, Holds::Place { stand: Stand::Reserved, .. })
    }

    /// In a word or two, for a badge.
    pub fn label(&self) -> &'static str {
        match self.holds {
            Holds::Place { stand: Stand::Granted, .. } if self.answer_by.is_some() => "Place à confirmer",
            Holds::Place { stand, .. } => stand.label(),
            Holds::Turn { .. } => Stand::Waiting.label(),
            Holds::Nothing(_) => "Hors de la file",
        }
    }

    /// Where it stands, and why, with the numbers of the day.
    pub fn sentence(&self) -> String {
        let numbers = &self.numbers;
        match self.holds {
            Holds::Place { stand: Stand::Granted, .. } => match self.answer_by {
                Some(day) => format!(
                    "Une place est accordée à cette candidature. Son titulaire la confirme au plus tard le {} ; sinon l’habilitation prend fin et la place va à la candidature suivante.",
                    calendar::written(day)
                ),
                None => "Cette candidature tient une place de l’expérimentation.".into(),
            },
            Holds::Place { .. } => format!(
                "Une place est réservée à cette candidature pendant son instruction ({} sur {}). Elle lui est accordée si la décision signée est favorable.",
                places_taken(numbers.held.taken()),
                numbers.capacity
            ),
            Holds::Turn { position, wait } => format!(
                "Cette candidature attend une place : elle est {} dans la file du secteur « {} ». {}",
                ordinal(position),
                self.sector.label(),
                wait.map_or_else(|| "Une place lui sera donnée dans un instant.".into(), |wait| numbers.because(wait, self.sector))
            ),
            Holds::Nothing(because) => format!("Cette candidature n’est pas dans la file : {}.", because.because()),
        }
    }

    /// What would change it.
    pub fn what_next(&self) -> &'static str {
        match self.holds {
            Holds::Place { stand: Stand::Granted, .. } => {
                "La place reste la sienne jusqu’à la fin de la participation, même si l’habilitation est suspendue."
            }
            Holds::Place { .. } => {
                "Une demande de précisions ne change rien à la place. Elle est libérée si la candidature est refusée, retirée, ou si des pièces demandées n’arrivent pas dans le délai."
            }
            Holds::Turn { .. } => {
                "Une place se libère quand une candidature est refusée ou retirée, ou quand un participant s’en va. Elle est donnée aussitôt à qui est en tête, et nous l’écrivons à son demandeur. Personne du même secteur arrivé plus tard ne passe devant."
            }
            Holds::Nothing(Leaving::ItemsMissing) => "Si les pièces sont envoyées, la candidature reprend place à la fin de la file.",
            Holds::Nothing(_) => "",
        }
    }

    /// Why an approval cannot be signed while it waits, and what to do; nothing when it can.
    pub fn why_not_granted(&self) -> Option<String> {
        match self.holds {
            Holds::Place { .. } => None,
            Holds::Turn { .. } => Some(format!(
                "{} Une candidature sans place ne peut pas être approuvée : gardez le projet, il pourra être signé quand une place se libère, ou demandez que la capacité de l’expérimentation soit relevée.",
                self.sentence()
            )),
            Holds::Nothing(_) => Some(format!("{} Elle ne peut pas être approuvée.", self.sentence())),
        }
    }
}

/// « 1re », « 2e ».
pub fn ordinal(position: u32) -> String {
    if position == 1 { "1re".into() } else { format!("{position}e") }
}

//! A place, and how one is given back.

use crate::{criteria::Sector, ids::ApplicationId};

/// A place a candidature just received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Who received it.
    pub application: ApplicationId,
    /// Its number, from 1 to the capacity. It tells nothing to its holder: it may change when the capacity does.
    pub place: i32,
    /// The sector it is kept for; nothing when it is for anybody.
    pub pool: Option<Sector>,
}

/// Why a candidature is out of the line, without its place if it held one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Leaving {
    /// It was refused.
    Refused,
    /// Its applicant took it back.
    Withdrawn,
    /// Nobody answered for it, and the team closed it.
    Closed,
    /// Silence rejected it.
    Silence,
    /// The limit for the missing items passed without them (CRPA L114-5): the file is not complete.
    ItemsMissing,
    /// The right it gave was revoked.
    Revoked,
    /// Its holder gave the place back.
    Renounced,
    /// Its holder did not confirm the place in time.
    Unconfirmed,
    /// The participation came to its end.
    Ended,
}

impl Leaving {
    /// The end of the sentence « cette candidature n’est plus dans la file : ».
    pub fn because(self) -> &'static str {
        match self {
            Self::Refused => "elle a été refusée",
            Self::Withdrawn => "elle a été retirée",
            Self::Closed => "elle a été classée sans suite, faute de réponse",
            Self::Silence => "elle a été rejetée par le silence",
            Self::ItemsMissing => "les pièces demandées ne sont pas arrivées dans le délai",
            Self::Revoked => "l’habilitation a été révoquée",
            Self::Renounced => "son titulaire a rendu la place",
            Self::Unconfirmed => "la place n’a pas été confirmée à temps",
            Self::Ended => "la participation est terminée",
        }
    }
}

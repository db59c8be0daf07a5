//! Somebody of the team, as administrators see them.

use time::OffsetDateTime;

use crate::{accounts::Person, calendar};

/// Whether somebody of the team may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// They have a password and a confirmed address.
    Open,
    /// They have not answered the letter by which they choose a password.
    Invited,
    /// An administrator suspended the account then.
    Suspended(OffsetDateTime),
}

impl Access {
    /// As people read it.
    pub fn words(self) -> String {
        match self {
            Self::Open => "Compte actif".into(),
            Self::Invited => "Invitation sans réponse".into(),
            Self::Suspended(at) => format!("Désactivé le {}", calendar::day(at)),
        }
    }

    /// The account is suspended.
    pub fn is_suspended(self) -> bool {
        matches!(self, Self::Suspended(_))
    }
}

/// Somebody with a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who, with their roles.
    pub person: Person,
    /// Whether they may sign in.
    pub access: Access,
}

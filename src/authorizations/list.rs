//! The rights granted: which of them are listed, and to whom.

use time::OffsetDateTime;

use super::State;
use crate::{
    applications::Search,
    ids::{AccountId, ApplicationId, AuthorizationId},
};

/// What a search among rights means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// H12.
    Right(AuthorizationId),
    /// Those of D12.
    Application(ApplicationId),
    /// An organisation or words.
    Other(Search),
}

impl Target {
    /// Reads what was typed; a number alone is a right's here.
    pub fn parse(typed: &str) -> Self {
        match Search::parse(typed) {
            Search::Authorization(id) => Self::Right(id),
            Search::Number(id) if typed.trim().starts_with(|c: char| c.is_ascii_digit()) => Self::Right(AuthorizationId(id.0)),
            Search::Number(id) => Self::Application(id),
            other => Self::Other(other),
        }
    }

    /// Why nothing is looked for, when what was typed finds nothing by itself.
    pub fn refusal(&self) -> Option<String> {
        match self {
            Self::Other(Search::Refused(refusal)) => Some(refusal.to_string()),
            _ => None,
        }
    }
}

/// Which rights are listed.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Whose reader: what they obtained, what their organisations hold, what they filed for clients. Nobody: the team reads all.
    pub reader: Option<AccountId>,
    /// Which among them.
    pub target: Target,
    /// In which state, or all.
    pub state: Option<State>,
    /// The last row already shown.
    pub after: Option<AuthorizationId>,
}

/// A right in the list.
#[derive(Clone, Debug)]
pub struct Granted {
    /// H12.
    pub id: AuthorizationId,
    /// The holder.
    pub organisation: String,
    /// The service.
    pub service: String,
    /// Whether it may be used.
    pub state: State,
    /// When it was granted.
    pub granted_at: OffsetDateTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_alone_is_the_number_of_a_right() {
        assert_eq!(Target::parse("H12"), Target::Right(AuthorizationId(12)));
        assert_eq!(Target::parse(" 12 "), Target::Right(AuthorizationId(12)));
        assert_eq!(Target::parse("d12"), Target::Application(ApplicationId(12)));
        assert_eq!(Target::parse("219 200 235"), Target::Other(Search::Siren("219200235".into())));
        assert_eq!(Target::parse(""), Target::Other(Search::Nothing));
    }
}

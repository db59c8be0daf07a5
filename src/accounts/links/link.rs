//! What a link is for, how long it works.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::ids::AccountId;

/// What a link lets its holder do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Purpose {
    /// Prove that the address given at sign-up is theirs.
    ConfirmAddress,
    /// Choose a new password in place of a forgotten one.
    ChoosePassword,
    /// Choose the first password of an account made by an operator.
    StaffInvitation,
}

impl Purpose {
    /// How long the link works.
    pub fn lasts(self) -> Duration {
        match self {
            Self::ConfirmAddress => Duration::hours(24),
            Self::ChoosePassword => Duration::minutes(30),
            Self::StaffInvitation => Duration::days(7),
        }
    }

    /// The same in words: « 30 minutes ».
    pub fn lasts_in_words(self) -> &'static str {
        match self {
            Self::ConfirmAddress => "24\u{a0}heures",
            Self::ChoosePassword => "30\u{a0}minutes",
            Self::StaffInvitation => "7\u{a0}jours",
        }
    }
}

/// Whether a link still works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It does.
    Open,
    /// It served.
    Used,
    /// A newer link, or a new password, ended it.
    Withdrawn,
    /// Its time has passed.
    Expired,
}

/// A link as stored.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its number, which is no secret.
    pub id: Uuid,
    /// Whose.
    pub account: AccountId,
    /// What for.
    pub purpose: Purpose,
    /// When it stops working.
    pub expires_at: OffsetDateTime,
    /// When it served.
    pub used_at: Option<OffsetDateTime>,
    /// When something else ended it.
    pub withdrawn_at: Option<OffsetDateTime>,
}

impl Link {
    /// Whether it works at that moment.
    pub fn state(&self, now: OffsetDateTime) -> LinkState {
        if self.used_at.is_some() {
            LinkState::Used
        } else if self.withdrawn_at.is_some() {
            LinkState::Withdrawn
        } else if now >= self.expires_at {
            LinkState::Expired
        } else {
            LinkState::Open
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_link_works_once_and_in_time() {
        let start = datetime!(2026-12-03 09:00 UTC);
        let link = |used_at, withdrawn_at| Link {
            id: Uuid::nil(),
            account: AccountId(1),
            purpose: Purpose::ChoosePassword,
            expires_at: start + Purpose::ChoosePassword.lasts(),
            used_at,
            withdrawn_at,
        };
        let (at_29, at_30) = (start + Duration::minutes(29), start + Duration::minutes(30));
        for (link, now, state) in [
            (link(None, None), at_29, LinkState::Open),
            (link(None, None), at_30, LinkState::Expired),
            (link(Some(start), None), at_29, LinkState::Used),
            (link(Some(start), None), at_30, LinkState::Used),
            (link(None, Some(start)), at_29, LinkState::Withdrawn),
        ] {
            assert_eq!(link.state(now), state);
        }
    }
}

//! What somebody of the client holds: a link to the demande, and what they said through it.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    applications::contacts::{Contact, ContactFields, Contacts, DATA_CONTROLLER, DPO, ProtectionRole},
    ids::ApplicationId,
    journal::By,
    notifications::Recipient,
};

/// A link lasts that long after the demande is over, or after it was sent when that is later.
const AFTER_THE_END: Duration = Duration::days(30);

/// A link is sent again at most once in that time.
const BETWEEN_TWO: Duration = Duration::hours(1);

/// As what the demande names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum ClientRole {
    /// Responsable de traitement.
    DataController,
    /// Délégué à la protection des données.
    DataProtectionOfficer,
}

impl ClientRole {
    /// In the middle of a sentence; `protection` is what the demande says of who watches over the data.
    pub fn label(self, protection: ProtectionRole) -> &'static str {
        match (self, protection) {
            (Self::DataController, _) => "responsable de traitement",
            (Self::DataProtectionOfficer, ProtectionRole::Dpo) => "délégué à la protection des données",
            (Self::DataProtectionOfficer, ProtectionRole::Referent) => "référent pour la protection des données",
        }
    }

    /// Who that is in a demande.
    pub fn of(self, contacts: &Contacts) -> &Contact {
        match self {
            Self::DataController => &contacts.data_controller,
            Self::DataProtectionOfficer => &contacts.data_protection_officer,
        }
    }

    /// The fields that name them.
    pub fn fields(self) -> ContactFields {
        match self {
            Self::DataController => DATA_CONTROLLER,
            Self::DataProtectionOfficer => DPO,
        }
    }
}

/// A link as stored: one demande, one person, one role.
#[derive(Clone, Debug)]
pub struct ClientLink {
    /// Its number, which is no secret.
    pub id: Uuid,
    /// Which demande.
    pub application: ApplicationId,
    /// As what.
    pub role: ClientRole,
    /// The address it was sent to.
    pub email: String,
    /// The person, by name.
    pub name: String,
    /// When.
    pub created_at: OffsetDateTime,
    /// When a newer one was sent, or the person was no longer named.
    pub withdrawn_at: Option<OffsetDateTime>,
    /// Since when the demande is over.
    pub over_since: Option<OffsetDateTime>,
}

/// Whether a link still works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientLinkState {
    /// It does.
    Open,
    /// A newer one was sent, or the person is no longer named.
    Withdrawn,
    /// The demande has been over for a month.
    Expired,
}

impl ClientLink {
    /// Whether it works at that moment.
    pub fn state(&self, now: OffsetDateTime) -> ClientLinkState {
        let ends = self.over_since.map(|over| over.max(self.created_at) + AFTER_THE_END);
        match (self.withdrawn_at, ends) {
            (Some(_), _) => ClientLinkState::Withdrawn,
            (None, Some(end)) if now >= end => ClientLinkState::Expired,
            (None, _) => ClientLinkState::Open,
        }
    }

    /// Whether another one may be sent in its place.
    pub fn may_be_renewed(&self, now: OffsetDateTime) -> bool {
        self.withdrawn_at.is_none() && now >= self.created_at + BETWEEN_TWO
    }

    /// Who acts through it, for the journal.
    pub fn by(&self) -> By {
        By::Contact { name: self.name.clone() }
    }

    /// Where its letter goes.
    pub fn as_recipient(&self) -> Recipient {
        Recipient { address: self.email.clone(), name: self.name.clone() }
    }
}

/// What somebody of the client says against the demande.
#[derive(Clone, Debug)]
pub struct Objection {
    /// Its number.
    pub id: i64,
    /// As what the demande names them.
    pub role: ClientRole,
    /// The same, in the middle of a sentence.
    pub title: &'static str,
    /// Who, by name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// When.
    pub made_at: OffsetDateTime,
    /// When a reviewer read it.
    pub read_at: Option<OffsetDateTime>,
    /// When it was taken back.
    pub lifted_at: Option<OffsetDateTime>,
}

impl Objection {
    /// It was not taken back.
    pub fn stands(&self) -> bool {
        self.lifted_at.is_none()
    }

    /// It holds approval back.
    pub fn waits_for_the_team(&self) -> bool {
        self.stands() && self.read_at.is_none()
    }
}

/// Contact details somebody of the client proposes for themself.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its number.
    pub id: i64,
    /// As what the demande names them.
    pub role: ClientRole,
    /// The same, in the middle of a sentence.
    pub title: &'static str,
    /// What they propose.
    pub contact: Contact,
    /// When.
    pub proposed_at: OffsetDateTime,
    /// When the applicant took it over.
    pub taken_at: Option<OffsetDateTime>,
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_link_lasts_until_a_month_after_the_end_or_after_it_was_sent() {
        let (sent, over) = (datetime!(2026-12-03 09:00 UTC), datetime!(2027-06-01 09:00 UTC));
        let link = |created_at, withdrawn_at, over_since| ClientLink {
            id: Uuid::nil(),
            application: ApplicationId(1),
            role: ClientRole::DataController,
            email: "maire@clamart.test".into(),
            name: "Jeanne Moreau".into(),
            created_at,
            withdrawn_at,
            over_since,
        };
        let later = over + Duration::days(60);
        for (link, now, state) in [
            (link(sent, None, None), over, ClientLinkState::Open),
            (link(sent, None, Some(over)), over + Duration::days(29), ClientLinkState::Open),
            (link(sent, None, Some(over)), over + Duration::days(30), ClientLinkState::Expired),
            (link(later, None, Some(over)), later + Duration::days(29), ClientLinkState::Open),
            (link(later, None, Some(over)), later + Duration::days(30), ClientLinkState::Expired),
            (link(sent, Some(over), None), over, ClientLinkState::Withdrawn),
        ] {
            assert_eq!(link.state(now), state);
        }
        assert!(!link(sent, None, None).may_be_renewed(sent + Duration::minutes(59)));
        assert!(link(sent, None, None).may_be_renewed(sent + Duration::minutes(60)));
        assert!(!link(sent, Some(sent), None).may_be_renewed(over), "the newer one is the one to renew");
    }
}

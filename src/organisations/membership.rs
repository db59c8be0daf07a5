//! A person's tie to an organisation: said by the person, confirmed by somebody else.

use time::OffsetDateTime;

use super::Organisation;
use crate::{
    accounts::Applicant,
    calendar,
    ids::{AccountId, OrganisationId},
    journal::By,
    text,
};

pub(super) mod store;

/// A person who says they act for an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Who.
    pub account: AccountId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// Since when.
    pub joined_at: OffsetDateTime,
    /// How they named it when the register could not.
    pub declared_name: Option<String>,
    /// Who confirmed it; nobody yet when absent.
    pub verification: Option<Verification>,
}

/// Somebody confirmed a membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// When.
    pub at: OffsetDateTime,
    /// Who.
    pub by: AccountId,
    /// Their name.
    pub by_name: String,
    /// Why they are sure.
    pub because: String,
}

/// An organisation seen by one of its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affiliation {
    /// The organisation; while it is only declared, with the name this person gave it.
    pub organisation: Organisation,
    /// This person's tie to it.
    pub membership: Membership,
}

/// One of the people of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// First name and name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Job title, or nothing.
    pub job_title: String,
    /// The tie.
    pub membership: Membership,
}

/// Somebody whose own membership is confirmed: the value is the permission to confirm colleagues.
#[derive(Clone, Debug)]
pub struct VerifiedMember {
    applicant: Applicant,
    organisation: OrganisationId,
}

/// Why somebody is sure of a membership: a line of at most 300 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Membership {
    /// Somebody confirmed it.
    pub fn is_verified(&self) -> bool {
        self.verification.is_some()
    }

    /// « non vérifiée », or who confirmed it and when.
    pub fn sentence(&self) -> String {
        match &self.verification {
            None => "Appartenance non vérifiée".into(),
            Some(Verification { at, by_name, .. }) => format!("Appartenance confirmée par {by_name} le {}", calendar::day(*at)),
        }
    }
}

impl VerifiedMember {
    /// The permission this membership gives this person; none while it is not confirmed or not theirs.
    pub fn new(applicant: Applicant, membership: &Membership) -> Option<Self> {
        (membership.is_verified() && membership.account == applicant.person().account)
            .then_some(Self { applicant, organisation: membership.organisation })
    }

    /// The organisation they may confirm people of.
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    pub(super) fn account(&self) -> AccountId {
        self.applicant.person().account
    }

    pub(super) fn by(&self) -> By {
        self.applicant.by()
    }
}

impl Reason {
    /// Reads a reason as typed.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn parse(typed: &str) -> Result<Self, text::TextFault> {
        text::line(typed, 300).map(Self)
    }

    /// What a colleague's confirmation says.
    pub(super) fn colleague() -> Self {
        Self("Confirmée par un collègue dont l’appartenance est vérifiée".into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::accounts::{EmailAddress, Person};

    fn person(account: i64) -> Applicant {
        Applicant::new(Person {
            account: AccountId(account),
            email: EmailAddress::parse("camille@clamart.fr").expect("an address"),
            given_name: "Camille".into(),
            family_name: "Rousseau".into(),
            job_title: String::new(),
            phone: String::new(),
            roles: Vec::new(),
        })
    }

    fn membership(account: i64) -> Membership {
        let joined_at = datetime!(2026-12-03 09:00 UTC);
        Membership { account: AccountId(account), organisation: OrganisationId(7), joined_at, declared_name: None, verification: None }
    }

    fn verified(account: i64) -> Membership {
        let verification = Verification {
            at: datetime!(2026-12-03 10:00 UTC),
            by: AccountId(9),
            by_name: "Nadia Ferrand".into(),
            because: "Appel au standard de la mairie".into(),
        };
        Membership { verification: Some(verification), ..membership(account) }
    }

    #[test]
    fn only_ones_own_confirmed_membership_lets_confirm_others() {
        assert!(VerifiedMember::new(person(1), &membership(1)).is_none(), "not confirmed");
        assert!(VerifiedMember::new(person(1), &verified(2)).is_none(), "somebody else's");
        assert_eq!(VerifiedMember::new(person(1), &verified(1)).map(|member| member.organisation()), Some(OrganisationId(7)));
    }

    #[test]
    fn the_state_is_said_in_words() {
        assert_eq!(membership(1).sentence(), "Appartenance non vérifiée");
        assert_eq!(verified(1).sentence(), "Appartenance confirmée par Nadia Ferrand le 3\u{a0}décembre\u{a0}2026");
    }

    #[test]
    fn a_reason_is_required() {
        assert!(Reason::parse("  ").is_err());
        assert!(Reason::parse(&"a".repeat(301)).is_err());
        assert_eq!(Reason::parse(" Appel au standard ").map(|reason| reason.as_str().to_owned()), Ok("Appel au standard".into()));
    }
}

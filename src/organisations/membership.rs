//! A person's tie to an organisation: said by the person, confirmed by somebody else.

use time::OffsetDateTime;

use super::Organisation;
use crate::{
    accounts::{Applicant, Person},
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
    /// What confirms it; nothing yet when absent.
    pub verification: Option<Verification>,
    /// The team took its confirmation back: the team alone gives it again.
    pub withdrawal: Option<Withdrawal>,
}

/// A membership is confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// When.
    pub at: OffsetDateTime,
    /// By whom, or by what.
    pub by: Verifier,
}

/// What makes a membership sure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verifier {
    /// Somebody said so.
    Somebody {
        /// Who.
        account: AccountId,
        /// Their name.
        name: String,
        /// Why they are sure.
        because: String,
    },
    /// The person's address ends with a domain the organisation vouches for.
    Domain(String),
}

/// A confirmation was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// When.
    pub at: OffsetDateTime,
    /// The team's reason.
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

/// Somebody whose own membership is confirmed: the value is the permission to confirm colleagues and to speak for the organisation. It
/// can be taken back at any time, so acts look again once they hold the organisation.
#[derive(Clone, Debug)]
pub struct VerifiedMember {
    applicant: Applicant,
    organisation: OrganisationId,
}

/// Why somebody is sure of a membership: a line of at most 300 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Membership {
    /// It is confirmed.
    pub fn is_verified(&self) -> bool {
        self.verification.is_some()
    }

    /// « Non vérifiée », or what confirmed it and when, or since when it no longer is.
    pub fn words(&self) -> String {
        match (&self.verification, &self.withdrawal) {
            (None, None) => "Non vérifiée".into(),
            (None, Some(withdrawal)) => format!("Confirmation retirée par l’équipe FranceConnect le {}", calendar::day(withdrawal.at)),
            (Some(Verification { at, by: Verifier::Somebody { name, .. } }), _) => {
                format!("Confirmée par {name} le {}", calendar::day(*at))
            }
            (Some(Verification { at, by: Verifier::Domain(domain) }), _) => {
                format!("Confirmée par l’adresse en @{domain} le {}", calendar::day(*at))
            }
        }
    }

    /// Why whoever confirmed it was sure, or why it was taken back; nothing more to say when the address confirms it.
    pub fn because(&self) -> Option<&str> {
        match (&self.verification, &self.withdrawal) {
            (Some(Verification { by: Verifier::Somebody { because, .. }, .. }), _) => Some(because),
            (Some(Verification { by: Verifier::Domain(_), .. }), _) | (None, None) => None,
            (None, Some(withdrawal)) => Some(&withdrawal.because),
        }
    }
}

impl VerifiedMember {
    /// The permission this membership gives this person; none while it is not confirmed or not theirs.
    pub fn new(applicant: Applicant, membership: &Membership) -> Option<Self> {
        (membership.is_verified() && membership.account == applicant.person().account)
            .then_some(Self { applicant, organisation: membership.organisation })
    }

    /// The organisation they may speak for.
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// The person.
    pub fn person(&self) -> &Person {
        self.applicant.person()
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
        Membership {
            account: AccountId(account),
            organisation: OrganisationId(7),
            joined_at,
            declared_name: None,
            verification: None,
            withdrawal: None,
        }
    }

    fn verified(account: i64) -> Membership {
        let because = "Appel au standard de la mairie".into();
        let by = Verifier::Somebody { account: AccountId(9), name: "Nadia Ferrand".into(), because };
        Membership { verification: Some(Verification { at: datetime!(2026-12-03 10:00 UTC), by }), ..membership(account) }
    }

    #[test]
    fn only_ones_own_confirmed_membership_lets_confirm_others() {
        assert!(VerifiedMember::new(person(1), &membership(1)).is_none(), "not confirmed");
        assert!(VerifiedMember::new(person(1), &verified(2)).is_none(), "somebody else's");
        assert_eq!(VerifiedMember::new(person(1), &verified(1)).map(|member| member.organisation()), Some(OrganisationId(7)));
    }

    #[test]
    fn the_state_is_said_in_words() {
        assert_eq!(membership(1).words(), "Non vérifiée");
        assert_eq!(verified(1).words(), "Confirmée par Nadia Ferrand le 3\u{a0}décembre\u{a0}2026");
        assert_eq!(verified(1).because(), Some("Appel au standard de la mairie"));
        let at = datetime!(2026-12-04 10:00 UTC);
        let by_domain = Membership { verification: Some(Verification { at, by: Verifier::Domain("clamart.fr".into()) }), ..membership(1) };
        assert_eq!(by_domain.words(), "Confirmée par l’adresse en @clamart.fr le 4\u{a0}décembre\u{a0}2026");
        assert_eq!(by_domain.because(), None);
        let withdrawn = Membership { withdrawal: Some(Withdrawal { at, because: "Mauvaise mairie".into() }), ..membership(1) };
        assert_eq!(withdrawn.words(), "Confirmation retirée par l’équipe FranceConnect le 4\u{a0}décembre\u{a0}2026");
        assert_eq!((withdrawn.because(), withdrawn.is_verified()), (Some("Mauvaise mairie"), false));
    }

    #[test]
    fn a_reason_is_required() {
        assert!(Reason::parse("  ").is_err());
        assert!(Reason::parse(&"a".repeat(301)).is_err());
        assert_eq!(Reason::parse(" Appel au standard ").map(|reason| reason.as_str().to_owned()), Ok("Appel au standard".into()));
    }
}

//! What somebody has to do with a demande that is not theirs.

use super::{contacts::Contacts, dashboard::Listed};
use crate::{
    accounts::{EmailAddress, Person},
    organisations::Membership,
};

/// How somebody is called whose account is closed.
pub const SOMEBODY_GONE: &str = "quelqu’un dont le compte est fermé";

/// Why a demande of somebody else concerns a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub enum Tie {
    /// They fill it with its applicant.
    Fills,
    /// They are one of its contacts.
    IsNamed,
    /// Its applicant has left: they may take it over.
    MayTakeOver,
}

/// A demande of somebody else, and why it concerns a person.
#[derive(Clone, Debug)]
pub struct Tied {
    /// Why.
    pub tie: Tie,
    /// Which.
    pub listed: Listed,
}

/// Under which titles an address is named in a demande, in the order of the page: « Contact technique »…
pub fn named_as(contacts: &Contacts, address: &EmailAddress) -> Vec<&'static str> {
    contacts.each().into_iter().filter(|(_, contact)| contact.email == *address).map(|(fields, _)| fields.title).collect()
}

/// Whether whoever files a demande has left: their account is closed, or they no longer belong to its organisation. `person` is none when
/// the account is closed.
pub fn has_left(person: Option<&Person>, membership: Option<&Membership>) -> bool {
    person.is_none() || membership.is_none_or(|membership| membership.withdrawal.is_some())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::{
        ids::{AccountId, OrganisationId},
        organisations::Withdrawal,
    };

    #[test]
    fn somebody_has_left_whose_account_is_closed_or_who_no_longer_belongs() {
        let camille = Person {
            account: AccountId(1),
            email: EmailAddress::parse("camille@clamart.fr").expect("an address"),
            given_name: "Camille".into(),
            family_name: "Rousseau".into(),
            job_title: String::new(),
            phone: String::new(),
            roles: Vec::new(),
        };
        let at = datetime!(2026-12-03 09:00 UTC);
        let belongs = Membership {
            account: camille.account,
            organisation: OrganisationId(1),
            joined_at: at,
            declared_name: None,
            verification: None,
            withdrawal: None,
        };
        let taken_back = Membership { withdrawal: Some(Withdrawal { at, because: "A quitté la mairie".into() }), ..belongs.clone() };
        for (person, membership, left) in [
            (Some(&camille), Some(&belongs), false),
            (Some(&camille), Some(&taken_back), true),
            (Some(&camille), None, true),
            (None, Some(&belongs), true),
            (None, None, true),
        ] {
            assert_eq!(has_left(person, membership), left, "{person:?} {membership:?}");
        }
    }
}

//! An account: a person, and whether they may sign in.

use super::{
    hashing::PasswordHash,
    password::LEAST_STAFF,
    person::{EmailAddress, Person},
};

/// An account that is not closed.
#[derive(Clone, Debug)]
pub struct Account {
    /// Whose.
    pub person: Person,
    /// None while a staff invitation has not been answered.
    pub password: Option<PasswordHash>,
    /// A link sent to the address was opened.
    pub is_confirmed: bool,
    /// An administrator suspended it.
    pub is_suspended: bool,
}

/// Why somebody who typed the right password does not come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptOut {
    /// The link sent to the address was not opened.
    Unconfirmed,
    /// An administrator suspended the account.
    Suspended,
    /// The role they were given needs a longer password than the one they have.
    PasswordTooShort,
}

impl Account {
    /// Whether the right password, of that length, opens the account.
    pub fn admits(&self, password_length: usize) -> Result<(), KeptOut> {
        if self.is_suspended {
            Err(KeptOut::Suspended)
        } else if !self.is_confirmed {
            Err(KeptOut::Unconfirmed)
        } else if self.person.is_staff() && password_length < LEAST_STAFF {
            Err(KeptOut::PasswordTooShort)
        } else {
            Ok(())
        }
    }
}

/// What a new account starts with.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// The address.
    pub email: &'a EmailAddress,
    /// First name.
    pub given_name: &'a str,
    /// Name.
    pub family_name: &'a str,
    /// Job title, or nothing.
    pub job_title: &'a str,
    /// In E.164, or nothing.
    pub phone: &'a str,
    /// None when the person chooses it later.
    pub password: Option<&'a PasswordHash>,
    /// Known to be theirs from the start.
    pub is_confirmed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{accounts::Role, ids::AccountId};

    #[test]
    fn the_right_password_does_not_open_every_account() {
        let account = |is_confirmed, is_suspended, roles: &[Role]| Account {
            person: Person {
                account: AccountId(1),
                email: EmailAddress::parse("camille@clamart.fr").expect("an address"),
                given_name: "Camille".into(),
                family_name: "Rousseau".into(),
                job_title: String::new(),
                phone: String::new(),
                roles: roles.to_vec(),
            },
            password: None,
            is_confirmed,
            is_suspended,
        };
        for (account, length, expected) in [
            (account(true, false, &[]), 12, Ok(())),
            (account(false, false, &[]), 12, Err(KeptOut::Unconfirmed)),
            (account(true, true, &[]), 12, Err(KeptOut::Suspended)),
            (account(false, true, &[]), 12, Err(KeptOut::Suspended)),
            (account(true, false, &[Role::Observer]), 15, Err(KeptOut::PasswordTooShort)),
            (account(true, false, &[Role::Observer]), 16, Ok(())),
        ] {
            assert_eq!(account.admits(length), expected);
        }
    }
}

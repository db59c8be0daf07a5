//! Who acted, and on what.

use crate::ids::{AccountId, ApplicationId, OrganisationId};

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody signed in.
    Person {
        /// Their account.
        account: AccountId,
        /// Their name on that day.
        name: String,
    },
    /// Somebody at the command line of the machine.
    Operator {
        /// The name of their session on the machine.
        name: String,
    },
    /// Somebody named in a demande, through the link of their letter.
    Contact {
        /// As the demande names them.
        name: String,
    },
    /// The program itself, by the name of the timer.
    Timer(&'static str),
}

/// What the fact is about; each part makes it findable there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The demande.
    pub application: Option<ApplicationId>,
    /// The organisation.
    pub organisation: Option<OrganisationId>,
    /// The person.
    pub account: Option<AccountId>,
}

impl Subject {
    /// A demande of an organisation.
    pub fn application(application: ApplicationId, organisation: OrganisationId) -> Self {
        Self { application: Some(application), organisation: Some(organisation), account: None }
    }

    /// A person.
    pub fn account(account: AccountId) -> Self {
        Self { account: Some(account), ..Self::default() }
    }

    /// An organisation.
    pub fn organisation(organisation: OrganisationId) -> Self {
        Self { organisation: Some(organisation), ..Self::default() }
    }

    /// A person's tie to an organisation.
    pub fn membership(account: AccountId, organisation: OrganisationId) -> Self {
        Self { account: Some(account), organisation: Some(organisation), application: None }
    }
}

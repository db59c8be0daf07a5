//! Who acts. A value of one of these types is the permission: acts demand it, and only a request that has it can make one.

use super::{person::Person, role::Role};
use crate::journal::By;

/// Somebody signed in, acting for themself or their organisation.
#[derive(Clone, Debug)]
pub struct Applicant(Person);

/// Somebody of the team, reading.
#[derive(Clone, Debug)]
pub struct Staff(Person);

/// Somebody of the team who decides.
#[derive(Clone, Debug)]
pub struct Reviewer(Person);

/// Somebody of the team who manages its people and the settings of the desk.
#[derive(Clone, Debug)]
pub struct Administrator(Person);

impl Applicant {
    /// Anyone with an open account.
    pub fn new(person: Person) -> Self {
        Self(person)
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.0
    }

    /// For the journal.
    pub fn by(&self) -> By {
        self.0.as_author()
    }
}

impl Staff {
    /// Someone with any role.
    pub fn new(person: Person) -> Option<Self> {
        person.is_staff().then_some(Self(person))
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.0
    }

    /// For the journal.
    pub fn by(&self) -> By {
        self.0.as_author()
    }
}

impl Reviewer {
    /// Someone whose role lets them decide.
    pub fn new(person: Person) -> Option<Self> {
        (person.is(Role::Reviewer) || person.is(Role::Signatory)).then_some(Self(person))
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.0
    }

    /// For the journal.
    pub fn by(&self) -> By {
        self.0.as_author()
    }
}

impl Administrator {
    /// Someone whose role lets them manage people.
    pub fn new(person: Person) -> Option<Self> {
        person.is(Role::Admin).then_some(Self(person))
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.0
    }

    /// For the journal.
    pub fn by(&self) -> By {
        self.0.as_author()
    }
}

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

/// Somebody of the team who answers for the campaigns of experiment, alone for nothing: one proposes, another agrees.
#[derive(Clone, Debug)]
pub struct CampaignManager {
    person: Person,
    /// The operator who types for them at the command line.
    typed_by: Option<String>,
}

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

impl CampaignManager {
    /// Someone whose role lets them propose and settle changes of campaigns.
    pub fn new(person: Person) -> Option<Self> {
        let may = person.is(Role::ProgrammeManager) || person.is(Role::Admin);
        may.then_some(Self { person, typed_by: None })
    }

    /// The same, an operator of the machine typing for them.
    #[must_use]
    pub fn typed_by(self, operator: &By) -> Self {
        let typed_by = if let By::Operator { name } = operator { Some(name.clone()) } else { None };
        Self { typed_by, ..self }
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// For the journal: themself, or the operator in their name.
    pub fn by(&self) -> By {
        match &self.typed_by {
            Some(operator) => By::Operator { name: format!("{operator}, au nom de {}", self.person.full_name()) },
            None => self.person.as_author(),
        }
    }
}

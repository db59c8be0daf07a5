//! The facts worth keeping, in the past tense, with the values they say and nothing else.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::ids::{AccountId, ApplicationId, AuthorizationId, OrganisationId};

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

/// Every fact the desk keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// An account was asked for.
    AccountCreated,
    /// The link sent to the address was opened.
    AddressConfirmed,
    /// Somebody signed in.
    SignedIn,
    /// Somebody signed out.
    SignedOut,
    /// One or several sessions were ended from the profile.
    SessionsEnded {
        /// How many.
        count: u64,
    },
    /// Name, telephone or job title changed.
    ProfileChanged,
    /// A new password was chosen.
    PasswordChanged,
    /// The owner closed the account.
    AccountClosed,
    /// A role was given.
    RoleGranted {
        /// Which.
        role: String,
    },
    /// An organisation was written down for the first time.
    OrganisationRecorded {
        /// Its number.
        siret: String,
        /// Who told its facts: a register, or the applicant.
        source: String,
    },
    /// The register told more, or something newer, than what was written down.
    OrganisationRefreshed {
        /// Its number.
        siret: String,
        /// Which register.
        source: String,
    },
    /// Somebody said they act for an organisation.
    OrganisationJoined,
    /// A reviewer or a verified colleague confirmed it.
    MembershipVerified {
        /// Their reason.
        because: String,
    },
    /// The domain of the person's address did.
    MembershipVerifiedByDomain {
        /// Which.
        domain: String,
    },
    /// The team took the confirmation of a membership back.
    VerificationWithdrawn {
        /// Its reason.
        because: String,
    },
    /// An organisation vouched for an e-mail domain.
    DomainConfirmed {
        /// Which.
        domain: String,
        /// The team's reason, when it was the team.
        because: Option<String>,
    },
    /// An e-mail domain confirms nobody any more.
    DomainRemoved {
        /// Which.
        domain: String,
        /// The team's reason, when it was the team.
        because: Option<String>,
    },
    /// A vendor said that it acts for a client.
    ClientDeclared {
        /// The client's number.
        siret: String,
    },
    /// A vendor said that it no longer does.
    ClientEnded {
        /// The client's number.
        siret: String,
    },
    /// A demande was started.
    ApplicationStarted,
    /// A step was saved.
    StepSaved {
        /// Which, by its address.
        step: String,
    },
    /// The demande was handed in.
    ApplicationSubmitted {
        /// Which version.
        version: i32,
    },
    /// A demande was started with the content of another.
    ApplicationCopied {
        /// Which.
        from: ApplicationId,
    },
    /// Somebody of the client was written to, with a link to the demande.
    ClientInformed {
        /// « responsable de traitement ».
        role: String,
        /// By name.
        name: String,
    },
    /// Somebody of the client asked for a new link.
    ClientLinkRenewed,
    /// Somebody of the client objected to the demande.
    ClientObjected {
        /// Why.
        reason: String,
    },
    /// They took it back.
    ObjectionLifted,
    /// A reviewer read it.
    ObjectionRead {
        /// Whose, by name.
        name: String,
    },
    /// Somebody of the client proposed other contact details of theirs.
    ContactProposed,
    /// The applicant took them over in the draft.
    ContactTaken {
        /// Whose, by name.
        name: String,
    },
    /// A complete candidature received its rank.
    CandidatureArrived {
        /// From 1, in its campaign.
        rank: i32,
    },
    /// The applicant took the demande back.
    ApplicationWithdrawn,
    /// A reviewer asked for changes.
    ChangesRequested {
        /// Of which version.
        version: i32,
        /// What is asked.
        message: String,
    },
    /// The demande was approved.
    ApplicationApproved {
        /// Which version.
        version: i32,
    },
    /// The demande was refused.
    ApplicationRefused {
        /// Which version.
        version: i32,
        /// The ground of the closed list.
        ground: String,
    },
    /// The right was granted.
    AuthorizationGranted {
        /// Its number.
        authorization: AuthorizationId,
    },
    /// A campaign of experiment was written down.
    CampaignAdded {
        /// What people call it.
        title: String,
        /// First day of candidatures, 2027-01-11.
        opens_on: String,
        /// Last such day.
        closes_on: String,
        /// Last day of the experiment.
        ends_on: String,
        /// Legal persons at most.
        capacity: u32,
    },
    /// A letter could not be sent and no more tries are made.
    LetterGivenUp {
        /// Which kind.
        kind: String,
    },
    /// Nobody knows whether a letter left and no more tries are made.
    LetterInDoubt {
        /// Which kind.
        kind: String,
    },
    /// An operator put a letter back in the queue.
    LetterRetried {
        /// Which kind.
        kind: String,
    },
    /// An operator holds a letter back.
    LetterHeld {
        /// Which kind.
        kind: String,
    },
    /// An operator let a held letter go.
    LetterReleased {
        /// Which kind.
        kind: String,
    },
}

/// A row of the journal, as read.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When.
    pub at: OffsetDateTime,
    /// Who, as named on that day.
    pub by: String,
    /// The person it is about, as named today, where that is not plain from the page.
    pub about: Option<String>,
    /// What.
    pub event: Event,
}

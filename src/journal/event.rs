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

impl Event {
    /// The end of the sentence that starts with who acted: « a déposé la version 1 ».
    pub fn sentence(&self) -> String {
        match self {
            Self::AccountCreated => "a demandé un compte".into(),
            Self::AddressConfirmed => "a confirmé son adresse".into(),
            Self::SignedIn => "s’est connecté".into(),
            Self::SignedOut => "s’est déconnecté".into(),
            Self::SessionsEnded { count: 1 } => "a fermé une session".into(),
            Self::SessionsEnded { count } => format!("a fermé {count} sessions"),
            Self::ProfileChanged => "a modifié son profil".into(),
            Self::PasswordChanged => "a choisi un nouveau mot de passe".into(),
            Self::AccountClosed => "a fermé son compte".into(),
            Self::RoleGranted { role } => format!("a donné le rôle {role}"),
            Self::OrganisationRecorded { .. } => "a fait inscrire l’organisme".into(),
            Self::OrganisationRefreshed { .. } => "a mis à jour l’organisme d’après le registre".into(),
            Self::OrganisationJoined => "a rejoint l’organisme".into(),
            Self::MembershipVerified { because } => format!("a confirmé l’appartenance à l’organisme : {because}"),
            Self::MembershipVerifiedByDomain { domain } => {
                format!("a fait confirmer l’appartenance à l’organisme par l’adresse en @{domain}")
            }
            Self::VerificationWithdrawn { because } => format!("a retiré la confirmation de l’appartenance à l’organisme : {because}"),
            Self::DomainConfirmed { domain, because: None } => format!("a confirmé le domaine {domain}"),
            Self::DomainConfirmed { domain, because: Some(because) } => format!("a confirmé le domaine {domain} : {because}"),
            Self::DomainRemoved { domain, because: None } => format!("a retiré le domaine {domain}"),
            Self::DomainRemoved { domain, because: Some(because) } => format!("a retiré le domaine {domain} : {because}"),
            Self::ClientDeclared { siret } => format!("a déclaré agir pour l’organisme {siret}"),
            Self::ClientEnded { siret } => format!("a déclaré ne plus agir pour l’organisme {siret}"),
            Self::ApplicationStarted => "a commencé la demande".into(),
            Self::StepSaved { step } => format!("a enregistré l’étape « {step} »"),
            Self::ApplicationSubmitted { version: 1 } => "a déposé la demande".into(),
            Self::ApplicationSubmitted { version } => format!("a déposé la version {version}"),
            Self::ApplicationCopied { from } => format!("a repris le contenu de {from}"),
            Self::ClientInformed { role, name } => format!("a fait écrire à {name}, {role}"),
            Self::ClientLinkRenewed => "a demandé un nouveau lien".into(),
            Self::ClientObjected { reason } => format!("s’est opposé à la demande : {reason}"),
            Self::ObjectionLifted => "a levé son opposition".into(),
            Self::ObjectionRead { name } => format!("a lu l’opposition de {name}"),
            Self::ContactProposed => "a proposé d’autres coordonnées".into(),
            Self::ContactTaken { name } => format!("a repris les coordonnées proposées par {name}"),
            Self::CandidatureArrived { rank } => format!("a reçu le rang d’arrivée {rank}"),
            Self::ApplicationWithdrawn => "a retiré la demande".into(),
            Self::ChangesRequested { version, .. } => format!("a demandé des modifications de la version {version}"),
            Self::ApplicationApproved { version } => format!("a validé la version {version}"),
            Self::ApplicationRefused { version, .. } => format!("a refusé la version {version}"),
            Self::AuthorizationGranted { authorization } => format!("a accordé l’habilitation {authorization}"),
            Self::CampaignAdded { title, .. } => format!("a inscrit la campagne « {title} »"),
            Self::LetterGivenUp { kind } => format!("n’a pas pu envoyer la lettre « {kind} »"),
            Self::LetterInDoubt { kind } => format!("ne sait pas si la lettre « {kind} » est arrivée"),
            Self::LetterRetried { kind } => format!("a relancé l’envoi de la lettre « {kind} »"),
            Self::LetterHeld { kind } => format!("a retenu la lettre « {kind} »"),
            Self::LetterReleased { kind } => format!("a libéré la lettre « {kind} »"),
        }
    }
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

//! The facts worth keeping, in the past tense, with the values they say and nothing else.

use serde::{Deserialize, Serialize};

use super::{AskedPoint, FileFact};
use crate::ids::{ApplicationId, AuthorizationId};

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
    /// A step was saved; told once for a person, a step and a quarter of an hour.
    StepSaved {
        /// Which, by its address.
        step: String,
    },
    /// A file was joined to the demande.
    FileAttached(FileFact),
    /// Another file took the place of one.
    FileReplaced {
        /// Its name.
        name: String,
        /// SHA-256 of its bytes, in hexadecimal.
        sha256: String,
        /// SHA-256 of those whose place it took.
        replaced: String,
    },
    /// A file was taken away from the demande.
    FileRemoved(FileFact),
    /// The antivirus found something in a file.
    FileInfected(FileFact),
    /// The demande was handed in.
    ApplicationSubmitted {
        /// Which version.
        version: i32,
    },
    /// A complete candidature received its rank.
    CandidatureArrived {
        /// From 1, in its campaign.
        rank: i32,
    },
    /// The applicant took the demande back.
    ApplicationWithdrawn,
    /// A draft was thrown away, by its applicant or because nobody came back to it.
    DraftDeleted,
    /// Its applicant fetched it back.
    DraftRestored,
    /// It stayed in the bin for its time and is gone, with all that was typed.
    DraftPurged,
    /// Its applicant was told that it will be thrown away.
    IdleDraftAnnounced,
    /// Its applicant keeps it.
    IdleDraftKept,
    /// A new draft took the content of this demande over.
    ApplicationResumed {
        /// The draft.
        into: ApplicationId,
    },
    /// The applicant invited somebody to fill the demande.
    FillingOffered,
    /// Somebody accepted to fill it.
    FillingAccepted,
    /// Somebody refused to.
    FillingRefused,
    /// Somebody fills it no more.
    FillingEnded {
        /// Who, by the name of that day.
        name: String,
    },
    /// The applicant took back an invitation or an offer nobody had answered.
    InvitationWithdrawn,
    /// The applicant offered the demande to somebody else of the organisation.
    HandOverOffered,
    /// They refused it.
    HandOverRefused,
    /// They accepted it: it is theirs.
    ApplicationHandedOver {
        /// Who offered it, by the name of that day.
        from: String,
    },
    /// A member of the organisation took over the demande of somebody who left.
    ApplicationTakenOver {
        /// From whom, as they can still be named.
        from: String,
        /// Why.
        because: String,
    },
    /// A message was written.
    MessagePosted,
    /// A message was taken back.
    MessageTakenBack,
    /// A reviewer asked for changes.
    ChangesRequested {
        /// Of which version.
        version: i32,
        /// What is asked.
        message: String,
        /// Point by point; none in rows older than them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        points: Vec<AskedPoint>,
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
    /// The documents candidates commit to were written down anew.
    CampaignDocumentsChanged {
        /// What people call the campaign.
        title: String,
        /// The version of the « cahier des charges ».
        specification: String,
        /// The version of the CGU.
        terms: String,
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
            Self::FileAttached(file) => format!("a joint le fichier « {} »", file.name),
            Self::FileReplaced { name, .. } => format!("a remplacé un fichier par « {name} »"),
            Self::FileRemoved(file) => format!("a retiré le fichier « {} »", file.name),
            Self::FileInfected(file) => format!("a trouvé un virus dans le fichier « {} »", file.name),
            Self::ApplicationSubmitted { version: 1 } => "a déposé la demande".into(),
            Self::ApplicationSubmitted { version } => format!("a déposé la version {version}"),
            Self::CandidatureArrived { rank } => format!("a reçu le rang d’arrivée {rank}"),
            Self::ApplicationWithdrawn => "a retiré la demande".into(),
            Self::DraftDeleted => "a mis le brouillon à la corbeille".into(),
            Self::DraftRestored => "a restauré le brouillon".into(),
            Self::DraftPurged => "a supprimé définitivement le brouillon".into(),
            Self::IdleDraftAnnounced => "a prévenu que le brouillon, inactif, sera supprimé".into(),
            Self::IdleDraftKept => "a choisi de garder le brouillon".into(),
            Self::ApplicationResumed { into } => format!("a repris la demande dans {into}"),
            Self::FillingOffered => "a invité quelqu’un à remplir la demande".into(),
            Self::FillingAccepted => "a accepté de remplir la demande".into(),
            Self::FillingRefused => "a refusé de remplir la demande".into(),
            Self::FillingEnded { name } => format!("a mis fin au droit de {name} de remplir la demande"),
            Self::InvitationWithdrawn => "a retiré une invitation".into(),
            Self::HandOverOffered => "a proposé de transmettre la demande".into(),
            Self::HandOverRefused => "a refusé que la demande lui soit transmise".into(),
            Self::ApplicationHandedOver { from } => format!("a reçu la demande que {from} lui transmettait"),
            Self::ApplicationTakenOver { from, because } => format!("a repris la demande de {from} : {because}"),
            Self::MessagePosted => "a écrit un message".into(),
            Self::MessageTakenBack => "a retiré son message".into(),
            Self::ChangesRequested { version, .. } => format!("a demandé des modifications de la version {version}"),
            Self::ApplicationApproved { version } => format!("a validé la version {version}"),
            Self::ApplicationRefused { version, .. } => format!("a refusé la version {version}"),
            Self::AuthorizationGranted { authorization } => format!("a accordé l’habilitation {authorization}"),
            Self::CampaignAdded { title, .. } => format!("a inscrit la campagne « {title} »"),
            Self::CampaignDocumentsChanged { title, .. } => format!("a inscrit de nouvelles versions des documents de « {title} »"),
            Self::LetterGivenUp { kind } => format!("n’a pas pu envoyer la lettre « {kind} »"),
            Self::LetterInDoubt { kind } => format!("ne sait pas si la lettre « {kind} » est arrivée"),
            Self::LetterRetried { kind } => format!("a relancé l’envoi de la lettre « {kind} »"),
            Self::LetterHeld { kind } => format!("a retenu la lettre « {kind} »"),
            Self::LetterReleased { kind } => format!("a libéré la lettre « {kind} »"),
        }
    }
}

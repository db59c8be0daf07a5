//! The facts worth keeping, in the past tense, with the values they say and nothing else.

use serde::{Deserialize, Serialize};

use super::{AskedPoint, CampaignFact, DecisionFact, DutyFact, ExaminingFact, FileFact, ParticipationFact, PlaceFact, RightFact, TeamFact};
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
    /// The holder of a right opened its demande again, to change it.
    ChangeStarted {
        /// The version in force.
        version: i32,
    },
    /// They gave the change up.
    ChangeGivenUp {
        /// The last version handed in, which is the one in force when the change was not.
        version: i32,
    },
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
    /// Somebody of the team took the dossier.
    DossierTaken,
    /// The dossier was given to somebody of the team.
    DossierAssigned {
        /// To whom, by the name of that day.
        to: String,
        /// What they should know, or nothing.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        word: String,
    },
    /// Whoever had the dossier gave it back to the queue.
    DossierReleased,
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
    /// A reviewer asked for items the texts require, with a time limit.
    MissingItemsAsked {
        /// Of which version.
        version: i32,
        /// The last day they may arrive, 2026-12-24.
        limit_on: String,
    },
    /// That day passed without them.
    MissingItemsLapsed {
        /// Of which version.
        version: i32,
    },
    /// Two months of silence made a decision.
    DecidedBySilence {
        /// « acceptance » or « rejection ».
        effect: String,
        /// The day it was born, 2027-02-03.
        decided_on: String,
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
    /// Something became of a right once granted.
    AboutRight(RightFact),
    /// Somebody of the team took a list of demandes out as a file.
    DemandesExported {
        /// csv or xlsx.
        format: String,
        /// Which list, as its address says.
        list: String,
        /// How many demandes.
        count: usize,
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
    /// Something happened to a decision in the making, or to one that was taken.
    #[serde(untagged)]
    OfDecision(DecisionFact),
    /// Something the law owes besides a decision was asked or done.
    #[serde(untagged)]
    OfDuty(DutyFact),
    /// Something became of a participation in the experiment.
    #[serde(untagged)]
    OfParticipation(ParticipationFact),
    /// Something happened to a place of an experiment, or to who waits for one.
    #[serde(untagged)]
    OfPlace(PlaceFact),
    /// Something became of somebody of the team, or of a demande it prepared.
    #[serde(untagged)]
    OfTeam(TeamFact),
    /// Something became of a change of a campaign.
    #[serde(untagged)]
    OfCampaign(CampaignFact),
    /// The team examined the demande: its own affair.
    #[serde(untagged)]
    OfExamining(ExaminingFact),
}

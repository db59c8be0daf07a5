//! Every letter the desk can send, with the values it says.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    clock_news::ClockNews,
    decision_letter::DecisionLetter,
    line_news::LineNews,
    participation_news::ParticipationNews,
    right_news::RightNews,
    said::{AboutApplication, Author, InfectedFile, Passage},
    team_letter::TeamLetter,
};
use crate::{ids::AuthorizationId, journal::AskedPoint};

/// A letter. Links are named by their number: the secret is computed when the letter is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames)]
#[serde(tag = "letter", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Letter {
    /// Confirm the address given at sign-up.
    ConfirmAddress {
        /// The link to open.
        link: Uuid,
        /// Until when it opens.
        #[serde(with = "time::serde::rfc3339")]
        expires_at: OffsetDateTime,
        /// The page of the desk the person was on their way to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        return_to: Option<String>,
    },
    /// Somebody signed up with an address that has an account.
    AlreadyRegistered,
    /// Choose a new password.
    ChoosePassword {
        /// The link to open.
        link: Uuid,
        /// Until when it opens.
        #[serde(with = "time::serde::rfc3339")]
        expires_at: OffsetDateTime,
    },
    /// The password was changed.
    PasswordChanged {
        /// When.
        #[serde(with = "time::serde::rfc3339")]
        at: OffsetDateTime,
    },
    /// A member of the team receives their account.
    StaffInvitation {
        /// The link to open.
        link: Uuid,
        /// Until when it opens.
        #[serde(with = "time::serde::rfc3339")]
        expires_at: OffsetDateTime,
        /// « instructeur », as the letter says it.
        role: String,
    },
    /// A person's membership is confirmed.
    MembershipConfirmed {
        /// « Commune de Clamart », as they name it.
        organisation: String,
        /// Who confirmed it, or vouched for the domain; followed by a verb.
        confirmed_by: String,
        /// The domain of their address, when it is what confirms it.
        domain: Option<String>,
    },
    /// The team took the confirmation of a person's membership back.
    VerificationWithdrawn {
        /// « Commune de Clamart », as they name it.
        organisation: String,
        /// Why.
        because: String,
    },
    /// To the verified members of an organisation: an e-mail domain now confirms whoever joins.
    DomainConfirmed {
        /// « Commune de Clamart », as they name it.
        organisation: String,
        /// « clamart.fr ».
        domain: String,
        /// Who vouched for it; followed by a verb.
        confirmed_by: String,
        /// When.
        #[serde(with = "time::serde::rfc3339")]
        at: OffsetDateTime,
    },
    /// To the applicant: nobody came back to a draft for three months, it will go unless they keep it.
    IdleDraft {
        /// The draft.
        about: AboutApplication,
        /// The date it last changed, in full.
        changed_on: String,
        /// The date it goes to the bin, in full.
        goes_on: String,
        /// The date it is gone for good, in full.
        gone_on: String,
    },
    /// The acknowledgement of a demande.
    ApplicationReceived {
        /// The demande.
        about: AboutApplication,
        /// When it was received.
        #[serde(with = "time::serde::rfc3339")]
        received_at: OffsetDateTime,
        /// What it says, the same as the page of the receipt.
        #[serde(default)]
        acknowledgement: Vec<Passage>,
    },
    /// A reviewer asks for changes.
    ChangesRequested {
        /// The demande.
        about: AboutApplication,
        /// What is asked.
        message: String,
        /// Point by point; none in letters older than them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        points: Vec<AskedPoint>,
        /// Who asks.
        author: Author,
    },
    /// The demande is refused.
    ApplicationRefused {
        /// The demande.
        about: AboutApplication,
        /// The ground in law, in a sentence.
        ground: String,
        /// The facts.
        message: String,
        /// Who decided.
        author: Author,
        /// When.
        #[serde(with = "time::serde::rfc3339")]
        decided_at: OffsetDateTime,
        /// The right that stays as it is, when a change of it is what is refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        keeps: Option<AuthorizationId>,
    },
    /// The demande is approved: what comes next.
    ApplicationApproved {
        /// The demande.
        about: AboutApplication,
        /// H12.
        authorization: AuthorizationId,
        /// What the reviewer adds, possibly nothing.
        message: String,
        /// Who decided.
        author: Author,
        /// Who receives the access codes by SMS.
        technical_contact: String,
        /// The last day to confirm the place of a candidature, in full.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        confirm_by: Option<String>,
    },
    /// What becomes of a right once granted.
    AboutRight {
        /// Its demande.
        about: AboutApplication,
        /// H12.
        authorization: AuthorizationId,
        /// What happened.
        news: RightNews,
    },
    /// Somebody is asked to fill a demande, or to become the one who files it.
    Invitation {
        /// The demande.
        about: AboutApplication,
        /// Who asks.
        invited_by: String,
        /// The whole demande is offered, not only its filling.
        is_hand_over: bool,
        /// The number of the invitation, which opens for its recipient alone.
        invitation: Uuid,
        /// Until when it can be answered.
        #[serde(with = "time::serde::rfc3339")]
        expires_at: OffsetDateTime,
    },
    /// To whoever invited: what was answered.
    InvitationAnswered {
        /// The demande.
        about: AboutApplication,
        /// Who answered.
        by: String,
        /// The whole demande was offered.
        is_hand_over: bool,
        /// They accepted.
        is_accepted: bool,
    },
    /// To the new applicant of a demande: it is theirs, and what that means.
    DemandeHandedOver {
        /// The demande.
        about: AboutApplication,
        /// Who filed it before.
        from: String,
        /// Why, when the team entrusted it; nothing when they accepted it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<String>,
    },
    /// Somebody fills a demande no more.
    FillingEnded {
        /// The demande.
        about: AboutApplication,
        /// Who ended it.
        ended_by: String,
    },
    /// To whoever filed a demande before a colleague took it over.
    DemandeTakenOver {
        /// The demande.
        about: AboutApplication,
        /// Who files it now.
        by: String,
        /// Why.
        because: String,
    },
    /// A message waits in the desk. The letter holds nothing of it: its author may take it back.
    MessageReceived {
        /// The demande.
        about: AboutApplication,
        /// Who wrote.
        from: String,
        /// The recipient is of the team.
        is_for_team: bool,
    },
    /// A virus was found in a file that was handed in, sent by message, or with what a participant reports or certifies.
    VirusFound {
        /// The demande.
        about: AboutApplication,
        /// The name of the file.
        file: String,
        /// Where it is.
        place: InfectedFile,
        /// The recipient is of the team.
        is_for_team: bool,
    },
    /// For reviewers: a demande has arrived.
    ApplicationArrived {
        /// The demande.
        about: AboutApplication,
    },
    /// To those who may give it: an opinion is asked. The letter holds nothing of the question.
    OpinionAsked {
        /// The demande.
        about: AboutApplication,
        /// « du service juridique de la DINUM ».
        of: String,
        /// What its address ends with: « juridique ».
        service: String,
        /// Who asks.
        asked_by: String,
    },
    /// To whoever asked: an opinion is given. The letter holds nothing of it.
    OpinionGiven {
        /// The demande.
        about: AboutApplication,
        /// « du service juridique de la DINUM ».
        of: String,
        /// Who gave it.
        given_by: String,
        /// None that was asked is still awaited: they can be read.
        is_last: bool,
    },
    /// For somebody of the team: a dossier was given to them.
    DossierAssigned {
        /// The demande.
        about: AboutApplication,
        /// Who gave it.
        by: String,
        /// What they should know of it, or nothing.
        word: String,
    },
    /// To the named data controller, at approval.
    NamedAsController {
        /// The demande.
        about: AboutApplication,
        /// Who named them.
        named_by: String,
    },
    /// To the named data protection officer, at approval.
    NamedAsDpo {
        /// The demande.
        about: AboutApplication,
        /// Who named them.
        named_by: String,
    },
    /// To the referent of a private body that has no data protection officer, at approval.
    NamedAsReferent {
        /// The demande.
        about: AboutApplication,
        /// Who named them.
        named_by: String,
    },
    /// To the data controller and the DPO a vendor named for its client, at submission: see, correct, object.
    FiledForYou {
        /// The demande, of the client.
        about: AboutApplication,
        /// The vendor's organisation.
        vendor: String,
        /// Who filed it, by name.
        filed_by: String,
        /// « responsable de traitement ».
        role: String,
        /// Their own link.
        link: Uuid,
    },
    /// To the applicant and the reviewers: somebody of the client objects.
    ClientObjected {
        /// The demande.
        about: AboutApplication,
        /// Who, by name.
        name: String,
        /// « responsable de traitement ».
        role: String,
        /// Why, in their words.
        message: String,
        /// Whether a reviewer reads it.
        to_team: bool,
    },
    /// To the applicant or the team: the legal clock of a demande.
    ClockNews {
        /// The demande.
        about: AboutApplication,
        /// What it is about.
        news: ClockNews,
        /// What it says.
        says: Vec<Passage>,
        /// The recipient is of the team.
        is_for_team: bool,
    },
    /// To a participant in the experiment: its year and its monthly reports.
    OfParticipation {
        /// The candidature.
        about: AboutApplication,
        /// H12.
        authorization: AuthorizationId,
        /// What it is about.
        news: ParticipationNews,
        /// What it says.
        says: Vec<Passage>,
    },
    /// To the applicant of a candidature: where it stands in the line changed.
    LineNews {
        /// The candidature.
        about: AboutApplication,
        /// What it is about.
        news: LineNews,
        /// What it says.
        says: Vec<Passage>,
    },
    /// To the applicant: somebody of the client proposes other contact details.
    ContactProposed {
        /// The demande.
        about: AboutApplication,
        /// Who, by name.
        name: String,
        /// « responsable de traitement ».
        role: String,
    },
    /// Something of the team's own.
    #[serde(untagged)]
    OfTeam(TeamLetter),
    /// Something happened to a decision.
    #[serde(untagged)]
    OfDecision(DecisionLetter),
}

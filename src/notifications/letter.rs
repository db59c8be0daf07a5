//! Every letter the desk can send, with the values it says.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::ids::{ApplicationId, AuthorizationId};

/// The mention a decision prepared with an algorithmic treatment carries (CRPA L311-3-1, R311-3-1-1): its purpose, the right to obtain its
/// rules and their main characteristics, and how to exercise it.
pub const ALGORITHMIC_MENTION: &str = "Chaque décision est prise par une personne. Pour préparer l’examen de la demande, un traitement \
    algorithmique compare ce qui est déclaré aux données publiques du registre Sirene. Vous avez le droit d’obtenir communication des règles \
    qui définissent ce traitement et des principales caractéristiques de sa mise en œuvre, en écrivant au service qui prend la décision (code \
    des relations entre le public et l’administration, article L.\u{a0}311-3-1) ; sans réponse dans un délai d’un mois, vous pouvez saisir la \
    Commission d’accès aux documents administratifs (CADA).";

/// Who receives a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The address, as stored: lower case, parses in the mailer.
    pub address: String,
    /// The name above the address; one line.
    pub name: String,
}

/// What every letter about a demande says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutApplication {
    /// D12.
    pub application: ApplicationId,
    /// « Portail familles ».
    pub service: String,
    /// « Commune de Clamart ».
    pub organisation: String,
    /// The submitted version.
    pub version: i32,
}

/// Who decided, as the letter must name them (CRPA L111-2, L212-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// First name and name.
    pub name: String,
    /// « Instructrice ».
    pub quality: String,
    /// « Direction interministérielle du numérique, équipe FranceConnect ».
    pub service: String,
}

/// A letter. Links are named by their number: the secret is computed when the letter is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
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
    /// The acknowledgement of an administration's demande.
    ApplicationReceived {
        /// The demande.
        about: AboutApplication,
        /// When it was received.
        #[serde(with = "time::serde::rfc3339")]
        received_at: OffsetDateTime,
        /// The date before which an answer is expected, written in full.
        answer_expected_on: String,
    },
    /// A reviewer asks for changes.
    ChangesRequested {
        /// The demande.
        about: AboutApplication,
        /// What is asked.
        message: String,
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
    },
    /// For reviewers: a demande has arrived.
    ApplicationArrived {
        /// The demande.
        about: AboutApplication,
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
    /// To the applicant: somebody of the client proposes other contact details.
    ContactProposed {
        /// The demande.
        about: AboutApplication,
        /// Who, by name.
        name: String,
        /// « responsable de traitement ».
        role: String,
    },
}

impl Letter {
    /// The name of the kind, as stored and counted.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ConfirmAddress { .. } => "confirm_address",
            Self::AlreadyRegistered => "already_registered",
            Self::ChoosePassword { .. } => "choose_password",
            Self::PasswordChanged { .. } => "password_changed",
            Self::StaffInvitation { .. } => "staff_invitation",
            Self::MembershipConfirmed { .. } => "membership_confirmed",
            Self::VerificationWithdrawn { .. } => "verification_withdrawn",
            Self::DomainConfirmed { .. } => "domain_confirmed",
            Self::ApplicationReceived { .. } => "application_received",
            Self::ChangesRequested { .. } => "changes_requested",
            Self::ApplicationRefused { .. } => "application_refused",
            Self::ApplicationApproved { .. } => "application_approved",
            Self::ApplicationArrived { .. } => "application_arrived",
            Self::NamedAsController { .. } => "named_as_controller",
            Self::NamedAsDpo { .. } => "named_as_dpo",
            Self::FiledForYou { .. } => "filed_for_you",
            Self::ClientObjected { .. } => "client_objected",
            Self::ContactProposed { .. } => "contact_proposed",
        }
    }

    /// What people call it, in the journal and in lists.
    pub fn title(&self) -> &'static str {
        match self {
            Self::ConfirmAddress { .. } => "confirmation d’adresse",
            Self::AlreadyRegistered => "compte déjà ouvert",
            Self::ChoosePassword { .. } => "nouveau mot de passe",
            Self::PasswordChanged { .. } => "mot de passe changé",
            Self::StaffInvitation { .. } => "invitation d’un agent",
            Self::MembershipConfirmed { .. } => "appartenance confirmée",
            Self::VerificationWithdrawn { .. } => "confirmation d’appartenance retirée",
            Self::DomainConfirmed { .. } => "domaine de courriel confirmé",
            Self::ApplicationReceived { .. } => "accusé de réception",
            Self::ChangesRequested { .. } => "demande de modifications",
            Self::ApplicationRefused { .. } => "refus",
            Self::ApplicationApproved { .. } => "validation",
            Self::ApplicationArrived { .. } => "nouvelle demande à instruire",
            Self::NamedAsController { .. } => "information du responsable de traitement",
            Self::NamedAsDpo { .. } => "information du délégué à la protection des données",
            Self::FiledForYou { .. } => "information du client d’un éditeur",
            Self::ClientObjected { .. } => "opposition du client",
            Self::ContactProposed { .. } => "coordonnées proposées par le client",
        }
    }

    /// The demande the letter is about.
    pub fn application(&self) -> Option<ApplicationId> {
        match self {
            Self::ApplicationReceived { about, .. }
            | Self::ChangesRequested { about, .. }
            | Self::ApplicationRefused { about, .. }
            | Self::ApplicationApproved { about, .. }
            | Self::ApplicationArrived { about }
            | Self::NamedAsController { about, .. }
            | Self::NamedAsDpo { about, .. }
            | Self::FiledForYou { about, .. }
            | Self::ClientObjected { about, .. }
            | Self::ContactProposed { about, .. } => Some(about.application),
            _ => None,
        }
    }
}

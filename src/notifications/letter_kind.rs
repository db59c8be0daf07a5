//! How a letter is called, and which demande it is about.

use super::{DecisionLetter, Letter};
use crate::ids::ApplicationId;

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
            Self::IdleDraft { .. } => "idle_draft",
            Self::ApplicationReceived { .. } => "application_received",
            Self::ChangesRequested { .. } => "changes_requested",
            Self::ApplicationRefused { .. } => "application_refused",
            Self::ApplicationApproved { .. } => "application_approved",
            Self::OfDecision(letter) => letter.kind(),
            Self::OfTeam(letter) => letter.kind(),
            Self::AboutRight { news, .. } => news.name(),
            Self::Invitation { .. } => "invitation",
            Self::InvitationAnswered { .. } => "invitation_answered",
            Self::DemandeHandedOver { .. } => "demande_handed_over",
            Self::FillingEnded { .. } => "filling_ended",
            Self::DemandeTakenOver { .. } => "demande_taken_over",
            Self::MessageReceived { .. } => "message_received",
            Self::VirusFound { .. } => "virus_found",
            Self::ApplicationArrived { .. } => "application_arrived",
            Self::OpinionAsked { .. } => "opinion_asked",
            Self::OpinionGiven { .. } => "opinion_given",
            Self::DossierAssigned { .. } => "dossier_assigned",
            Self::NamedAsController { .. } => "named_as_controller",
            Self::NamedAsDpo { .. } => "named_as_dpo",
            Self::NamedAsReferent { .. } => "named_as_referent",
            Self::FiledForYou { .. } => "filed_for_you",
            Self::ClientObjected { .. } => "client_objected",
            Self::ContactProposed { .. } => "contact_proposed",
            Self::ClockNews { .. } => "clock_news",
            Self::OfParticipation { news, .. } => news.kind(),
            Self::LineNews { news, .. } => news.name(),
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
            Self::IdleDraft { .. } => "brouillon inactif",
            Self::ApplicationReceived { .. } => "accusé de réception",
            Self::ChangesRequested { .. } => "demande de modifications",
            Self::ApplicationRefused { .. } => "refus",
            Self::ApplicationApproved { .. } => "validation",
            Self::OfDecision(letter) => letter.title(),
            Self::OfTeam(letter) => letter.title(),
            Self::AboutRight { news, .. } => news.title(),
            Self::Invitation { .. } => "invitation sur une demande",
            Self::InvitationAnswered { .. } => "réponse à une invitation",
            Self::DemandeHandedOver { .. } => "demande transmise",
            Self::FillingEnded { .. } => "fin d’un droit de remplir",
            Self::DemandeTakenOver { .. } => "demande reprise",
            Self::MessageReceived { .. } => "message reçu",
            Self::VirusFound { .. } => "virus trouvé dans un fichier",
            Self::ApplicationArrived { .. } => "nouvelle demande à instruire",
            Self::OpinionAsked { .. } => "avis demandé",
            Self::OpinionGiven { .. } => "avis rendu",
            Self::DossierAssigned { .. } => "dossier confié",
            Self::NamedAsController { .. } => "information du responsable de traitement",
            Self::NamedAsDpo { .. } => "information du délégué à la protection des données",
            Self::NamedAsReferent { .. } => "information du référent pour la protection des données",
            Self::FiledForYou { .. } => "information du client d’un éditeur",
            Self::ClientObjected { .. } => "opposition du client",
            Self::ContactProposed { .. } => "coordonnées proposées par le client",
            Self::ClockNews { news, .. } => news.name(),
            Self::OfParticipation { news, .. } => news.name(),
            Self::LineNews { .. } => "place dans l’expérimentation",
        }
    }

    /// The demande the letter is about.
    pub fn application(&self) -> Option<ApplicationId> {
        match self {
            Self::IdleDraft { about, .. }
            | Self::ApplicationReceived { about, .. }
            | Self::ChangesRequested { about, .. }
            | Self::ApplicationRefused { about, .. }
            | Self::ApplicationApproved { about, .. }
            | Self::AboutRight { about, .. }
            | Self::Invitation { about, .. }
            | Self::InvitationAnswered { about, .. }
            | Self::DemandeHandedOver { about, .. }
            | Self::FillingEnded { about, .. }
            | Self::DemandeTakenOver { about, .. }
            | Self::MessageReceived { about, .. }
            | Self::VirusFound { about, .. }
            | Self::ApplicationArrived { about }
            | Self::OpinionAsked { about, .. }
            | Self::OpinionGiven { about, .. }
            | Self::DossierAssigned { about, .. }
            | Self::NamedAsController { about, .. }
            | Self::NamedAsDpo { about, .. }
            | Self::NamedAsReferent { about, .. }
            | Self::FiledForYou { about, .. }
            | Self::ClientObjected { about, .. }
            | Self::ContactProposed { about, .. }
            | Self::ClockNews { about, .. }
            | Self::LineNews { about, .. }
            | Self::OfParticipation { about, .. } => Some(about.application),
            Self::OfDecision(letter) => Some(letter.about().application),
            _ => None,
        }
    }

    /// Whether it tells the applicant what became of their demande: those are copied among its messages.
    pub fn belongs_in_the_thread(&self) -> bool {
        matches!(
            self,
            Self::ApplicationReceived { .. }
                | Self::ChangesRequested { .. }
                | Self::ApplicationRefused { .. }
                | Self::ApplicationApproved { .. }
                | Self::OfDecision(DecisionLetter::ApplicationReopened { .. })
        )
    }
}

//! When a letter leaves, and to whom.

use crate::notifications::{
    CampaignNews, ClockNews, DecisionLetter, InfectedFile, Letter, LineNews, ParticipationNews, RightNews, TeamLetter,
};

/// To whom letters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum Addressee {
    /// Whoever files a demande, and those who fill it with them.
    Applicant,
    /// Those a demande names, and the client of a vendor.
    Named,
    /// Whoever has an account, about the account or their organisation.
    AccountOwner,
    /// The team.
    Team,
}

impl Addressee {
    /// All, in the order of the page.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// As the page names them.
    pub fn label(self) -> &'static str {
        match self {
            Self::Applicant => "Au demandeur et à ceux qui remplissent avec lui",
            Self::Named => "Aux personnes nommées dans une demande",
            Self::AccountOwner => "À propos d’un compte ou d’un organisme",
            Self::Team => "À l’équipe",
        }
    }
}

/// When a letter leaves, and to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// To whom, in a word.
    pub addressee: Addressee,
    /// To whom, exactly.
    pub to: &'static str,
    /// What makes it leave.
    pub when: &'static str,
}

fn of(addressee: Addressee, to: &'static str, when: &'static str) -> Occasion {
    Occasion { addressee, to, when }
}

/// The occasion of a letter. A new kind of letter does not compile before it has one.
pub fn occasion(letter: &Letter) -> Occasion {
    use Addressee::{AccountOwner, Applicant, Named, Team};
    match letter {
        Letter::ConfirmAddress { .. } => of(AccountOwner, "Qui ouvre un compte", "Le compte est demandé ; le lien vaut 24 heures"),
        Letter::AlreadyRegistered => of(AccountOwner, "Titulaire d’un compte", "Quelqu’un demande un compte avec son adresse"),
        Letter::ChoosePassword { .. } => of(AccountOwner, "Titulaire d’un compte", "Mot de passe oublié ; le lien vaut 30 minutes"),
        Letter::PasswordChanged { .. } => of(AccountOwner, "Titulaire d’un compte", "Son mot de passe vient d’être changé"),
        Letter::StaffInvitation { .. } => {
            of(Team, "Nouveau membre de l’équipe", "Un administrateur lui donne un rôle ; le lien vaut 7 jours")
        }
        Letter::MembershipConfirmed { .. } => of(AccountOwner, "Membre d’un organisme", "Son appartenance est confirmée"),
        Letter::VerificationWithdrawn { .. } => {
            of(AccountOwner, "Membre d’un organisme", "L’équipe retire la confirmation de son appartenance")
        }
        Letter::DomainConfirmed { .. } => of(AccountOwner, "Membres vérifiés d’un organisme", "Un domaine de courriel y est confirmé"),
        Letter::IdleDraft { .. } => of(Applicant, "Demandeur", "Un brouillon n’a pas changé depuis trois mois"),
        Letter::ApplicationReceived { .. } => of(Applicant, "Demandeur", "La demande est déposée, ou une nouvelle version"),
        Letter::ChangesRequested { .. } => of(Applicant, "Demandeur", "Un instructeur demande des modifications"),
        Letter::ApplicationRefused { .. } => of(Applicant, "Demandeur", "La demande est refusée"),
        Letter::ApplicationApproved { .. } => of(Applicant, "Demandeur", "La demande est validée"),
        Letter::Invitation { is_hand_over: true, .. } => of(Applicant, "Collègue du demandeur", "Le demandeur lui propose la demande"),
        Letter::Invitation { .. } => of(Applicant, "Collègue du demandeur", "Le demandeur l’invite à remplir la demande"),
        Letter::InvitationAnswered { .. } => of(Applicant, "Demandeur", "La personne invitée a répondu"),
        Letter::DemandeHandedOver { .. } => of(Applicant, "Nouveau demandeur", "Il a accepté la demande, ou l’équipe la lui confie"),
        Letter::FillingEnded { .. } => of(Applicant, "Collègue du demandeur", "Le demandeur met fin à son droit de remplir"),
        Letter::DemandeTakenOver { .. } => of(Applicant, "Ancien demandeur", "Un collègue a repris sa demande"),
        Letter::MessageReceived { is_for_team: true, .. } => of(Team, "Instructeurs", "Le demandeur écrit un message"),
        Letter::MessageReceived { .. } => of(Applicant, "Demandeur", "L’équipe lui écrit un message"),
        Letter::VirusFound { place, is_for_team, .. } => of_virus(place, *is_for_team),
        Letter::ApplicationArrived { .. } => of(Team, "Instructeurs", "Une demande est déposée, ou revient complétée"),
        Letter::OpinionAsked { .. } => of(Team, "Qui peut rendre cet avis", "Un instructeur demande l’avis d’un service"),
        Letter::OpinionGiven { .. } => of(Team, "Qui a demandé l’avis", "L’avis est rendu"),
        Letter::DossierAssigned { .. } => of(Team, "Nouvel instructeur du dossier", "Un collègue lui confie le dossier"),
        Letter::ClockNews { news, is_for_team, .. } => of_clock(news, *is_for_team),
        Letter::LineNews { news: LineNews::PlaceReserved, .. } => {
            of(Applicant, "Demandeur d’une candidature en attente", "Une place se libère et lui est réservée")
        }
        Letter::LineNews { news: LineNews::SectorCorrected, .. } => {
            of(Applicant, "Demandeur d’une candidature", "Un instructeur corrige le secteur de la candidature")
        }
        Letter::AboutRight { news, .. } => of_right(news),
        Letter::OfParticipation { news, .. } => of_participation(news),
        Letter::OfDecision(letter) => of_decision(letter),
        Letter::OfTeam(TeamLetter::DailyDigest { .. }) => {
            of(Team, "Qui a choisi le résumé du jour", "Chaque jour ouvré à 8 heures, s’il y a du nouveau")
        }
        Letter::OfTeam(TeamLetter::DemandePrepared { .. }) => {
            of(Applicant, "Demandeur à venir", "L’équipe prépare une demande pour lui, ou renouvelle le lien")
        }
        Letter::OfTeam(TeamLetter::CampaignChange { news, .. }) => of_campaign(*news),
        Letter::NamedAsController { .. } => of(Named, "Responsable de traitement", "La demande qui le nomme est validée"),
        Letter::NamedAsDpo { .. } => of(Named, "Délégué à la protection des données", "La demande qui le nomme est validée"),
        Letter::NamedAsReferent { .. } => of(Named, "Référent d’un organisme privé sans délégué", "La demande qui le nomme est validée"),
        Letter::FiledForYou { .. } => of(Named, "Responsable de traitement et délégué du client", "Un éditeur dépose une demande pour eux"),
        Letter::ClientObjected { to_team: true, .. } => of(Team, "Instructeurs", "Le client d’un éditeur s’oppose à la demande"),
        Letter::ClientObjected { .. } => of(Applicant, "Éditeur qui a déposé la demande", "Son client s’y oppose"),
        Letter::ContactProposed { .. } => of(Applicant, "Éditeur qui a déposé la demande", "Son client propose d’autres coordonnées"),
    }
}

fn of_virus(place: &InfectedFile, is_for_team: bool) -> Occasion {
    let (to, when) = match place {
        _ if is_for_team => return of(Addressee::Team, "Auteur du message", "L’antivirus signale le fichier qu’il a envoyé"),
        InfectedFile::OfReport { .. } => {
            ("Qui a envoyé le rapport, et le demandeur", "L’antivirus signale un fichier d’un rapport mensuel")
        }
        InfectedFile::OfCertificate { .. } => {
            ("Qui a signé l’attestation, et le demandeur", "L’antivirus signale un fichier de l’attestation de fin")
        }
        _ => ("Demandeur", "L’antivirus signale un fichier de la demande ou d’un message"),
    };
    of(Addressee::Applicant, to, when)
}

fn of_clock(news: &ClockNews, is_for_team: bool) -> Occasion {
    let when = match news {
        ClockNews::Alarm { .. } => "30, 15, 7 et 1 jours avant que le silence décide",
        ClockNews::Reminder => "La réponse attendue du demandeur tarde, ou un instructeur le relance",
        ClockNews::LimitPassed => "Le délai pour envoyer les pièces manquantes est passé",
        ClockNews::AcceptedBySilence => "Le silence vaut acceptation",
        ClockNews::RejectedBySilence => "Le silence vaut rejet",
        ClockNews::ReasonsAsked { .. } => "Le demandeur demande les motifs d’un rejet né du silence",
        ClockNews::ReasonsGiven => "L’équipe communique les motifs d’un rejet né du silence",
        ClockNews::ClosingAnnounced { .. } => "L’équipe avertit qu’une demande sans réponse sera classée",
        ClockNews::Closed { .. } => "L’équipe classe sans suite une demande restée sans réponse",
    };
    match (news, is_for_team) {
        (ClockNews::Alarm { .. } | ClockNews::AcceptedBySilence, true) => {
            of(Addressee::Team, "Instructeur du dossier, ou tous s’il n’en a pas ; signataires", when)
        }
        (_, true) => of(Addressee::Team, "Instructeur du dossier, ou tous s’il n’en a pas", when),
        (_, false) => of(Addressee::Applicant, "Demandeur", when),
    }
}

fn of_campaign(news: CampaignNews) -> Occasion {
    match news {
        CampaignNews::Proposed => {
            of(Addressee::Team, "Responsables de programme et administrateurs, sauf qui propose", "Un changement de campagne est proposé")
        }
        CampaignNews::Agreed => of(Addressee::Team, "Qui l’a proposé et qui l’a accepté", "Un changement de campagne est accepté"),
        CampaignNews::Declined => of(Addressee::Team, "Qui l’a proposé", "Un changement de campagne est refusé"),
    }
}

fn of_right(news: &RightNews) -> Occasion {
    match news {
        RightNews::ProcedureOpened { .. } => {
            of(Addressee::Applicant, "Titulaire de l’habilitation", "Une suspension ou une révocation est envisagée")
        }
        RightNews::Observed { .. } => of(Addressee::Team, "Qui a ouvert la procédure", "Le titulaire présente ses observations"),
        RightNews::Ruled { .. } => of(Addressee::Applicant, "Titulaire de l’habilitation", "La procédure se termine"),
        RightNews::SuspensionEnded => of(Addressee::Applicant, "Titulaire de l’habilitation", "La suspension arrive à son terme"),
        RightNews::GoLiveAsked { .. } => of(Addressee::Team, "Instructeurs", "Le titulaire demande la mise en production"),
        RightNews::JourneyChecked { .. } => {
            of(Addressee::Applicant, "Titulaire de l’habilitation et contact technique", "L’équipe a vérifié le parcours de connexion")
        }
    }
}

fn of_participation(news: &ParticipationNews) -> Occasion {
    let when = match news {
        ParticipationNews::PlaceToConfirm { .. } => "7 et 1 jours avant le dernier jour pour confirmer une place accordée",
        ParticipationNews::PlaceLost => "Une place accordée n’a pas été confirmée à temps",
        ParticipationNews::PlaceGivenBack => "Un participant rend sa place avant l’ouverture de l’accès",
        ParticipationNews::EndsSoon { .. } => "90, 30, 7 et 1 jours avant la fin de la participation à l’expérimentation",
        ParticipationNews::Ended => "La participation à l’expérimentation est terminée",
        ParticipationNews::ReportAwaited { .. } => "5 jours avant le dernier jour d’un rapport mensuel",
        ParticipationNews::ReportLate { .. } => "Un rapport mensuel est en retard de 1, 7 et 15 jours",
        ParticipationNews::CertificateAwaited { .. } => "7 jours avant le dernier jour de l’attestation de fin",
        ParticipationNews::CertificateLate { .. } => "L’attestation de fin est en retard de 1, 7 et 15 jours",
        ParticipationNews::PutOnNotice { .. } => "L’équipe met un ancien participant en demeure de signer l’attestation de fin",
    };
    of(Addressee::Applicant, "Participant à l’expérimentation", when)
}

fn of_decision(letter: &DecisionLetter) -> Occasion {
    match letter {
        DecisionLetter::ApplicationReopened { .. } => of(Addressee::Applicant, "Demandeur", "L’équipe rouvre une demande refusée"),
        DecisionLetter::DecisionToSign { .. } => of(Addressee::Team, "Signataires", "Une décision sur une candidature est préparée"),
        DecisionLetter::DecisionReturned { .. } => {
            of(Addressee::Team, "Qui l’a préparée ou signée", "La décision revient, ou ne peut pas partir")
        }
    }
}

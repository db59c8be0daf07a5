//! The facts of the journal, as people read them.

use super::Event;
use crate::calendar;

impl Event {
    /// The end of the sentence that starts with who acted: « a déposé la version 1 ».
    #[expect(clippy::too_many_lines, reason = "one line a fact")]
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
            Self::OfTeam(fact) => fact.sentence(),
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
            Self::ChangeStarted { .. } => "a rouvert la demande pour la modifier".into(),
            Self::ChangeGivenUp { .. } => "a renoncé à modifier la demande".into(),
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
            Self::DossierTaken => "a pris le dossier".into(),
            Self::DossierAssigned { to, word } if word.is_empty() => format!("a confié le dossier à {to}"),
            Self::DossierAssigned { to, word } => format!("a confié le dossier à {to} : {word}"),
            Self::DossierReleased => "a rendu le dossier à la file".into(),
            Self::MessagePosted => "a écrit un message".into(),
            Self::MessageTakenBack => "a retiré son message".into(),
            Self::ApplicationCopied { from } => format!("a repris le contenu de {from}"),
            Self::ClientInformed { role, name } => format!("a fait écrire à {name}, {role}"),
            Self::ClientLinkRenewed => "a demandé un nouveau lien".into(),
            Self::ClientObjected { reason } => format!("s’est opposé à la demande : {reason}"),
            Self::ObjectionLifted => "a levé son opposition".into(),
            Self::ObjectionRead { name } => format!("a lu l’opposition de {name}"),
            Self::ContactProposed => "a proposé d’autres coordonnées".into(),
            Self::ContactTaken { name } => format!("a repris les coordonnées proposées par {name}"),
            Self::OfExamining(fact) => fact.sentence(),
            Self::ChangesRequested { version, .. } => format!("a demandé des modifications de la version {version}"),
            Self::MissingItemsAsked { limit_on, .. } => format!("a demandé les pièces manquantes avant le {}", in_full(limit_on)),
            Self::MissingItemsLapsed { .. } => "a constaté que le délai pour envoyer les pièces manquantes est passé".into(),
            Self::DecidedBySilence { effect, decided_on } => {
                let decision = if effect == "acceptance" { "d’acceptation" } else { "de rejet" };
                format!("a constaté la décision implicite {decision} née le {}", in_full(decided_on))
            }
            Self::ApplicationApproved { version } => format!("a validé la version {version}"),
            Self::ApplicationRefused { version, .. } => format!("a refusé la version {version}"),
            Self::OfDecision(fact) => fact.sentence(),
            Self::OfDuty(fact) => fact.sentence(),
            Self::OfParticipation(fact) => fact.sentence(),
            Self::OfPlace(fact) => fact.sentence(),
            Self::AuthorizationGranted { authorization } => format!("a accordé l’habilitation {authorization}"),
            Self::AboutRight(fact) => fact.sentence(),
            Self::OfCampaign(fact) => fact.sentence(),
            Self::DemandesExported { format, list, count } => format!("a exporté {count} demandes ({format}) de la liste « {list} »"),
            Self::LetterGivenUp { kind } => format!("n’a pas pu envoyer la lettre « {kind} »"),
            Self::LetterInDoubt { kind } => format!("ne sait pas si la lettre « {kind} » est arrivée"),
            Self::LetterRetried { kind } => format!("a relancé l’envoi de la lettre « {kind} »"),
            Self::LetterHeld { kind } => format!("a retenu la lettre « {kind} »"),
            Self::LetterReleased { kind } => format!("a libéré la lettre « {kind} »"),
        }
    }
}

/// A date as events keep it, 2026-12-24, in full.
pub(super) fn in_full(date: &str) -> String {
    date.parse().map_or_else(|_| date.to_owned(), calendar::date_in_full)
}

//! What a letter is called, by its subject and by its title.

use crate::notifications::{AboutApplication, Letter};

/// The subject of the e-mail.
pub(in crate::notifications) fn subject(letter: &Letter) -> String {
    let of = |about: &AboutApplication| format!("Demande {}", about.application);
    match letter {
        Letter::ConfirmAddress { .. } => "Confirmez votre adresse pour ouvrir votre compte".into(),
        Letter::AlreadyRegistered => "Vous avez déjà un compte".into(),
        Letter::ChoosePassword { .. } => "Choisissez un nouveau mot de passe".into(),
        Letter::PasswordChanged { .. } => "Votre mot de passe a été changé".into(),
        Letter::StaffInvitation { .. } => "Votre compte est ouvert\u{a0}: choisissez votre mot de passe".into(),
        Letter::MembershipConfirmed { organisation, .. } => format!("Votre appartenance est confirmée\u{a0}: {organisation}"),
        Letter::VerificationWithdrawn { organisation, .. } => format!("Votre appartenance n’est plus confirmée\u{a0}: {organisation}"),
        Letter::DomainConfirmed { organisation, domain, .. } => {
            format!("Les adresses en @{domain} confirment désormais vos collègues\u{a0}: {organisation}")
        }
        Letter::IdleDraft { about, goes_on, .. } => {
            format!("{}\u{a0}: votre brouillon sera supprimé le {goes_on}, gardez-le en un clic", of(about))
        }
        Letter::ApplicationReceived { about, .. } => format!("{} bien reçue\u{a0}: c’est à nous de répondre", of(about)),
        Letter::ChangesRequested { about, .. } => format!("{} à compléter\u{a0}: c’est à vous de répondre", of(about)),
        Letter::ApplicationRefused { about, .. } => format!("{} refusée\u{a0}: les raisons et vos recours", of(about)),
        Letter::ApplicationApproved { about, .. } => format!("{} validée\u{a0}: c’est à vous de poursuivre", of(about)),
        Letter::OfDecision(letter) => format!("{}\u{a0}: {}", of(letter.about()), letter.what_now()),
        Letter::OfTeam(letter) => letter.subject(),
        Letter::AboutRight { about, authorization, news } => {
            format!("Habilitation {authorization} ({})\u{a0}: {}", about.application, lower_first(news.heading()))
        }
        Letter::Invitation { about, invited_by, is_hand_over: false, .. } => {
            format!("{invited_by} vous invite à remplir la demande {}", about.application)
        }
        Letter::Invitation { about, invited_by, .. } => format!("{invited_by} vous transmet la demande {}", about.application),
        Letter::InvitationAnswered { about, by, is_accepted, .. } => {
            format!("{}\u{a0}: {by} a {}", of(about), if *is_accepted { "accepté" } else { "refusé" })
        }
        Letter::DemandeHandedOver { about, .. } => format!("{}\u{a0}: c’est vous qui la suivez désormais", of(about)),
        Letter::FillingEnded { about, .. } => format!("{}\u{a0}: vous ne la remplissez plus", of(about)),
        Letter::DemandeTakenOver { about, by, .. } => format!("{}\u{a0}: {by} l’a reprise", of(about)),
        Letter::MessageReceived { about, .. } => format!("Vous avez reçu un message à propos de {}", about.application),
        Letter::VirusFound { about, place, .. } => {
            format!("{}\u{a0}: un virus a été trouvé dans un fichier, {}", of(about), place.what_now())
        }
        Letter::ApplicationArrived { about } if about.version > 1 => {
            format!("{} complétée\u{a0}: c’est à l’équipe de répondre ({})", of(about), about.organisation)
        }
        Letter::ApplicationArrived { about } => format!("{} à instruire\u{a0}: {}", of(about), about.organisation),
        Letter::OpinionAsked { about, of: whose, .. } => format!("{}\u{a0}: l’avis {whose} est demandé", of(about)),
        Letter::OpinionGiven { about, of: whose, .. } => format!("{}\u{a0}: l’avis {whose} est rendu", of(about)),
        Letter::DossierAssigned { about, by, .. } => format!("{}\u{a0}: {by} vous confie ce dossier ({})", of(about), about.organisation),
        Letter::NamedAsController { about, .. } => {
            format!("{}\u{a0}: vous êtes désigné comme responsable de traitement, rien à faire", of(about))
        }
        Letter::NamedAsDpo { about, .. } => named(about, "délégué à la protection des données"),
        Letter::NamedAsReferent { about, .. } => named(about, "référent pour la protection des données"),
        Letter::FiledForYou { about, vendor, .. } => format!("{}\u{a0}: {vendor} l’a déposée pour {}", of(about), about.organisation),
        Letter::ClientObjected { about, name, .. } => format!("{}\u{a0}: {name} s’y oppose", of(about)),
        Letter::OfParticipation { about, authorization, news, .. } => news.subject(*authorization, about),
        Letter::ClockNews { about, news, is_for_team, .. } => format!("{}{}", of(about), news.subject(*is_for_team)),
        Letter::LineNews { about, news, .. } => format!("Candidature {}\u{a0}: {}", about.application, news.subject()),
        Letter::ContactProposed { about, name, .. } => format!("{}\u{a0}: {name} propose d’autres coordonnées", of(about)),
    }
}

fn named(about: &AboutApplication, role: &str) -> String {
    format!("Demande {}\u{a0}: vous êtes désigné comme {role}, rien à faire", about.application)
}

/// The title of the letter.
pub(super) fn title(letter: &Letter) -> &'static str {
    match letter {
        Letter::ConfirmAddress { .. } => "Confirmez votre adresse",
        Letter::AlreadyRegistered => "Vous avez déjà un compte",
        Letter::ChoosePassword { .. } => "Choisissez un nouveau mot de passe",
        Letter::PasswordChanged { .. } => "Votre mot de passe a été changé",
        Letter::StaffInvitation { .. } => "Votre compte est ouvert",
        Letter::MembershipConfirmed { .. } => "Votre appartenance est confirmée",
        Letter::VerificationWithdrawn { .. } => "Votre appartenance n’est plus confirmée",
        Letter::DomainConfirmed { .. } => "Un domaine de courriel confirme désormais vos collègues",
        Letter::IdleDraft { .. } => "Gardez-vous ce brouillon ?",
        Letter::ApplicationReceived { .. } => "Nous avons bien reçu votre demande",
        Letter::ChangesRequested { .. } => "Votre demande est à compléter",
        Letter::ApplicationRefused { .. } => "Votre demande est refusée",
        Letter::ApplicationApproved { .. } => "Votre demande est validée",
        Letter::OfDecision(letter) => letter.heading(),
        Letter::OfTeam(letter) => letter.heading(),
        Letter::AboutRight { news, .. } => news.heading(),
        Letter::Invitation { is_hand_over: false, .. } => "Une demande à remplir ensemble",
        Letter::Invitation { .. } => "Une demande vous est transmise",
        Letter::InvitationAnswered { .. } => "Une réponse à votre proposition",
        Letter::DemandeHandedOver { .. } => "Une demande est maintenant la vôtre",
        Letter::FillingEnded { .. } => "Vous ne remplissez plus cette demande",
        Letter::DemandeTakenOver { .. } => "Votre demande a été reprise",
        Letter::MessageReceived { .. } => "Vous avez reçu un message",
        Letter::VirusFound { .. } => "Un virus a été trouvé dans un fichier",
        Letter::ApplicationArrived { .. } => "Une demande à instruire",
        Letter::OpinionAsked { .. } => "Un avis est demandé",
        Letter::OpinionGiven { .. } => "Un avis est rendu",
        Letter::DossierAssigned { .. } => "Un dossier vous est confié",
        Letter::NamedAsController { .. } => "Vous êtes désigné comme responsable de traitement",
        Letter::NamedAsDpo { .. } => "Vous êtes désigné comme délégué à la protection des données",
        Letter::NamedAsReferent { .. } => "Vous êtes désigné comme référent pour la protection des données",
        Letter::FiledForYou { .. } => "Une demande est déposée pour votre organisme",
        Letter::ClientObjected { .. } => "Le client s’oppose à la demande",
        Letter::ClockNews { news, .. } => news.title(),
        Letter::OfParticipation { news, .. } => news.title(),
        Letter::LineNews { news, .. } => news.title(),
        Letter::ContactProposed { .. } => "Des coordonnées à corriger",
    }
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

//! What letters about the certificate of the end say, passage by passage.

use jiff::civil::Date;

use super::{Notice, due_on};
use crate::{
    calendar::{self, date_in_full as full},
    notifications::{ParticipationNews, Passage},
    participation::{Ended, Reminder, words::in_days},
};

/// What is to be done before signing.
const DO: &str = "Retirez le bouton FranceConnect et les accès techniques du service, détruisez les données obtenues dans le cadre de l’expérimentation, puis signez l’attestation en ligne.";

/// When something must be kept.
const IF_KEPT: &str = "Si un texte impose ou permet d’en conserver une partie, l’attestation le prévoit : dites ce qui est conservé, jusqu’à quand, et quel texte le fonde.";

/// The certificate is missing.
pub fn of_missing_certificate(ended: Ended, reminder: Reminder, today: Date) -> (ParticipationNews, Vec<Passage>) {
    let due_on = due_on(ended);
    let due = full(due_on);
    let over = format!("Votre participation s’est terminée le {}.", full(ended.on));
    let commitment = "Vous vous étiez engagé, à l’issue de l’expérimentation, à supprimer l’accès à FranceConnect et à détruire les données obtenues (critère S7).";
    let (title, first) = match reminder {
        Reminder::Before => {
            let when = in_days(calendar::whole_days(today, due_on));
            (
                format!("Votre attestation est à signer {when} au plus tard, le {due}").replace("aujourd’hui au plus tard", "aujourd’hui"),
                format!("{over} {commitment}"),
            )
        }
        Reminder::DayAfter | Reminder::WeekAfter => {
            ("Votre attestation est en retard".into(), format!("{over} L’attestation était attendue au plus tard le {due}. {commitment}"))
        }
        Reminder::Last => (
            "Votre attestation n’est toujours pas arrivée".into(),
            format!("{over} L’attestation était attendue au plus tard le {due}. C’est notre dernier rappel. {commitment}"),
        ),
    };
    let mut says = vec![first, DO.to_owned(), IF_KEPT.to_owned()];
    if reminder == Reminder::Last {
        says.push("Sans réponse, l’équipe peut vous mettre en demeure de l’adresser.".into());
    }
    let news = match reminder {
        Reminder::Before => ParticipationNews::CertificateAwaited { due_on: due },
        Reminder::DayAfter | Reminder::WeekAfter | Reminder::Last => ParticipationNews::CertificateLate { due_on: due },
    };
    (news, vec![Passage::new(title, says)])
}

/// Somebody of the team puts the participant on notice.
pub fn of_notice(notice: &Notice) -> (ParticipationNews, Vec<Passage>) {
    let until = full(notice.until);
    let author = &notice.author;
    let says = vec![
        Passage::new(
            format!("Nous vous mettons en demeure d’adresser votre attestation au plus tard le {until}"),
            [
                "Votre candidature vous engageait à supprimer l’accès à FranceConnect à l’issue de l’expérimentation et à détruire les données obtenues dans le cadre de l’expérimentation (critère de sélection S7).".to_owned(),
                notice.facts.clone(),
            ],
        ),
        Passage::new("Ce que vous devez faire", [DO.to_owned(), IF_KEPT.to_owned()]),
        Passage::new(
            "Ce qui peut suivre",
            [
                format!(
                    "Sans attestation au {until}, l’équipe peut signaler la situation à la Commission nationale de l’informatique et des libertés (CNIL), qui veille à l’application du règlement général sur la protection des données. Son article 5, paragraphe 1, point e, interdit de conserver des données personnelles au-delà de la durée nécessaire à ce pour quoi elles sont traitées."
                ),
                "Si l’accès est déjà retiré et les données déjà détruites, l’attestation suffit. Si vous ne pouvez pas la signer, dites-nous pourquoi en écrivant au service.".to_owned(),
                format!("{}, {}, {}", author.name, author.quality, author.service),
            ],
        ),
    ];
    (ParticipationNews::PutOnNotice { until }, says)
}

//! What letters about a participation say, passage by passage.

use jiff::civil::Date;

use super::{
    Cause, Ended, Month, Participation, Reminder,
    destruction::{DAYS_TO_CERTIFY, due_on},
};
use crate::{
    calendar::{self, date_in_full as full},
    experimentation::Offer,
    notifications::{ParticipationNews, Passage},
};

/// « dans 7 jours ».
pub(super) fn in_days(days: i32) -> String {
    match days {
        ..=0 => "aujourd’hui".into(),
        1 => "demain".into(),
        days => format!("dans {days}\u{a0}jours"),
    }
}

/// The same sentence with a capital letter.
pub(super) fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The end comes near.
pub fn of_coming_end(participation: &Participation, today: Date) -> (ParticipationNews, Vec<Passage>) {
    let ends_on = participation.ends_on;
    let when = in_days(calendar::whole_days(today, ends_on));
    let says = vec![
        Passage::new(
            format!("Votre participation se termine {when}, le {}", full(ends_on)),
            [
                format!("Elle a commencé le {}. Après le {}, le service ne peut plus utiliser le bouton FranceConnect.", full(participation.began_on), full(ends_on)),
                "Vous n’avez rien à demander : elle prend fin d’elle-même. Si la campagne est prolongée, la nouvelle date est sur la page de votre participation.".into(),
            ],
        ),
        Passage::new(
            "Ce qu’il faut préparer",
            [
                "Proposez dès maintenant à vos utilisateurs une autre façon de se connecter, et prévenez-les de la date.".into(),
                "À l’issue de l’expérimentation, vous vous êtes engagé à supprimer l’accès à FranceConnect et à détruire les données obtenues (critère S7).".into(),
                format!("Vous l’attesterez en ligne une fois la participation terminée, dans les {DAYS_TO_CERTIFY}\u{a0}jours. Prévoyez qui signera pour votre organisme."),
                format!("Le dernier rapport mensuel reste dû, au plus tard le {}.", full(Month::of(ends_on).due_on())),
            ],
        ),
    ];
    (ParticipationNews::EndsSoon { ends_on: full(ends_on) }, says)
}

/// It is over.
pub fn of_end(participation: &Participation, ended: Ended) -> (ParticipationNews, Vec<Passage>) {
    let (title, because) = match ended.cause {
        Cause::Term => (
            format!("Votre participation s’est terminée le {}", full(ended.on)),
            format!("Elle avait commencé le {}. L’habilitation {} est expirée.", full(participation.began_on), participation.authorization),
        ),
        Cause::Renunciation => (
            format!("Vous avez rendu votre place le {}", full(ended.on)),
            format!("L’habilitation {} a pris fin le même jour, et la participation avec elle.", participation.authorization),
        ),
        Cause::Revocation => (
            "Votre participation est terminée".into(),
            format!(
                "L’habilitation {} est révoquée depuis le {} : la participation s’arrête avec elle.",
                participation.authorization,
                full(ended.on)
            ),
        ),
    };
    let mut remains = vec![
        "Retirez le bouton FranceConnect de vos pages : le service ne peut plus l’utiliser.".to_owned(),
        "Détruisez les données obtenues dans le cadre de l’expérimentation, comme vous vous y êtes engagé (critère S7).".to_owned(),
        format!("Attestez-le en ligne au plus tard le {}.", full(due_on(ended))),
    ];
    if ended.cause != Cause::Revocation {
        let last = Month::of(ended.on);
        remains.push(format!("Remettez le rapport {} au plus tard le {}, s’il ne l’est pas déjà.", last.with_of(), full(last.due_on())));
    }
    (ParticipationNews::Ended, vec![Passage::new(title, [because]), Passage::new("Ce qu’il vous reste à faire", remains)])
}

/// A report is missing.
pub fn of_missing_report(month: Month, reminder: Reminder, today: Date) -> (ParticipationNews, Vec<Passage>) {
    let due_on = month.due_on();
    let (of, due) = (month.with_of(), full(due_on));
    let (title, first) = match reminder {
        Reminder::Before => {
            let when = in_days(calendar::whole_days(today, due_on));
            (
                format!("Le rapport {of} est à remettre {when} au plus tard, le {due}").replace("aujourd’hui au plus tard", "aujourd’hui"),
                "Comptez dix minutes : quatre nombres, une croissance et ce que disent vos utilisateurs.".to_owned(),
            )
        }
        Reminder::DayAfter | Reminder::WeekAfter => (
            format!("Le rapport {of} est en retard"),
            format!(
                "Il était attendu au plus tard le {due}. Envoyez-le dès que possible : vous pourrez le corriger ensuite, en disant pourquoi."
            ),
        ),
        Reminder::Last => (
            format!("Le rapport {of} n’est toujours pas arrivé"),
            format!("Il était attendu au plus tard le {due}. C’est notre dernier rappel."),
        ),
    };
    let mut says = vec![first];
    if reminder == Reminder::Last {
        says.push("Fournir ces chiffres tous les mois est une condition de la participation (critère S1). Sans eux, l’équipe peut envisager de révoquer l’habilitation ; vous seriez alors entendu avant toute décision.".into());
    }
    says.push("Si vous avez commencé à le remplir, votre saisie est gardée.".into());
    let (month, slug) = (of, month.to_string());
    let news = match reminder {
        Reminder::Before => ParticipationNews::ReportAwaited { month, slug, due_on: due },
        Reminder::DayAfter | Reminder::WeekAfter | Reminder::Last => ParticipationNews::ReportLate { month, slug, due_on: due },
    };
    (news, vec![Passage::new(title, says)])
}

/// A granted place is not confirmed yet.
pub fn of_place_to_confirm(offer: &Offer, today: Date) -> (ParticipationNews, Vec<Passage>) {
    let by = full(offer.answer_by);
    let when = in_days(calendar::whole_days(today, offer.answer_by));
    let says = vec![
        Passage::new(
            format!("Confirmez votre place au plus tard le {by}, {when}"),
            [
                "Une place de l’expérimentation vous est accordée. Nous n’avons pas encore reçu votre confirmation : un bouton suffit.".to_owned(),
                format!("Sans elle à la fin du {by}, l’habilitation prend fin et la place va à la candidature suivante."),
            ],
        ),
        Passage::new(
            "Si vous renoncez",
            ["Rendez la place depuis la même page : une autre organisation attend peut-être la sienne. Vous pourrez déposer une nouvelle candidature tant que la campagne est ouverte.".to_owned()],
        ),
    ];
    (ParticipationNews::PlaceToConfirm { answer_by: by }, says)
}

/// Nobody confirmed it in time.
pub fn of_lapsed_place(offer: &Offer) -> (ParticipationNews, Vec<Passage>) {
    let says = vec![
        Passage::new(
            "La place n’a pas été confirmée à temps",
            [
                format!("Elle était à confirmer au plus tard le {}. Elle va à la candidature suivante.", full(offer.answer_by)),
                "L’habilitation a pris fin avec elle : c’était une condition de la décision.".to_owned(),
            ],
        ),
        Passage::new(
            "Ce que vous pouvez faire",
            [
                "Déposez une nouvelle candidature si la campagne est encore ouverte : elle prendra rang à son arrivée, et vos réponses peuvent être reprises.".to_owned(),
                "Si une erreur vous a empêché de répondre, écrivez-nous par les messages de la candidature.".to_owned(),
            ],
        ),
    ];
    (ParticipationNews::PlaceLost, says)
}

/// The holder gave it back before access opened.
pub fn of_place_given_back() -> (ParticipationNews, Vec<Passage>) {
    let says = vec![Passage::new(
        "Vous avez rendu votre place",
        [
            "L’habilitation a pris fin aujourd’hui et la place va à la candidature suivante. Vous n’avez rien d’autre à faire.".to_owned(),
            "Si vous changez d’avis, déposez une nouvelle candidature tant que la campagne est ouverte.".to_owned(),
        ],
    )];
    (ParticipationNews::PlaceGivenBack, says)
}

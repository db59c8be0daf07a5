//! What several pages show of a participation: the awaited month, its rows.

use jiff::civil::Date;

use crate::{
    calendar,
    participation::{
        Awaited, Ended, Month, Participation, Reports, Sent, Standing, Tenths,
        destruction::{self, Signed},
        due::opens_on,
        figures::grouped,
        words::{capitalised, in_days},
    },
};

/// A month in the list.
#[derive(Clone, Debug)]
pub(super) struct MonthRow {
    pub month: Month,
    pub standing: Standing,
    /// The report, as it was last corrected.
    pub sent: Option<Sent>,
    /// Something was typed of it and not sent.
    pub has_draft: bool,
    /// From when it can be sent.
    pub opens_on: Date,
}

impl MonthRow {
    /// Every month of a participation, in order.
    pub(super) fn all(participation: &Participation, reports: &Reports, drafts: &[Month], today: Date) -> Vec<Self> {
        let row = |month: Month| {
            let sent = reports.get(&month);
            Self {
                month,
                standing: participation.standing(month, today, sent.map_or(0, Vec::len)),
                sent: sent.and_then(|sent| sent.last()).cloned(),
                has_draft: drafts.contains(&month),
                opens_on: opens_on(month, participation.last_day()),
            }
        };
        participation.months().map(row).collect()
    }

    /// « Mai 2027 ».
    pub(super) fn title(&self) -> String {
        capitalised(&self.month.in_full())
    }

    /// By when, or since when.
    pub(super) fn when(&self) -> String {
        let due = calendar::date_in_full(self.month.due_on());
        match (&self.sent, self.standing) {
            (Some(sent), Standing::Corrected) => format!("corrigé le {}", calendar::day(sent.sent_at)),
            (Some(sent), _) => format!("envoyé le {}", calendar::day(sent.sent_at)),
            (None, Standing::Awaited(Awaited::Late { days })) => format!("attendu le {due}, en retard de {}", counted_days(days)),
            (None, Standing::Awaited(Awaited::OnTime)) => format!("au plus tard le {due}"),
            (None, Standing::Waived) => String::new(),
            (None, _) => format!("à partir du {}", calendar::date_in_full(self.opens_on)),
        }
    }

    /// « 4 812 sur 17 240 », or nothing.
    pub(super) fn connections(&self) -> String {
        self.sent.as_ref().map_or_else(String::new, |sent| {
            let figures = &sent.report.figures;
            format!("{} sur {}", grouped(figures.connections_through_fc), grouped(figures.connections))
        })
    }

    /// « 391 sur 1 021 », or nothing.
    pub(super) fn accounts(&self) -> String {
        self.sent.as_ref().map_or_else(String::new, |sent| {
            let figures = &sent.report.figures;
            format!("{} sur {}", grouped(figures.accounts_through_fc), grouped(figures.accounts))
        })
    }

    /// The share of FranceConnect in connections.
    pub(super) fn share_of_connections(&self) -> String {
        written(self.sent.as_ref().and_then(|sent| sent.report.figures.share_of_connections()))
    }

    /// The share of FranceConnect in the accounts created.
    pub(super) fn share_of_accounts(&self) -> String {
        written(self.sent.as_ref().and_then(|sent| sent.report.figures.share_of_accounts()))
    }

    /// The growth of traffic.
    pub(super) fn growth(&self) -> String {
        self.sent.as_ref().map_or_else(String::new, |sent| sent.report.growth.signed())
    }
}

fn written(share: Option<Tenths>) -> String {
    share.map_or_else(String::new, |share| share.to_string())
}

/// « 3 jours ».
pub(super) fn counted_days(days: i32) -> String {
    if days == 1 { "un jour".into() } else { format!("{days}\u{a0}jours") }
}

/// The banner of a participant: what to send first, and by when; or until when nothing is awaited.
pub(super) fn turn(participation: &Participation, reports: &Reports, today: Date) -> (bool, String, String) {
    if participation.is_revoked() {
        let sentence = "L’habilitation est révoquée : aucun autre rapport n’est attendu. Ceux qui sont reçus restent lisibles.";
        return (false, "La participation est terminée".into(), sentence.into());
    }
    let awaited = participation.awaited(reports, today);
    let rest = match awaited.len() {
        0 | 1 => String::new(),
        2 => " Un autre rapport est à remettre.".into(),
        many => format!(" {} autres rapports sont à remettre.", many - 1),
    };
    match awaited.first() {
        Some((month, Awaited::Late { days })) => (
            true,
            format!("Rapport {} en retard de {}", month.with_of(), counted_days(*days)),
            format!("Il était attendu au plus tard le {}.{rest}", calendar::date_in_full(month.due_on())),
        ),
        Some((month, _)) => (
            true,
            format!("Rapport {} à remettre au plus tard le {}", month.with_of(), calendar::date_in_full(month.due_on())),
            format!(
                "C’est {}. Vous pourrez le corriger ensuite, en disant pourquoi.{rest}",
                in_days(calendar::whole_days(today, month.due_on()))
            ),
        ),
        None => {
            let next = participation.months().find(|month| !reports.contains_key(month));
            let sentence = match next {
                Some(month) => format!(
                    "Le rapport {} se remet du {} au {}.",
                    month.with_of(),
                    calendar::date_in_full(opens_on(month, participation.last_day())),
                    calendar::date_in_full(month.due_on())
                ),
                None => "Tous les rapports de la participation sont reçus.".into(),
            };
            (false, "Aucun rapport à remettre aujourd’hui".into(), sentence)
        }
    }
}

/// The banner of a participation that is over: whether its participant has to certify, by when; or when they did, from the first certificate.
pub(super) fn turn_of_end(ended: Ended, awaited: Option<Awaited>, first: Option<&Signed>) -> (bool, String, String) {
    let due = calendar::date_in_full(destruction::due_on(ended));
    let to_do = "Retirez l’accès à FranceConnect, détruisez les données obtenues dans le cadre de l’expérimentation (critère S7), puis attestez-le.";
    match (awaited, first) {
        (_, Some(first)) => {
            let title = format!("Attestation de fin signée le {}", calendar::day(first.signed_at));
            (false, title, "Le retrait de l’accès et le sort des données sont attestés.".into())
        }
        (Some(Awaited::Late { days }), None) => (
            true,
            format!("Attestation de fin en retard de {}", counted_days(days)),
            format!("Elle était attendue au plus tard le {due}. {to_do}"),
        ),
        (_, None) => (true, format!("Attestation de fin à signer au plus tard le {due}"), to_do.into()),
    }
}

/// From when to when it goes, in a sentence.
pub(super) fn period(participation: &Participation, today: Date) -> String {
    let (began_on, last_day) = (calendar::date_in_full(participation.began_on), calendar::date_in_full(participation.last_day()));
    if participation.ended.is_some() {
        return format!("Du {began_on} au {last_day}.");
    }
    let left = calendar::whole_days(today, participation.last_day());
    format!("Accès ouvert le {began_on}. La participation se termine le {last_day}, {}.", in_days(left))
}

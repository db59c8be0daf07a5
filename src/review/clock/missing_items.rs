//! What a demande lacks: each item with the text that requires it, and the date before which it must arrive (CRPA L114-5, R112-11-4).

use jiff::civil::Date;

use crate::{calendar, config::SilenceEffect};

/// Days an applicant has at least.
pub const LEAST_DAYS: i32 = 15;

/// Days an applicant has at most: beyond, the demande is rather filed anew.
pub const MOST_DAYS: i32 = 180;

/// Items of one request.
pub const MOST_ITEMS: usize = 6;

/// An item that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingItem {
    /// « Les statuts à jour ».
    pub what: String,
    /// The text in force that requires it: « Arrêté du 23 novembre 2026, article 3 ».
    pub required_by: String,
}

/// A request for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingItems {
    /// In the order of the letter; at least one.
    pub items: Vec<MissingItem>,
    /// The last day they may arrive.
    pub limit_on: Date,
}

impl MissingItems {
    /// Whether the time limit leaves enough time, and not too much.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn check_limit(limit_on: Date, today: Date) -> Result<Date, String> {
        let least = calendar::days_after(today, LEAST_DAYS);
        let most = calendar::days_after(today, MOST_DAYS);
        if limit_on < least {
            Err(format!("Laissez au moins {LEAST_DAYS} jours\u{a0}: le {} au plus tôt.", calendar::date_in_full(least)))
        } else if limit_on > most {
            Err(format!("Le délai ne dépasse pas six mois\u{a0}: le {} au plus tard.", calendar::date_in_full(most)))
        } else {
            Ok(limit_on)
        }
    }

    /// What the applicant is told: the list, the limit, and what the request does to the clock of their demande.
    pub fn message(&self, silence: Option<SilenceEffect>) -> String {
        let intro = match self.items.len() {
            1 => "Votre demande est incomplète. Il y manque une pièce ou une information que les textes exigent\u{a0}:".to_owned(),
            count => format!("Votre demande est incomplète. Il y manque {count} pièces ou informations que les textes exigent\u{a0}:"),
        };
        let items: Vec<String> = (1..)
            .zip(&self.items)
            .map(|(number, item)| format!("{number}. {}\nExigé par\u{a0}: {}", item.what, item.required_by))
            .collect();
        let limit = format!(
            "Vous avez jusqu’au {} inclus pour les envoyer\u{a0}: complétez votre demande, puis déposez-la de nouveau. Une demande restée incomplète après cette date peut être refusée pour ce motif.",
            calendar::date_in_full(self.limit_on)
        );
        format!("{intro}\n\n{}\n\n{limit}\n\n{}", items.join("\n\n"), rule(silence))
    }
}

/// The rule on the clock, which the request must state (CRPA R112-11-4, L114-5).
fn rule(silence: Option<SilenceEffect>) -> &'static str {
    match silence {
        Some(SilenceEffect::Rejection) => {
            "Le délai au terme duquel le silence de l’administration vaut rejet de votre demande est suspendu pendant ce temps. Si vous envoyez plus tôt tout ce qui manque, la suspension prend fin ce jour-là (code des relations entre le public et l’administration, article L.\u{a0}114-5)."
        }
        Some(SilenceEffect::Acceptance) => {
            "Le délai au terme duquel le silence de l’administration vaut acceptation de votre demande ne court qu’à compter du jour où nous recevons tout ce qui manque (code des relations entre le public et l’administration, article L.\u{a0}114-5)."
        }
        None => "Votre demande garde sa date de réception. Aucune décision ne naît du silence pour la demande d’une administration.",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn request() -> MissingItems {
        let item = |what: &str, required_by: &str| MissingItem { what: what.into(), required_by: required_by.into() };
        let items =
            vec![item("Les statuts à jour", "Arrêté du 23 novembre 2026, article 3"), item("Les comptes", "Même arrêté, article 4")];
        MissingItems { items, limit_on: date(2026, 12, 24) }
    }

    #[test]
    fn the_request_lists_the_items_the_limit_and_the_rule_of_its_kind() {
        let said = request().message(Some(SilenceEffect::Rejection)).replace('\u{a0}', " ");
        assert_eq!(
            said,
            "Votre demande est incomplète. Il y manque 2 pièces ou informations que les textes exigent :\n\n\
             1. Les statuts à jour\nExigé par : Arrêté du 23 novembre 2026, article 3\n\n\
             2. Les comptes\nExigé par : Même arrêté, article 4\n\n\
             Vous avez jusqu’au 24 décembre 2026 inclus pour les envoyer : complétez votre demande, puis déposez-la de nouveau. \
             Une demande restée incomplète après cette date peut être refusée pour ce motif.\n\n\
             Le délai au terme duquel le silence de l’administration vaut rejet de votre demande est suspendu pendant ce temps. \
             Si vous envoyez plus tôt tout ce qui manque, la suspension prend fin ce jour-là \
             (code des relations entre le public et l’administration, article L. 114-5)."
        );
        let accepted = request().message(Some(SilenceEffect::Acceptance));
        assert!(accepted.contains("vaut acceptation") && accepted.contains("ne court qu’à compter du jour"), "{accepted}");
        let administration = request().message(None);
        assert!(!administration.contains("114-5") && administration.contains("garde sa date de réception"), "{administration}");
    }

    #[test]
    fn the_limit_leaves_fifteen_days_and_no_more_than_six_months() {
        let today = date(2026, 12, 3);
        assert!(MissingItems::check_limit(date(2026, 12, 17), today).is_err_and(|told| told.contains("18\u{a0}décembre\u{a0}2026")));
        assert_eq!(MissingItems::check_limit(date(2026, 12, 18), today), Ok(date(2026, 12, 18)));
        assert_eq!(MissingItems::check_limit(date(2027, 6, 1), today), Ok(date(2027, 6, 1)));
        assert!(MissingItems::check_limit(date(2027, 6, 2), today).is_err());
    }

    #[test]
    fn the_longest_request_fits_where_decisions_are_kept() {
        let item = MissingItem { what: "é".repeat(300), required_by: "é".repeat(300) };
        let longest = MissingItems { items: vec![item; MOST_ITEMS], limit_on: date(2026, 12, 24) };
        assert!(longest.message(Some(SilenceEffect::Rejection)).chars().count() <= 5000);
    }
}

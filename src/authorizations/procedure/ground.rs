//! Why, in law, a right may be suspended or revoked: it was granted, so only in these cases.

use jiff::civil::Date;

use crate::calendar;

/// The closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Ground {
    /// A condition of the right is no longer met (CRPA L242-2 1°).
    ConditionLost,
    /// The right should not have been granted, and was less than four months ago (CRPA L242-1).
    Illegal,
    /// It was obtained by fraud (CRPA L241-2).
    Fraud,
}

impl Ground {
    /// All, in the order of the form.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// As the team chooses it.
    pub fn label(self) -> &'static str {
        match self {
            Self::ConditionLost => "Une condition de l’habilitation n’est plus remplie",
            Self::Illegal => "L’habilitation est illégale, et a été accordée il y a moins de quatre mois",
            Self::Fraud => "L’habilitation a été obtenue par fraude",
        }
    }

    /// As a form offers them: value, words, nothing more.
    pub fn choices() -> Vec<(String, &'static str, &'static str)> {
        Self::ALL.iter().map(|choice| (choice.to_string(), choice.label(), "")).collect()
    }

    /// As letters say it, after « En droit, ».
    pub fn in_law(self) -> &'static str {
        match self {
            Self::ConditionLost => {
                "l’administration peut, sans condition de délai, abroger une décision créatrice de droits dont le maintien est subordonné à une condition qui n’est plus remplie (code des relations entre le public et l’administration, article L.\u{a0}242-2, 1°). L’habilitation n’est maintenue que si le service respecte les conditions générales d’utilisation et le cahier des charges de FranceConnect."
            }
            Self::Illegal => {
                "l’administration peut abroger une décision créatrice de droits si elle est illégale et dans les quatre mois qui suivent le jour où elle a été prise (code des relations entre le public et l’administration, article L.\u{a0}242-1)."
            }
            Self::Fraud => {
                "un acte obtenu par fraude peut être, à tout moment, abrogé ou retiré (code des relations entre le public et l’administration, article L.\u{a0}241-2)."
            }
        }
    }

    /// Whether it may still found a measure that day, for a right granted on that one.
    pub fn is_open(self, granted_on: Date, today: Date) -> bool {
        self != Self::Illegal || today <= calendar::months_after(granted_on, 4)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_illegal_right_is_safe_after_four_months_and_the_others_are_not() {
        let granted_on = date(2026, 10, 31);
        for (today, open) in [(date(2027, 2, 28), true), (date(2027, 3, 1), false)] {
            assert_eq!(Ground::Illegal.is_open(granted_on, today), open, "{today}");
            assert!(Ground::ConditionLost.is_open(granted_on, today) && Ground::Fraud.is_open(granted_on, today));
        }
    }

    #[test]
    fn every_ground_cites_its_article_in_a_sentence() {
        for ground in Ground::ALL {
            assert!(ground.in_law().contains("article L.\u{a0}24") && ground.in_law().ends_with('.'));
        }
    }
}

//! A demande sent back and not answered: when its applicant may be warned, when it may be closed, and what they are told.

use jiff::civil::Date;

use crate::{
    calendar::{self, date_in_full as full},
    notifications::{Author, Passage},
};

/// Days without an answer after which the applicant of a plain request for changes may be warned: both reminders have left.
const PATIENCE: i32 = 30;

/// A warning that left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warning {
    /// When.
    pub on: Date,
    /// The last day to answer.
    pub limit_on: Date,
}

/// What a demande sent back waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// When it was sent back.
    pub asked_on: Date,
    /// The last day missing items could arrive; none when changes only were asked.
    pub items_until: Option<Date>,
    /// Its applicant is a private body, whom the CRPA protects.
    pub is_private: bool,
    /// What is being asked for is a change of a right.
    pub is_change: bool,
    /// The warning, once it left.
    pub warning: Option<Warning>,
}

/// How far its closing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A private body was asked for changes only: nothing but items the texts require, asked with a limit, lets its demande be closed (CRPA
    /// L114-5).
    NeedsItems,
    /// The applicant has time left: the warning may leave from that day on.
    Early {
        /// Which.
        from: Date,
    },
    /// The applicant may be warned.
    MayWarn,
    /// The applicant was, and has until that day.
    Warned(Warning),
    /// That day has passed.
    MayClose(Warning),
}

impl Stage {
    /// Whether the team has something to do about its closing.
    pub fn is_due(&self) -> bool {
        matches!(self, Self::MayWarn | Self::MayClose(_))
    }
}

impl Unanswered {
    /// Where it stands that day.
    pub fn stage(&self, today: Date) -> Stage {
        let from = match self.items_until {
            None if self.is_private => return Stage::NeedsItems,
            None => calendar::days_after(self.asked_on, PATIENCE),
            Some(limit) => calendar::days_after(limit, 1),
        };
        match self.warning {
            Some(warning) if today > warning.limit_on => Stage::MayClose(warning),
            Some(warning) => Stage::Warned(warning),
            None if today < from => Stage::Early { from },
            None => Stage::MayWarn,
        }
    }

    /// What was asked and did not come.
    pub(super) fn what_is_awaited(&self) -> String {
        match self.items_until {
            Some(limit) => format!("les pièces manquantes, demandées le {} et attendues jusqu’au {}", full(self.asked_on), full(limit)),
            None => format!("votre réponse aux modifications demandées le {}", full(self.asked_on)),
        }
    }

    /// What becomes of what was typed.
    fn what_is_kept(&self) -> &'static str {
        if self.is_change {
            "Ce qui vous a été accordé ne change pas. Les versions déposées restent lisibles, et vous pourrez de nouveau demander à le modifier."
        } else {
            "Tout ce que vous avez saisi est gardé\u{a0}: vous pourrez le reprendre quand vous voudrez dans une nouvelle demande."
        }
    }
}

/// To the applicant: the warning.
pub(in crate::review) fn of_warning(unanswered: &Unanswered, limit_on: Date, author: &Author) -> Passage {
    let law = if unanswered.items_until.is_some() {
        " (code des relations entre le public et l’administration, article L.\u{a0}114-5)"
    } else {
        ""
    };
    Passage::new(
        format!("Vous avez jusqu’au {} inclus pour répondre", full(limit_on)),
        [
            format!("Nous n’avons pas reçu {}.", unanswered.what_is_awaited()),
            format!(
                "Complétez la demande, puis déposez-la de nouveau. Sans réponse le {} au soir, nous pourrons {} sans suite{law}\u{a0}: nous cesserons de l’instruire.",
                full(limit_on),
                if unanswered.is_change { "classer cette modification" } else { "la classer" }
            ),
            unanswered.what_is_kept().into(),
            format!("{}, {}, {}.", author.name, author.quality, author.service),
        ],
    )
}

/// To the applicant: the demande is closed, and why, in law and in fact.
pub(in crate::review) fn of_closing(unanswered: &Unanswered, warning: Warning, author: &Author) -> Passage {
    let law = if unanswered.items_until.is_some() {
        "En droit, une demande à laquelle manquent des pièces que les textes exigent ne peut pas être décidée, et le délai fixé pour les envoyer est passé (code des relations entre le public et l’administration, article L.\u{a0}114-5)."
    } else if unanswered.is_change {
        "La modification ne peut pas être instruite sans la réponse de son auteur. Aucun texte ne fixe de délai à une administration\u{a0}: vous pouvez la redemander à tout moment."
    } else {
        "La demande ne peut pas être instruite sans la réponse de son auteur. Aucun texte ne fixe de délai pour la demande d’une administration\u{a0}: vous pouvez la reprendre à tout moment."
    };
    Passage::new(
        "Les raisons de ce classement",
        [
            law.to_owned(),
            format!(
                "En fait, nous n’avons pas reçu {}. L’avertissement du {}, qui vous donnait jusqu’au {} pour répondre, est resté sans réponse.",
                unanswered.what_is_awaited(),
                full(warning.on),
                full(warning.limit_on)
            ),
            format!("Votre service n’a pas été jugé. {}", unanswered.what_is_kept()),
            format!("{}, {}, {}.", author.name, author.quality, author.service),
        ],
    )
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    use super::*;

    const ASKED: Date = date(2026, 12, 3);

    fn of(items_until: Option<Date>, is_private: bool) -> Unanswered {
        Unanswered { asked_on: ASKED, items_until, is_private, is_change: false, warning: None }
    }

    #[test]
    fn an_administration_is_warned_after_thirty_days_and_closed_after_the_limit() {
        let silent = of(None, false);
        assert_eq!(silent.stage(date(2027, 1, 1)), Stage::Early { from: date(2027, 1, 2) });
        assert_eq!(silent.stage(date(2027, 1, 2)), Stage::MayWarn);
        let warning = Warning { on: date(2027, 1, 4), limit_on: date(2027, 1, 19) };
        let warned = Unanswered { warning: Some(warning), ..silent };
        assert_eq!(warned.stage(date(2027, 1, 19)), Stage::Warned(warning), "the last day is theirs");
        assert_eq!(warned.stage(date(2027, 1, 20)), Stage::MayClose(warning));
    }

    #[test]
    fn a_private_body_is_only_closed_over_items_asked_with_a_limit_that_passed() {
        assert_eq!(of(None, true).stage(date(2028, 1, 1)), Stage::NeedsItems);
        let asked = of(Some(date(2026, 12, 24)), true);
        assert_eq!(asked.stage(date(2026, 12, 24)), Stage::Early { from: date(2026, 12, 25) });
        assert_eq!(asked.stage(date(2026, 12, 25)), Stage::MayWarn);
    }

    #[test]
    fn the_article_is_cited_where_it_applies_and_nowhere_else() {
        let author = Author { name: "Nadia Ferrand".into(), quality: "Instructrice".into(), service: "DINUM".into() };
        let warning = Warning { on: date(2027, 1, 4), limit_on: date(2027, 1, 19) };
        for (unanswered, cites) in [(of(Some(date(2026, 12, 24)), true), true), (of(None, false), false)] {
            let warned = of_warning(&unanswered, warning.limit_on, &author).says.concat();
            let closed = of_closing(&unanswered, warning, &author).says.concat();
            assert_eq!((warned.contains("114-5"), closed.contains("114-5")), (cites, cites), "{warned} {closed}");
            assert!(closed.contains("19\u{a0}janvier\u{a0}2027") && closed.contains("Votre service n’a pas été jugé"), "{closed}");
        }
        let change = Unanswered { is_change: true, ..of(None, false) };
        assert!(of_closing(&change, warning, &author).says.concat().contains("Ce qui vous a été accordé ne change pas"));
    }

    proptest! {
        /// Nothing is closed without a warning whose limit has passed, whatever the facts.
        #[test]
        fn nobody_is_closed_unwarned(days in 0_i32..800, limit in proptest::option::of(15_i32..180), is_private: bool, warned in proptest::option::of(15_i32..180)) {
            let warning = warned.map(|days| Warning { on: ASKED, limit_on: calendar::days_after(ASKED, days) });
            let unanswered = Unanswered { warning, ..of(limit.map(|days| calendar::days_after(ASKED, days)), is_private) };
            let today = ASKED + days.days();
            let may_close = matches!(unanswered.stage(today), Stage::MayClose(_));
            prop_assert!(!may_close || warning.is_some_and(|warning| warning.limit_on < today));
        }
    }
}

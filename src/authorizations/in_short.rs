//! What a list of demandes says of a right that does not stand as it was granted.

use time::{Date, OffsetDateTime};

use super::State;
use crate::{applications::RightInShort, calendar};

/// Says it, since the moment it changed and until the day its suspension ends; nothing of a right that may be used.
pub(super) fn in_short(state: State, changed_at: Option<OffsetDateTime>, suspended_until: Option<Date>) -> Option<RightInShort> {
    let day = changed_at.map(calendar::day);
    let since = day.as_ref().map(|day| format!(" depuis le {day}")).unwrap_or_default();
    let (label, sentence) = match state {
        State::Active => return None,
        State::Suspended => {
            let until = suspended_until.map(|day| format!(", jusqu’au {}", calendar::written(day))).unwrap_or_default();
            ("Habilitation suspendue", format!("L’habilitation est suspendue{since}{until}."))
        }
        State::Revoked => ("Habilitation révoquée", format!("L’habilitation est révoquée{since}.")),
        State::Superseded => ("Habilitation remplacée", format!("L’habilitation est remplacée{since}.")),
        State::Expired => {
            let on = day.map(|day| format!(" le {day}")).unwrap_or_default();
            ("Habilitation expirée", format!("L’habilitation a pris fin{on}."))
        }
    };
    Some(RightInShort { label, badge: state.badge(), sentence })
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn a_right_that_stands_needs_no_words_and_the_others_say_since_when() {
        let changed = Some(datetime!(2027-03-03 09:00 UTC));
        for (state, until, sentence) in [
            (State::Active, None, None),
            (
                State::Suspended,
                Some(date!(2027 - 06 - 30)),
                Some("L’habilitation est suspendue depuis le 3 mars 2027, jusqu’au 30 juin 2027."),
            ),
            (State::Revoked, None, Some("L’habilitation est révoquée depuis le 3 mars 2027.")),
            (State::Superseded, None, Some("L’habilitation est remplacée depuis le 3 mars 2027.")),
            (State::Expired, None, Some("L’habilitation a pris fin le 3 mars 2027.")),
        ] {
            let said = in_short(state, changed, until).map(|right| right.sentence.replace('\u{a0}', " "));
            assert_eq!(said.as_deref(), sentence, "{state}");
        }
    }
}

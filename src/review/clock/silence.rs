//! A decision nobody took: two months of silence did (CRPA L231-1, L231-4).

use jiff::civil::Date;

use crate::{calendar, config::SilenceEffect};

/// What silence decided, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SilenceDecision {
    /// On which version.
    pub version: i32,
    /// That version changes what was granted.
    pub is_change: bool,
    /// Acceptance or rejection.
    pub effect: SilenceEffect,
    /// The day.
    pub on: Date,
}

impl SilenceDecision {
    /// What a reviewer who comes after it is told.
    pub fn sentence(self) -> String {
        let on = calendar::date_in_full(self.on);
        match self.effect {
            SilenceEffect::Acceptance => format!(
                "Le silence a valu acceptation de cette demande le {on}\u{a0}: elle ne peut plus être refusée ni complétée. L’habilitation attend la signature d’une personne."
            ),
            SilenceEffect::Rejection => format!("Le silence a valu rejet de cette demande le {on}\u{a0}: c’est une décision implicite."),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn whoever_comes_after_silence_is_told_what_it_decided_and_when() {
        let on = date(2027, 2, 3);
        let rejected = SilenceDecision { version: 1, is_change: false, effect: SilenceEffect::Rejection, on }.sentence();
        assert!(rejected.contains("valu rejet") && rejected.contains("3\u{a0}février\u{a0}2027"), "{rejected}");
        let accepted = SilenceDecision { version: 1, is_change: false, effect: SilenceEffect::Acceptance, on }.sentence();
        assert!(accepted.contains("ne peut plus être refusée") && accepted.contains("signature d’une personne"), "{accepted}");
    }
}

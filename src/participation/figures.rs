//! The figures of a month (S1), and what can be computed of them.

use std::fmt::{self, Display, Formatter};

pub use crate::text::grouped;

/// What a participant counts each month: through FranceConnect, and in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Connections through FranceConnect.
    pub connections_through_fc: u64,
    /// Connections by any means.
    pub connections: u64,
    /// Accounts created through FranceConnect.
    pub accounts_through_fc: u64,
    /// Accounts created by any means.
    pub accounts: u64,
}

impl Figures {
    /// The share of FranceConnect in connections; none when there was none.
    pub fn share_of_connections(&self) -> Option<Tenths> {
        Tenths::share(self.connections_through_fc, self.connections)
    }

    /// The share of FranceConnect in the accounts created; none when there was none.
    pub fn share_of_accounts(&self) -> Option<Tenths> {
        Tenths::share(self.accounts_through_fc, self.accounts)
    }
}

/// A percentage, in tenths of a percent: 279 is « 27,9 % ».
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Tenths(pub i32);

impl Tenths {
    /// A part in a whole, rounded to the nearest tenth.
    pub fn share(part: u64, whole: u64) -> Option<Self> {
        if whole == 0 {
            return None;
        }
        let (part, whole) = (u128::from(part), u128::from(whole));
        i32::try_from((part * 2000 + whole) / (2 * whole)).ok().map(Self)
    }

    /// How much `after` is above or below `before`; none when nothing was before.
    pub fn growth(before: u64, after: u64) -> Option<Self> {
        Self::share(after, before).map(|ratio| Self(ratio.0.saturating_sub(1000)))
    }

    /// Reads a percentage as people write it, with a sign or not: « 3,2 », « -1.5 », « + 4 % ».
    ///
    /// # Errors
    /// The sentence for the person.
    pub fn read(typed: &str) -> Result<Self, &'static str> {
        const WRONG: &str = "Indiquez un pourcentage, avec une décimale au plus. Exemples : 3,2 ou -1,5";
        let written: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '%').map(|c| if c == '−' { '-' } else { c }).collect();
        if written.is_empty() {
            return Err("Indiquez un pourcentage ; 0 si vous n’avez constaté aucune croissance.");
        }
        let (sign, digits) = match written.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, written.strip_prefix('+').unwrap_or(&written)),
        };
        let (whole, tenth) = digits.split_once([',', '.']).unwrap_or((digits, "0"));
        let number = |part: &str, most: usize| -> Option<i32> {
            let is_number = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { part.parse().ok() } else { None }
        };
        let (Some(whole), Some(tenth)) = (number(whole, 5), number(tenth, 1)) else { return Err(WRONG) };
        let read = sign * (whole * 10 + tenth);
        if (-1000..=100_000).contains(&read) { Ok(Self(read)) } else { Err("Indiquez un pourcentage entre -100 et 10 000.") }
    }

    /// As a field holds it: « -1,5 ».
    pub fn typed(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, tenth) = (self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10);
        if tenth == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole},{tenth}") }
    }

    /// With its sign: « +3,2 % ».
    pub fn signed(self) -> String {
        if self.0 > 0 { format!("+{self}") } else { self.to_string() }
    }

    /// Without its unit nor its sign: « 2,8 ».
    pub fn points(self) -> String {
        let absolute = self.0.unsigned_abs();
        format!("{},{}", grouped(u64::from(absolute / 10)), absolute % 10)
    }
}

impl Display for Tenths {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}\u{a0}%", if self.0 < 0 { "−" } else { "" }, self.points())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_share_is_written_to_the_nearest_tenth() {
        for (part, whole, expected) in [
            (4812, 17240, Some("27,9\u{a0}%")),
            (1, 3, Some("33,3\u{a0}%")),
            (2, 3, Some("66,7\u{a0}%")),
            (0, 5, Some("0,0\u{a0}%")),
            (1, 0, None),
        ] {
            assert_eq!(Tenths::share(part, whole).map(|share| share.to_string()).as_deref(), expected);
        }
        assert_eq!(Tenths::growth(200, 150).map(Tenths::signed).as_deref(), Some("−25,0\u{a0}%"));
        assert_eq!(Tenths::growth(4_200, 17_240).map(Tenths::signed).as_deref(), Some("+310,5\u{a0}%"));
    }

    #[test]
    fn a_percentage_is_read_as_people_write_it() {
        for (typed, tenths) in
            [("3,2", 32), ("3.2", 32), ("-1,5", -15), ("− 1,5 %", -15), ("+4", 40), ("0", 0), ("10 000", 100_000), ("-100", -1000)]
        {
            assert_eq!(Tenths::read(typed), Ok(Tenths(tenths)), "{typed:?}");
        }
        for typed in ["", "%", "beaucoup", "3,25", "1e3", "--1", "10001", "-100,1", "1,2,3", ",5", "999999999999"] {
            assert!(Tenths::read(typed).is_err(), "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn a_share_lies_between_nothing_and_all(whole in 1u64..=100_000_000_000, part in 0u64..=100_000_000_000) {
            let share = Tenths::share(part.min(whole), whole).expect("something");
            prop_assert!((0..=1000).contains(&share.0));
        }

        #[test]
        fn a_percentage_is_read_back(tenths in -1000i32..=100_000) {
            prop_assert_eq!(Tenths::read(&Tenths(tenths).typed()), Ok(Tenths(tenths)));
        }
    }
}

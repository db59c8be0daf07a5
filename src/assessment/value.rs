//! A value of a figure, or why there is none to read.

use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Serialize};

use crate::{
    participation::{Tenths, grouped},
    spreadsheet::Cell,
};

/// A value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// How many.
    Count(u64),
    /// A part of a whole.
    Share(Tenths),
    /// More or less than before.
    Growth(Tenths),
    /// Days.
    Days(u32),
    /// It cannot be computed, and why.
    Unknown(Unknown),
    /// It would tell the business of one participant.
    Hidden,
}

/// Why a value cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unknown {
    /// Nobody reported anything.
    NoReport,
    /// Reports say zero: nothing can be shared out.
    NothingCounted,
    /// No report is about a whole month.
    NoWholeMonth,
    /// Nothing was there before FranceConnect: nothing to compare with.
    NoBaseline,
    /// No decision was signed.
    NoDecision,
    /// No report was due.
    NothingDue,
    /// No place was granted.
    NoPlace,
}

impl Unknown {
    /// Why, in a few words.
    pub fn because(self) -> &'static str {
        match self {
            Self::NoReport => "aucun rapport reçu",
            Self::NothingCounted => "les rapports comptent zéro",
            Self::NoWholeMonth => "aucun rapport d’un mois entier",
            Self::NoBaseline => "rien n’était compté avant FranceConnect",
            Self::NoDecision => "aucune décision signée",
            Self::NothingDue => "aucun rapport n’était dû",
            Self::NoPlace => "aucune place accordée",
        }
    }
}

impl Value {
    /// A share, or why there is none.
    pub fn share(part: u64, whole: u64, otherwise: Unknown) -> Self {
        Tenths::share(part, whole).map_or(Self::Unknown(otherwise), Self::Share)
    }

    /// Its share in tenths of a percent, when it is one that can be read.
    pub fn tenths(self) -> Option<Tenths> {
        match self {
            Self::Share(tenths) | Self::Growth(tenths) => Some(tenths),
            _ => None,
        }
    }

    /// Whether there is a number to read.
    pub fn is_number(self) -> bool {
        !matches!(self, Self::Unknown(_) | Self::Hidden)
    }

    /// For a spreadsheet: a number, or nothing.
    pub fn cell(self) -> Cell {
        match self {
            Self::Count(count) => Cell::Whole(i64::try_from(count).unwrap_or(i64::MAX)),
            Self::Share(tenths) | Self::Growth(tenths) => Cell::Tenths(tenths.0.into()),
            Self::Days(days) => Cell::Whole(days.into()),
            Self::Unknown(_) | Self::Hidden => Cell::Empty,
        }
    }

    /// The unit of that number.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Share(_) | Self::Growth(_) => "%",
            Self::Days(_) => "jours",
            _ => "",
        }
    }

    /// Why there is no number, for a spreadsheet.
    pub fn remark(self) -> String {
        match self {
            Self::Hidden | Self::Unknown(_) => self.to_string(),
            _ => String::new(),
        }
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => f.write_str(&grouped(*count)),
            Self::Share(tenths) => tenths.fmt(f),
            Self::Growth(tenths) => f.write_str(&tenths.signed()),
            Self::Days(days) => write!(f, "{days}\u{a0}{}", if *days < 2 { "jour" } else { "jours" }),
            Self::Unknown(unknown) => write!(f, "non calculable\u{a0}: {}", unknown.because()),
            Self::Hidden => f.write_str("masqué"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_divided_by_zero() {
        assert_eq!(Value::share(0, 0, Unknown::NothingCounted), Value::Unknown(Unknown::NothingCounted));
        assert_eq!(Value::share(0, 4, Unknown::NothingCounted), Value::Share(Tenths(0)));
        assert_eq!(Value::share(1, 3, Unknown::NothingCounted), Value::Share(Tenths(333)));
    }

    #[test]
    fn a_value_that_is_none_says_why_and_is_an_empty_cell() {
        for (value, said) in [(Value::Unknown(Unknown::NoReport), "non calculable\u{a0}: aucun rapport reçu"), (Value::Hidden, "masqué")]
        {
            assert_eq!((value.to_string().as_str(), value.cell(), value.unit()), (said, Cell::Empty, ""));
            assert_eq!(value.remark(), said);
        }
    }

    #[test]
    fn values_are_written_as_french_writes_them() {
        let written =
            [Value::Count(17_240), Value::Share(Tenths(279)), Value::Growth(Tenths(32)), Value::Growth(Tenths(-5)), Value::Days(1)];
        let said = ["17\u{a0}240", "27,9\u{a0}%", "+3,2\u{a0}%", "−0,5\u{a0}%", "1\u{a0}jour"];
        assert_eq!(written.map(|value| value.to_string()), said);
        assert_eq!(Value::Growth(Tenths(-5)).cell(), Cell::Tenths(-5));
    }
}

//! What a spreadsheet is given, one value at a time.

use jiff::civil::Date;

/// A value and how a spreadsheet reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is known, or there is nothing to know.
    Empty,
    /// Words, and numbers nobody adds up.
    Text(String),
    /// A number.
    Whole(i64),
    /// A number with one decimal, in tenths: 279 is 27,9.
    Tenths(i64),
    /// A day.
    Day(Date),
}

impl Cell {
    /// Words; none is an empty cell.
    pub fn text(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Empty } else { Self::Text(words) }
    }

    /// Words that may be missing.
    pub fn maybe(words: Option<impl Into<String>>) -> Self {
        words.map_or(Self::Empty, Self::text)
    }
}

/// Whether a spreadsheet could take a text for a formula, or for the start of one in the cell beside (OWASP, « CSV injection »).
pub fn looks_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_compute_is_known() {
        for formula in ["=1+1", "+33612345678", "-2", "@SUM(A1)", "\tx", "\r=1", "\n=1", "＝1"] {
            assert!(looks_like_a_formula(formula), "{formula:?}");
        }
        for text in ["", "Commune", "'=1", " =1", "21920023500014", "a=b"] {
            assert!(!looks_like_a_formula(text), "{text:?}");
        }
    }
}

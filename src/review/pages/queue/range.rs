//! Which part of a list a page shows, in words, and which pages are around it.

use super::List;
use crate::review::queue::{Cursor, MOST_COUNTED, PAGE, Row};

/// Keeps a page of the rows found, and says which pages are around it.
pub(super) fn cut(rows: &mut Vec<Row>, list: &List) -> (Option<List>, Option<List>) {
    let has_more = rows.len() > PAGE;
    if has_more && matches!(list.from, Cursor::Before(_)) {
        rows.remove(0);
    }
    rows.truncate(PAGE);
    let (is_after_start, has_next) = match list.from {
        Cursor::Start => (false, has_more),
        Cursor::After(_) => (true, has_more),
        Cursor::Before(_) => (has_more, true),
    };
    let at = |from| List { filter: list.filter.clone(), from };
    let previous = rows.first().filter(|_| is_after_start).map(|row| at(Cursor::Before(row.id)));
    let next = rows.last().filter(|_| has_next).map(|row| at(Cursor::After(row.id)));
    (previous, next)
}

/// What is known of the place of a page in its list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Range {
    /// Rows on the page.
    pub shown: usize,
    /// The number of the first of them in the list, when it was counted.
    pub first: Option<i64>,
    /// How many the list holds, when it was counted: beyond [`MOST_COUNTED`] it holds more.
    pub total: Option<i64>,
    /// Nothing comes before nor after.
    pub is_whole: bool,
}

const ORDER: &str = "du plus ancien au plus récent";

impl Range {
    /// « 1 à 50 sur 123, du plus ancien au plus récent »: never more than is known.
    pub fn in_words(self) -> String {
        let Self { shown, first, total, is_whole } = self;
        let total = total.or_else(|| is_whole.then(|| i64::try_from(shown).unwrap_or(i64::MAX)));
        let last = first.map(|first| first + i64::try_from(shown).unwrap_or(0) - 1).filter(|last| *last <= MOST_COUNTED);
        let place = first
            .zip(last)
            .map(|(first, last)| if first == last { grouped(first) } else { format!("{} à {}", grouped(first), grouped(last)) });
        match (place, total) {
            (_, Some(0 | 1)) => String::new(),
            (_, Some(total)) if is_whole => format!("{}\u{a0}dossiers, {ORDER}", grouped(total)),
            (Some(place), Some(total)) => format!("{place} sur {}, {ORDER}", up_to_the_most(total)),
            (None, Some(total)) => format!("{}\u{a0}dossiers, {ORDER}", capitalised(&up_to_the_most(total))),
            (Some(place), None) => format!("{place} d’une liste trop longue pour être comptée, {ORDER}"),
            (None, None) => format!("Liste trop longue pour être comptée, {ORDER}"),
        }
    }
}

fn up_to_the_most(total: i64) -> String {
    if total > MOST_COUNTED { format!("plus de {}", grouped(MOST_COUNTED)) } else { grouped(total) }
}

fn capitalised(words: &str) -> String {
    words.replacen("plus de", "Plus de", 1)
}

/// « 12 345 », with no-break spaces.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join("\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_which_part_of_the_list_it_shows_and_nothing_it_does_not_know() {
        for (shown, first, total, is_whole, words) in [
            (41, Some(1), Some(41), true, "41 dossiers, du plus ancien au plus récent"),
            (1, Some(1), Some(1), true, ""),
            (0, None, Some(0), true, ""),
            (50, Some(1), Some(123), false, "1 à 50 sur 123, du plus ancien au plus récent"),
            (1, Some(51), Some(51), false, "51 sur 51, du plus ancien au plus récent"),
            (50, Some(1), Some(10_001), false, "1 à 50 sur plus de 10 000, du plus ancien au plus récent"),
            (50, Some(10_001), Some(10_001), false, "Plus de 10 000 dossiers, du plus ancien au plus récent"),
            (50, Some(1), None, false, "1 à 50 d’une liste trop longue pour être comptée, du plus ancien au plus récent"),
            (50, None, None, false, "Liste trop longue pour être comptée, du plus ancien au plus récent"),
            (7, Some(1), None, true, "7 dossiers, du plus ancien au plus récent"),
        ] {
            assert_eq!(Range { shown, first, total, is_whole }.in_words().replace('\u{a0}', " "), words);
        }
    }
}

//! What somebody types to find an organisation by its name, and which answers come first.

use std::{cmp::Reverse, fmt::Write};

use super::words::words_of;
use crate::{organisations::Siret, text};

/// Characters one may type.
const LONGEST: usize = 100;
/// Words looked for; the others only made the answer longer to find.
const MOST_WORDS: usize = 8;
/// From this many letters on, the beginning of a word is enough.
const LEAST_BEGINNING: usize = 3;
/// What people write for what the register writes, and the other way round.
const SAME: [(&str, &str); 5] =
    [("mairie", "commune"), ("ville", "commune"), ("saint", "st"), ("sainte", "ste"), ("departement", "departemental")];

/// Words to be found, each of them, in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSearch {
    /// Each with what stands for it.
    words: Vec<Vec<String>>,
}

/// Why a search cannot be made; its `Display` is the sentence shown beside the field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SearchFault {
    /// Nothing to look for.
    #[error("Indiquez au moins un mot du nom, par exemple : mairie Clamart.")]
    NoWord,
    /// A single letter, or two.
    #[error("C’est trop court pour chercher. Indiquez un mot entier du nom, par exemple : mairie Clamart.")]
    TooShort,
    /// Too long, or invisible characters.
    #[error(transparent)]
    Text(#[from] text::TextFault),
}

/// An establishment a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its number.
    pub siret: Siret,
    /// The name of its legal unit.
    pub name: String,
    /// Its own name or sign, or nothing.
    pub sign: String,
    /// Postal code, or nothing.
    pub postal_code: String,
    /// Town, or nothing.
    pub town: String,
    /// It is open and its legal unit has not ceased.
    pub is_open: bool,
    /// The head office of its legal unit.
    pub is_head_office: bool,
    /// A body of public law (categories 4 and 7).
    pub is_public_law: bool,
}

impl NameSearch {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`SearchFault`] with the sentence to show.
    pub fn parse(typed: &str) -> Result<Self, SearchFault> {
        let mut words = words_of(&text::optional_line(typed, LONGEST)?);
        if words.is_empty() {
            return Err(SearchFault::NoWord);
        }
        if words.iter().all(|word| word.chars().count() < LEAST_BEGINNING) {
            return Err(SearchFault::TooShort);
        }
        words.truncate(MOST_WORDS);
        Ok(Self { words: words.into_iter().map(with_its_likes).collect() })
    }

    /// As PostgreSQL reads it: `('mairie':* | 'commune':*) & 'clamart':*`. Words hold letters and digits only.
    pub(super) fn tsquery(&self) -> String {
        let mut query = String::new();
        for (index, likes) in self.words.iter().enumerate() {
            let alternatives: Vec<String> =
                likes.iter().map(|word| format!("'{word}'{}", if is_a_beginning(word) { ":*" } else { "" })).collect();
            let joint = if index == 0 { "" } else { " & " };
            let _ = write!(query, "{joint}({})", alternatives.join(" | "));
        }
        query
    }

    /// Open head offices, other open ones, the rest; in each, those whose own name says what was typed, then bodies of public law, then
    /// short names.
    pub(super) fn best_first(&self, mut found: Vec<Found>) -> Vec<Found> {
        found.sort_by_cached_key(|one| {
            let words = words_of(&one.name);
            (
                !one.is_open,
                !one.is_head_office,
                Reverse(self.count_in(&words)),
                !one.is_public_law,
                words.len(),
                one.siret.as_str().to_owned(),
            )
        });
        found
    }

    /// How many of its words are among these.
    fn count_in(&self, words: &[String]) -> usize {
        let is_there =
            |like: &String| words.iter().any(|word| if is_a_beginning(like) { word.starts_with(like.as_str()) } else { word == like });
        self.words.iter().filter(|likes| likes.iter().any(is_there)).count()
    }
}

fn is_a_beginning(word: &str) -> bool {
    word.chars().count() >= LEAST_BEGINNING
}

fn with_its_likes(word: String) -> Vec<String> {
    let likes = SAME.iter().filter_map(|(one, other)| match word.as_str() {
        word if word == *one => Some((*other).to_owned()),
        word if word == *other => Some((*one).to_owned()),
        _ => None,
    });
    let likes: Vec<String> = likes.collect();
    [vec![word], likes].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(typed: &str) -> String {
        NameSearch::parse(typed).expect("words").tsquery()
    }

    #[test]
    fn words_are_looked_for_by_their_beginnings() {
        assert_eq!(query("Vélo à Tulle"), "('velo':*) & ('tulle':*)");
        assert_eq!(query("mairie d’Hay"), "('mairie':* | 'commune':*) & ('hay':*)");
        assert_eq!(query("St Malo"), "('st' | 'saint':*) & ('malo':*)");
        assert_eq!(query("o'neill' | & ! <-> :* \\ ('"), "('o') & ('neill':*)");
        assert_eq!(query("un deux trois quatre cinq six sept huit neuf").matches('&').count(), 7);
    }

    #[test]
    fn what_cannot_be_looked_for_is_told() {
        for (typed, fault) in
            [("", SearchFault::NoWord), (" de la ", SearchFault::NoWord), ("x", SearchFault::TooShort), ("e n", SearchFault::TooShort)]
        {
            assert_eq!(NameSearch::parse(typed), Err(fault), "{typed:?}");
        }
        assert!(matches!(NameSearch::parse(&"a".repeat(101)), Err(SearchFault::Text(_))));
        assert!(matches!(NameSearch::parse("a\0b"), Err(SearchFault::Text(_))));
    }

    #[test]
    fn the_town_hall_comes_before_its_neighbours() {
        let found = |siret: &str, name: &str, is_open, is_head_office, is_public_law| Found {
            siret: Siret::try_from(siret.to_owned()).expect("fourteen digits"),
            name: name.into(),
            sign: String::new(),
            postal_code: "92140".into(),
            town: "CLAMART".into(),
            is_open,
            is_head_office,
            is_public_law,
        };
        let closed = found("21920023500022", "COMMUNE DE CLAMART", false, false, true);
        let school = found("21920023500030", "COMMUNE DE CLAMART", true, false, true);
        let bakery = found("41816609600069", "AU PAIN DE CLAMART", true, true, false);
        let office = found("26920031100018", "CENTRE COMMUNAL D'ACTION SOCIALE", true, true, true);
        let town_hall = found("21920023500014", "COMMUNE DE CLAMART", true, true, true);
        let all = vec![closed.clone(), school.clone(), office.clone(), bakery.clone(), town_hall.clone()];
        let search = NameSearch::parse("Clamart").expect("a word");
        assert_eq!(search.best_first(all), [town_hall, bakery, office, school, closed]);
    }
}

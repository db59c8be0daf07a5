//! The assessment of a campaign as it is read: words, figures, passages. An edition is one that nothing changes any more.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use super::{Figure, Key, Quote, Tag};
use crate::{calendar, chart::Chart, participation::of_monthly_shares};

/// The assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What people call the campaign.
    pub title: String,
    /// The order that allows it.
    pub legal_basis: String,
    /// Where the order is published.
    pub legal_basis_url: String,
    /// Its last day, 2028-01-10.
    pub ends_on: String,
    /// The day the figures were counted, 2027-12-01.
    pub counted_on: String,
    /// What comes before the figures.
    pub introduction: String,
    /// What comes after.
    pub conclusion: String,
    /// The figures.
    pub figures: Vec<Figure>,
    /// What users say.
    pub quotes: Vec<Quote>,
}

/// What was published.
#[derive(Clone, Debug)]
pub struct Edition {
    /// From 1.
    pub number: i32,
    /// What it says, for ever.
    pub content: Content,
    /// Why there is another one; nothing for the first.
    pub reason: String,
    /// Who published it, by the name of that day.
    pub author: String,
    /// When.
    pub published_at: OffsetDateTime,
}

/// The words around the figures, as they were last saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Counts the savings; 0 before the first.
    pub revision: i32,
    /// What comes before the figures.
    pub introduction: String,
    /// What comes after.
    pub conclusion: String,
    /// Who saved it; nobody yet when nothing was.
    pub author: String,
    /// When.
    pub saved_at: Option<OffsetDateTime>,
}

impl Content {
    /// A figure.
    pub fn figure(&self, key: Key) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.key == key)
    }

    /// The share of FranceConnect in connections and in the accounts created, month by month; none when no month can be shown.
    pub fn chart(&self) -> Option<Chart> {
        let [connections, accounts] =
            [Key::Connections, Key::Accounts].map(|key| self.figure(key).map(Figure::monthly_shares).unwrap_or_default());
        let accounts_of = |month| accounts.iter().find(|(of, _)| *of == month).and_then(|(_, share)| *share);
        let shares: Vec<_> = connections.iter().map(|(month, share)| (*month, *share, accounts_of(*month))).collect();
        of_monthly_shares(&shares)
    }

    /// What tells this text and these figures from any others: whoever publishes sends back the one they read.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which its types exclude.
    pub fn fingerprint(&self) -> Result<String, serde_json::Error> {
        let mut written = String::new();
        for byte in Sha256::digest(serde_json::to_string(self)?) {
            let _infallible = write!(written, "{byte:02x}");
        }
        Ok(written)
    }

    /// The passages by what they are about; those about two things stand under the first.
    pub fn quotes_by_tag(&self) -> Vec<(Tag, Vec<&Quote>)> {
        let of = |tag: Tag| self.quotes.iter().filter(|quote| quote.tags.first() == Some(&tag)).collect();
        Tag::ALL.iter().map(|tag| (*tag, of(*tag))).filter(|(_, quotes): &(Tag, Vec<&Quote>)| !quotes.is_empty()).collect()
    }

    /// The last day of the campaign, in full.
    pub fn ends_on_in_full(&self) -> String {
        in_full(&self.ends_on)
    }

    /// The day the figures were counted, in full.
    pub fn counted_on_in_full(&self) -> String {
        in_full(&self.counted_on)
    }
}

fn in_full(kept: &str) -> String {
    kept.parse().map_or_else(|_| kept.to_owned(), calendar::date_in_full)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::assessment::{Headline, Reader, Row, Table, Value, shares};

    /// An assessment with a figure, a passage and something that looks like a formula.
    pub fn example() -> Content {
        let table = Table {
            caption: "Participants par secteur".into(),
            of: "Secteur".into(),
            columns: vec!["Participants".into(), "En cours".into()],
            rows: vec![Row { name: "Santé".into(), month: None, values: vec![Value::Count(2), Value::Hidden] }],
        };
        let participants = Figure {
            key: Key::Participants,
            name: "Participants par secteur".into(),
            definition: "Ceux dont l’accès a ouvert.".into(),
            unit: "participants".into(),
            headlines: vec![Headline::new("Participants", Value::Count(2))],
            tables: vec![table],
        };
        Content {
            title: "Expérimentation 2027".into(),
            legal_basis: "Arrêté du 4 janvier 2027".into(),
            legal_basis_url: "https://www.legifrance.gouv.fr/".into(),
            ends_on: "2028-01-10".into(),
            counted_on: "2027-12-01".into(),
            introduction: "Une année\nd’essais.".into(),
            conclusion: "À poursuivre.".into(),
            figures: vec![participants, shares::of_connections(&[], Reader::Public)],
            quotes: vec![Quote { words: "=plus rapide".into(), tags: vec![Tag::Speed, Tag::Trust] }],
        }
    }

    #[test]
    fn what_is_kept_is_read_back_the_same() {
        let kept = serde_json::to_value(example()).expect("JSON");
        let read: Content = serde_json::from_value(kept).expect("an assessment");
        assert_eq!(read, example());
        assert_eq!(read.fingerprint().expect("JSON"), example().fingerprint().expect("JSON"));
        let other = Content { conclusion: "À abandonner.".into(), ..example() };
        assert_ne!(other.fingerprint().expect("JSON"), example().fingerprint().expect("JSON"));
    }

    #[test]
    fn nothing_is_drawn_before_a_month_can_be_shown() {
        assert_eq!(example().chart(), None);
    }

    #[test]
    fn a_passage_about_two_things_stands_once() {
        let example = example();
        let standing: Vec<(Tag, usize)> = example.quotes_by_tag().into_iter().map(|(tag, quotes)| (tag, quotes.len())).collect();
        assert_eq!(standing, [(Tag::Speed, 1)]);
    }
}

//! Countries, by their French names, and what the protection of personal data says of each (rule S6: not outside the European Union).

use std::sync::LazyLock;

/// Codes, status and names: a table to be edited when the Commission decides, versioned with the program.
const COUNTRIES: &str = include_str!("countries.csv");

/// What it means that data are processed there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::VariantArray)]
pub enum Where {
    /// In the Union, its outermost regions included.
    #[strum(serialize = "union")]
    Union,
    /// In the European Economic Area, not in the Union.
    #[strum(serialize = "eee")]
    EconomicArea,
    /// In France, where Union law does not apply as such.
    #[strum(serialize = "outre_mer")]
    FrenchOverseas,
    /// The Commission found its protection adequate (RGPD article 45).
    #[strum(serialize = "adequation")]
    Adequate,
    /// Elsewhere.
    #[strum(serialize = "autre")]
    Elsewhere,
}

/// A country of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1, two letters.
    pub code: &'static str,
    /// In French.
    pub name: &'static str,
    /// What the protection of personal data says of it.
    pub place: Where,
}

/// The table, read once, each country with its name as it is looked for.
static TABLE: LazyLock<Vec<(Country, String)>> = LazyLock::new(|| {
    let rows = COUNTRIES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut words = line.split(';');
        let (code, place, name) = (words.next()?, words.next()?, words.next()?);
        Some((Country { code, name, place: place.parse().ok()? }, folded(name)))
    });
    rows.collect()
});

/// The countries, in the order of their names.
pub fn countries() -> impl Iterator<Item = Country> {
    TABLE.iter().map(|(country, _)| *country)
}

/// The country of that code, or of that name as people type it: without accents, hyphens or article.
pub fn find(typed: &str) -> Option<Country> {
    let wanted = folded(typed);
    let wanted = ["le ", "la ", "les ", "l "].iter().find_map(|article| wanted.strip_prefix(article)).unwrap_or(&wanted);
    let other = match wanted {
        "usa" | "us" => "US",
        "uk" | "angleterre" | "grande bretagne" => "GB",
        "hollande" => "NL",
        "republique tcheque" => "CZ",
        _ => wanted,
    };
    TABLE.iter().find(|(country, name)| country.code.eq_ignore_ascii_case(other) || name == other).map(|(country, _)| *country)
}

/// Lower case, accents and everything but letters left out.
fn folded(text: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    let plain: String = text.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the page proposes: the Union first, then the others.
pub fn choices() -> Vec<(&'static str, &'static str)> {
    let (inside, outside): (Vec<Country>, Vec<Country>) = countries().partition(|country| country.place == Where::Union);
    let (france, inside): (Vec<Country>, Vec<Country>) = inside.into_iter().partition(|country| country.code == "FR");
    france.into_iter().chain(inside).chain(outside).map(|country| (country.code, country.name)).collect()
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let lines = COUNTRIES.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(countries().count(), lines, "no row is passed over");
        let of = |place| countries().filter(|country| country.place == place).count();
        assert_eq!(Where::VARIANTS.iter().map(|place| of(*place)).sum::<usize>(), lines);
        // 27 members, Åland and the six French outermost regions
        assert_eq!((of(Where::Union), of(Where::EconomicArea)), (34, 3));
        assert_eq!(choices().len(), lines);
        assert_eq!(choices()[0].0, "FR");
    }

    #[test]
    fn a_country_is_found_as_people_write_it() {
        for (typed, code) in [
            ("France", "FR"),
            (" france ", "FR"),
            ("Allemagne", "DE"),
            ("Irlande", "IE"),
            ("les Pays-Bas", "NL"),
            ("Pays Bas", "NL"),
            ("ETATS UNIS", "US"),
            ("États-Unis", "US"),
            ("USA", "US"),
            ("l’Italie", "IT"),
            ("Royaume-Uni", "GB"),
            ("de", "DE"),
            ("Suisse", "CH"),
        ] {
            assert_eq!(find(typed).map(|country| country.code), Some(code), "{typed}");
        }
        for typed in ["", "Europe", "Fr4nce", "le cloud"] {
            assert_eq!(find(typed), None, "{typed}");
        }
    }
}

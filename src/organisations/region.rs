//! The region an organisation stands in, from the commune the register tells, or else from its postal code.

use super::{Location, lists};

/// One of the eighteen regions, or the overseas collectivities together: they are no region, and few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region(&'static str);

impl Region {
    /// All, by name.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = lists::regions().map(Self).collect();
        all.sort_by_key(|region| folded(region.0));
        all.dedup();
        all
    }

    /// By its name, as it was written down.
    pub fn named(name: &str) -> Option<Self> {
        lists::regions().find(|known| *known == name).map(Self)
    }

    /// Of a commune, by INSEE's five characters, or of the department they begin with: 2A and 2B are in Corsica, 97 and 98 need a third one.
    pub fn of_commune(code: &str) -> Option<Self> {
        lists::region_of(code).map(Self)
    }

    /// Of a postal code: its department, which it is not always (a few communes are served from the next one, seldom from another region).
    /// Corsica writes 20, the two islands off Guadeloupe its own numbers.
    pub fn of_postal_code(code: &str) -> Option<Self> {
        if code.len() != 5 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match code {
            "97133" => Self::of_commune("977"),
            "97150" => Self::of_commune("978"),
            _ if code.starts_with("20") => Self::of_commune("2A"),
            _ => Self::of_commune(code),
        }
    }

    /// Where an establishment stands: by its commune, or by its postal code when the register tells no commune. None abroad.
    pub fn of(location: &Location, postal_code: &str) -> Option<Self> {
        match location {
            Location::France { commune } => Self::of_commune(commune).or_else(|| Self::of_postal_code(postal_code)),
            Location::NotTold => Self::of_postal_code(postal_code),
            Location::Abroad { .. } => None,
        }
    }

    /// « Pays de la Loire ».
    pub fn name(self) -> &'static str {
        self.0
    }
}

/// As names are put in order: an accent counts for nothing.
fn folded(name: &str) -> String {
    name.replace('Î', "I").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_eighteen_regions_and_the_collectivities() {
        let all: Vec<&str> = Region::all().into_iter().map(Region::name).collect();
        assert_eq!((all.len(), all[0], all[18]), (19, "Auvergne-Rhône-Alpes", "Provence-Alpes-Côte d’Azur"));
        assert!(all.contains(&"Collectivités d’outre-mer") && all.contains(&"Île-de-France"));
        assert!(all.iter().all(|name| Region::named(name).map(Region::name) == Some(*name)));
        assert_eq!(Region::named("Aquitaine"), None);
    }

    #[test]
    fn a_commune_stands_in_a_region() {
        for (commune, region) in [
            ("49007", Some("Pays de la Loire")),
            ("2A004", Some("Corse")),
            ("2B033", Some("Corse")),
            ("75107", Some("Île-de-France")),
            ("97411", Some("La Réunion")),
            ("97611", Some("Mayotte")),
            ("97502", Some("Collectivités d’outre-mer")),
            ("98818", Some("Collectivités d’outre-mer")),
            ("976", Some("Mayotte")),
            ("69", Some("Auvergne-Rhône-Alpes")),
            ("99109", None),
            ("97", None),
            ("", None),
            ("é", None),
        ] {
            assert_eq!(Region::of_commune(commune).map(Region::name), region, "{commune}");
        }
    }

    #[test]
    fn a_postal_code_tells_its_region() {
        for (code, region) in [
            ("49000", Some("Pays de la Loire")),
            ("20090", Some("Corse")),
            ("20200", Some("Corse")),
            ("97133", Some("Collectivités d’outre-mer")),
            ("97150", Some("Collectivités d’outre-mer")),
            ("97110", Some("Guadeloupe")),
            ("98000", None),
            ("00123", None),
            ("4900", None),
            ("4900A", None),
            ("", None),
        ] {
            assert_eq!(Region::of_postal_code(code).map(Region::name), region, "{code}");
        }
    }

    #[test]
    fn the_commune_counts_before_the_postal_code_and_nothing_abroad() {
        let of = |location: Location, code| Region::of(&location, code).map(Region::name);
        let in_france = |commune: &str| Location::France { commune: commune.into() };
        assert_eq!(of(in_france("49007"), "75007"), Some("Pays de la Loire"));
        assert_eq!(of(in_france("00000"), "75007"), Some("Île-de-France"), "an unknown commune tells nothing");
        assert_eq!(of(Location::NotTold, "75007"), Some("Île-de-France"));
        assert_eq!(of(Location::NotTold, ""), None);
        assert_eq!(of(Location::Abroad { country: "Belgique".into() }, "75007"), None);
    }
}

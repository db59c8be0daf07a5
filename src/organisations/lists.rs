//! Reference lists the State publishes, kept as files with their source and version; `script/refresh-lists` writes them anew.

use std::{collections::BTreeMap, sync::LazyLock};

const NAF_REV2: &str = include_str!("lists/naf_rev2.csv");
const NAF_2025: &str = include_str!("lists/naf_2025.csv");
const DEPARTMENTS: &str = include_str!("lists/departements.csv");
const REGIONS: &str = include_str!("lists/regions.csv");

static ACTIVITIES: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| rows(NAF_REV2));
static ACTIVITIES_2025: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| rows(NAF_2025));
static NAMES: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| rows(DEPARTMENTS));
static IN_REGION: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| rows(REGIONS));

/// What INSEE calls an activity code of NAF rév. 2 (732 sub-classes) or of NAF 2025: « 85.59A » is « Formation continue d’adultes ». Their last
/// letters differ, so that a code is of one or the other.
pub fn activity_label(code: &str) -> Option<&'static str> {
    ACTIVITIES.get(code).or_else(|| ACTIVITIES_2025.get(code)).copied()
}

/// Every activity code of NAF rév. 2.
pub fn activity_codes() -> impl Iterator<Item = &'static str> {
    ACTIVITIES.keys().copied()
}

/// The activity codes of NAF 2025 that the desk knows.
pub fn activity_codes_2025() -> impl Iterator<Item = &'static str> {
    ACTIVITIES_2025.keys().copied()
}

/// The department of a commune, by INSEE's five characters: « Maine-et-Loire » for 49007, « Réunion » for 97411.
pub fn department_of(commune: &str) -> Option<&'static str> {
    NAMES.get(department_code(commune)?).copied()
}

/// The region of a commune, by the same characters: « Pays de la Loire » for 49007; overseas collectivities are told together.
pub(super) fn region_of(commune: &str) -> Option<&'static str> {
    IN_REGION.get(department_code(commune)?).copied()
}

/// The name of a region, as many times as it has departments.
pub(super) fn regions() -> impl Iterator<Item = &'static str> {
    IN_REGION.values().copied()
}

fn department_code(commune: &str) -> Option<&str> {
    let length = if commune.starts_with("97") || commune.starts_with("98") { 3 } else { 2 };
    commune.get(..length)
}

/// A line of source, then a code and its words a line.
fn rows(list: &'static str) -> BTreeMap<&'static str, &'static str> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(';')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_whole_and_hold_no_code_twice() {
        for (list, rows, source, count) in [
            (NAF_REV2, &ACTIVITIES, "# @socialgouv/codes-naf@", 732),
            (NAF_2025, &ACTIVITIES_2025, "# INSEE, NAF 2025 (décret 2025-736)", 115),
            (DEPARTMENTS, &NAMES, "# @etalab/decoupage-administratif@", 109),
            (REGIONS, &IN_REGION, "# @etalab/decoupage-administratif@", 109),
        ] {
            assert!(list.starts_with(source), "the source and its version come first");
            assert_eq!((list.lines().count() - 1, rows.len()), (count, count));
            assert!(rows.values().all(|words| !words.is_empty() && !words.contains('\'')));
        }
    }

    #[test]
    fn codes_are_said_in_words() {
        assert_eq!(activity_label("85.59A"), Some("Formation continue d’adultes"));
        assert_eq!(activity_label("85.59G"), Some("Formation continue d’adultes"));
        assert_eq!(activity_label("85.59"), None);
        assert!(ACTIVITIES.keys().all(|code| !ACTIVITIES_2025.contains_key(code)), "a code is of one nomenclature");
        assert_eq!(department_of("49007"), Some("Maine-et-Loire"));
        assert_eq!((department_of("2A004"), department_of("97411")), (Some("Corse-du-Sud"), Some("La Réunion")));
        assert_eq!((department_of("9"), department_of("é")), (None, None));
    }
}

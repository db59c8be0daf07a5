//! E4: the six sectors, and what an activity code lets guess of them. A hint helps somebody choose; it decides nothing: the criterion is
//! about the service, the code describes the organisation.

use crate::organisations::{LegalEntity, Listing, activity_label};

/// Patterns of activity codes, from `sector_hints.csv`: a table to be edited, versioned with the program.
const HINTS: &str = include_str!("sector_hints.csv");

/// One of the six sectors of the arrêté, in the order of the text.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    strum::EnumString,
    strum::Display,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Sector {
    /// E4a.
    #[strum(serialize = "sante")]
    #[serde(rename = "sante")]
    Health,
    /// E4b.
    Education,
    /// E4c.
    #[strum(serialize = "loisirs")]
    #[serde(rename = "loisirs")]
    Leisure,
    /// E4d.
    Transport,
    /// E4e.
    Certification,
    /// E4f.
    #[strum(serialize = "location")]
    #[serde(rename = "location")]
    Rental,
}

/// How much an activity code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Strength {
    /// Platforms, neighbours: worth a thought.
    Weak,
    /// The activity itself.
    Strong,
}

/// What the register lets guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The sector.
    pub sector: Sector,
    /// How sure.
    pub strength: Strength,
    /// Why: « Formation continue d’adultes (85.59A) ».
    pub because: String,
}

impl Sector {
    /// All, in the order of the arrêté.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Health => "Santé, social et médico-social",
            Self::Education => "Éducation et enseignement supérieur",
            Self::Leisure => "Prestations scolaires et périscolaires, activités sportives ou socioculturelles",
            Self::Transport => "Transport de personnes",
            Self::Certification => "Délivrance de certificats professionnels",
            Self::Rental => "Location de biens immobiliers et de véhicules",
        }
    }

    /// The examples the text gives, or what delimits it.
    pub fn examples(self) -> &'static str {
        match self {
            Self::Health => "Par exemple : prise de rendez-vous, constitution du dossier patient, parcours de soin",
            Self::Education => "Par exemple : établissements privés, enseignement à distance, apprentissage",
            Self::Leisure => "Par exemple : centres de loisirs, clubs sportifs",
            Self::Transport => "Par exemple : transport collectif de personnes, covoiturage",
            Self::Certification => "Certificats visés à l’article L. 6113-1 du code du travail",
            Self::Rental => "",
        }
    }
}

/// The sector the register's facts evoke, when they evoke one more than the others: NAF 2025 first, then NAF rév. 2, then other lists.
pub fn sector_hint(entity: &LegalEntity) -> Option<Hint> {
    of_code("naf_2025", &entity.activity_code_2025)
        .or_else(|| of_code("naf_rev2", &entity.activity_code))
        .or_else(|| entity.listings.iter().find_map(|listing| of_listing(*listing)))
}

fn of_code(nomenclature: &str, code: &str) -> Option<Hint> {
    if code.is_empty() {
        return None;
    }
    let found: Vec<(Sector, Strength)> =
        rows().filter(|row| row.nomenclature == nomenclature && row.matches(code)).map(|row| (row.sector, row.strength)).collect();
    let strength = found.iter().map(|(_, strength)| *strength).max()?;
    let mut sectors: Vec<Sector> = found.into_iter().filter(|(_, found)| *found == strength).map(|(sector, _)| sector).collect();
    sectors.dedup();
    // A code that evokes several sectors as much evokes none.
    let [sector] = sectors.as_slice() else { return None };
    let because = activity_label(code).map_or_else(|| format!("Code d’activité {code}"), |label| format!("{label} ({code})"));
    Some(Hint { sector: *sector, strength, because })
}

fn of_listing(listing: Listing) -> Option<Hint> {
    let (sector, because) = match listing {
        Listing::Finess => (Sector::Health, "Établissement inscrit au FINESS"),
        Listing::Uai => (Sector::Education, "Établissement d’enseignement inscrit au répertoire UAI"),
        // A body that trains is not one that certifies.
        Listing::TrainingBody | Listing::Qualiopi => return None,
    };
    Some(Hint { sector, strength: Strength::Strong, because: because.into() })
}

struct Row {
    sector: Sector,
    nomenclature: &'static str,
    pattern: &'static str,
    strength: Strength,
}

impl Row {
    /// A pattern is a code, or the beginning of several: « 86.90* ».
    fn matches(&self, code: &str) -> bool {
        match self.pattern.strip_suffix('*') {
            Some(beginning) => code.starts_with(beginning),
            None => code == self.pattern,
        }
    }
}

fn rows() -> impl Iterator<Item = Row> {
    HINTS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut words = line.split(';');
        let (sector, nomenclature, pattern, strength) = (words.next()?, words.next()?, words.next()?, words.next()?);
        Some(Row { sector: sector.parse().ok()?, nomenclature, pattern, strength: strength.parse().ok()? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisations::{activity_codes, activity_codes_2025};

    fn hint(code: &str) -> Option<Sector> {
        let entity = LegalEntity { activity_code: code.into(), ..LegalEntity::example() };
        sector_hint(&entity).map(|hint| hint.sector)
    }

    #[test]
    fn every_row_of_the_table_is_read_and_means_a_code_that_exists() {
        let lines = HINTS.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(rows().count(), lines, "no row is passed over");
        for row in rows() {
            let exists = match row.nomenclature {
                "naf_rev2" => activity_codes().any(|code| row.matches(code)),
                "naf_2025" => activity_codes_2025().any(|code| row.matches(code)),
                other => panic!("{other} is no nomenclature"),
            };
            assert!(exists, "{} is no code of {}", row.pattern, row.nomenclature);
        }
        for sector in Sector::ALL {
            assert!(rows().any(|row| row.sector == *sector && row.strength == Strength::Strong), "{sector}");
        }
    }

    #[test]
    fn an_activity_evokes_a_sector_or_none() {
        for (code, sector) in [
            ("86.21Z", Some(Sector::Health)),
            ("85.42Z", None), // taught and certified alike
            ("85.31Z", Some(Sector::Education)),
            ("93.12Z", Some(Sector::Leisure)),
            ("49.32Z", Some(Sector::Transport)),
            ("94.12Z", Some(Sector::Certification)),
            ("77.11A", Some(Sector::Rental)),
            ("62.01Z", None), // a platform may serve any of them
            ("84.11Z", None),
            ("", None),
        ] {
            assert_eq!(hint(code), sector, "{code}");
        }
    }

    #[test]
    fn the_newer_nomenclature_is_believed_first_and_lists_come_last() {
        let platform = LegalEntity { activity_code: "62.01Z".into(), activity_code_2025: "86.97Y".into(), ..LegalEntity::example() };
        assert_eq!(sector_hint(&platform).map(|hint| hint.because), Some("Activités de service d’intermédiation pour les services médicaux, dentaires et autres services pour la santé humaine (86.97Y)".into()));
        // From 2027 on, the register tells NAF 2025 alone.
        for (code, sector) in [("86.10Y", Some(Sector::Health)), ("86.94G", Some(Sector::Health)), ("94.12Y", Some(Sector::Certification))]
        {
            let alone = LegalEntity { activity_code_2025: code.into(), ..LegalEntity::example() };
            assert_eq!(sector_hint(&alone).map(|hint| hint.sector), sector, "{code}");
        }
        let school =
            LegalEntity { activity_code: "84.11Z".into(), listings: vec![Listing::Qualiopi, Listing::Uai], ..LegalEntity::example() };
        assert_eq!(sector_hint(&school).map(|hint| hint.sector), Some(Sector::Education));
        let strong = LegalEntity { activity_code: "85.31Z".into(), ..LegalEntity::example() };
        assert_eq!(sector_hint(&strong).map(|hint| hint.because), Some("Enseignement secondaire général (85.31Z)".into()));
    }

    #[test]
    fn sectors_have_addresses_that_people_can_read() {
        let words: Vec<String> = Sector::ALL.iter().map(ToString::to_string).collect();
        assert_eq!(words, ["sante", "education", "loisirs", "transport", "certification", "location"]);
        assert!(Sector::ALL.iter().all(|sector| sector.to_string().parse() == Ok(*sector)));
    }
}

//! An extract of the register as a table of text, one establishment a line.

use std::collections::HashMap;

use time::{Date, OffsetDateTime, format_description::well_known::Iso8601, macros::datetime};

use super::{EstablishmentState, LegalEntity, Listing, Location, OldestEstablishment, Source, UnitState, told};
use crate::organisations::{LegalCategory, Siret};

const SHIPPED: &str = include_str!("sample.csv");
/// Values of a line.
const AT_MOST: usize = 23;
/// Values of a line that leaves out the last ones.
const AT_LEAST: [usize; 2] = [17, 22];
/// The day the shipped extract was drawn up.
const SHIPPED_ON: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);

/// An extract of the register.
#[derive(Debug)]
pub struct Sample {
    establishments: HashMap<Siret, LegalEntity>,
}

/// A line of an extract that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line} of the register's extract: {cause}")]
pub struct SampleFault {
    line: usize,
    cause: String,
}

impl Sample {
    /// The extract inside the program.
    pub(super) fn shipped() -> Self {
        Self::read(SHIPPED, SHIPPED_ON).expect("the shipped extract is read by a test")
    }

    /// Reads an extract: a line of titles, then twenty-three values separated by semicolons; what is not known is left empty, and the last
    /// one or the last six may be left out.
    ///
    /// # Errors
    /// [`SampleFault`] naming the first line that cannot be read.
    pub fn read(text: &str, observed_at: OffsetDateTime) -> Result<Self, SampleFault> {
        let mut establishments = HashMap::new();
        for (index, line) in text.lines().enumerate().skip(1) {
            let entity = read_line(line, observed_at).map_err(|cause| SampleFault { line: index + 1, cause })?;
            establishments.insert(entity.siret.clone(), entity);
        }
        Ok(Self { establishments })
    }

    pub(super) fn find(&self, siret: &Siret) -> Option<&LegalEntity> {
        self.establishments.get(siret)
    }
}

/// The values of a line, those left out at its end being empty.
fn values(line: &str) -> Vec<&str> {
    let mut values: Vec<&str> = line.split(';').collect();
    if AT_LEAST.contains(&values.len()) {
        values.resize(AT_MOST, "");
    }
    values
}

fn read_line(line: &str, observed_at: OffsetDateTime) -> Result<LegalEntity, String> {
    let values = values(line);
    let [
        siret,
        name,
        category,
        activity,
        activity_2025,
        street,
        postal_code,
        town,
        commune,
        created_on,
        closed_on,
        establishment,
        unit_created_on,
        unit,
        oldest_on,
        association,
        disclosure,
        country,
        oldest_town,
        oldest_among_all,
        open_establishments,
        listings,
        headcount_band,
    ] = values.as_slice()
    else {
        return Err(format!("{} values instead of {AT_MOST}", values.len()));
    };
    Ok(LegalEntity {
        siret: Siret::try_from((*siret).to_owned()).map_err(|fault| fault.to_string())?,
        name: told(name),
        legal_category: optional(category, |code| LegalCategory::parse(code).ok_or("not a legal category".into()))?,
        activity_code: told(activity).unwrap_or_default(),
        activity_code_2025: told(activity_2025).unwrap_or_default(),
        street: told(street).unwrap_or_default(),
        postal_code: told(postal_code).unwrap_or_default(),
        town: told(town).unwrap_or_default(),
        location: read_location(commune, country),
        establishment_created_on: optional(created_on, read_date)?,
        closed_on: optional(closed_on, read_date)?,
        establishment_state: optional(establishment, read_establishment_state)?,
        unit_created_on: optional(unit_created_on, read_date)?,
        oldest_establishment: read_oldest(oldest_on, oldest_town, oldest_among_all)?,
        open_establishments: optional(open_establishments, |count| count.parse().map_err(|_| "not a number of establishments".into()))?,
        association_number: told(association).unwrap_or_default(),
        headcount_band: told(headcount_band).unwrap_or_default(),
        listings: read_listings(listings)?,
        unit_state: optional(unit, read_unit_state)?,
        partial_disclosure: match *disclosure {
            "O" => false,
            "P" => true,
            letter => return Err(format!("« {letter} » is no disclosure")),
        },
        source: Source::SampleRegister,
        observed_at,
    })
}

fn read_location(commune: &str, country: &str) -> Location {
    match (told(country), told(commune)) {
        (Some(country), _) => Location::Abroad { country },
        (None, Some(commune)) => Location::France { commune },
        (None, None) => Location::NotTold,
    }
}

fn read_oldest(created_on: &str, town: &str, among_all: &str) -> Result<Option<OldestEstablishment>, String> {
    let town = told(town).unwrap_or_default();
    Ok(optional(created_on, read_date)?.map(|created_on| OldestEstablishment { created_on, town, among_all: among_all == "O" }))
}

fn read_listings(names: &str) -> Result<Vec<Listing>, String> {
    names.split_whitespace().map(|name| name.parse().map_err(|_| format!("« {name} » is no listing"))).collect()
}

fn read_establishment_state(letter: &str) -> Result<EstablishmentState, String> {
    match letter {
        "A" => Ok(EstablishmentState::Open),
        "F" => Ok(EstablishmentState::Closed),
        _ => Err(format!("« {letter} » is no state of an establishment")),
    }
}

fn read_unit_state(letter: &str) -> Result<UnitState, String> {
    match letter {
        "A" => Ok(UnitState::Active),
        "C" => Ok(UnitState::Ceased),
        _ => Err(format!("« {letter} » is no state of a legal unit")),
    }
}

fn optional<T>(value: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    if value.is_empty() { Ok(None) } else { read(value).map(Some) }
}

fn read_date(value: &str) -> Result<Date, String> {
    Date::parse(value, &Iso8601::DATE).map_err(|fault| fault.to_string())
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::organisations::{Checksum, State};

    fn entity(number: &str) -> LegalEntity {
        let (siret, _) = Siret::parse(number).expect("fourteen digits");
        Sample::shipped().find(&siret).expect("in the extract").clone()
    }

    #[test]
    fn the_shipped_extract_is_readable() {
        assert_eq!(Sample::shipped().establishments.len(), SHIPPED.lines().count() - 1, "no number stands there twice");
        let dinum = entity("13002526500013");
        assert_eq!(dinum.name.as_deref(), Some("Direction interministérielle du numérique (DINUM)"));
        assert_eq!(dinum.establishment_created_on, Some(date!(2017 - 05 - 24)));
        assert_eq!(dinum.state(), State::Open);
    }

    #[test]
    fn closed_ceased_and_masked_ones_are_told_apart() {
        let clamart = entity("21920023500022");
        assert_eq!((clamart.state(), clamart.closed_on), (State::Closed, Some(date!(2002 - 06 - 20))));
        let masked = entity("94957325700019");
        assert_eq!((masked.state(), masked.name, masked.partial_disclosure), (State::Open, None, true));
        let ceased = entity("00557246600026");
        assert_eq!((ceased.state(), ceased.unit_state), (State::Closed, Some(UnitState::Ceased)));
        assert_eq!(entity("21690123100011").state(), State::Unknown, "the extract does not say");
    }

    #[test]
    fn what_is_invented_says_so_and_bears_a_number_nobody_has() {
        let invented: Vec<LegalEntity> =
            Sample::shipped().establishments.into_values().filter(|it| it.siret.as_str().starts_with("000")).collect();
        assert_eq!(invented.len(), 11);
        for entity in invented {
            assert_eq!(entity.siret.checksum(), Checksum::Valid, "{}", entity.siret);
            assert!(entity.name.expect("named").ends_with(" (exemple)"));
        }
        let young = entity("00041295700011");
        assert!(young.oldest_establishment.is_some_and(|oldest| oldest.among_all && oldest.created_on == date!(2025 - 02 - 10)));
        assert_eq!(entity("00091805200010").location, Location::Abroad { country: "99132".into() });
        assert_eq!(entity("00051401800019").listings, [Listing::Finess]);
        assert_eq!((entity("00051401800019").headcount_band.as_str(), entity("13002526500013").headcount_band.as_str()), ("31", ""));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let titles = "siret;…";
        for (line, cause) in [
            ("13002526500013;A", "2 values"),
            ("130;;;;;;;;;;;;;;;;O", "not 14 digits"),
            ("13002526500013;;72;;;;;;;;;;;;;;O", "legal category"),
            ("13002526500013;;;;;;;;;hier;;;;;;;O", "line 2"),
            ("13002526500013;;;;;;;;;;;X;;;;;O", "no state of an establishment"),
            ("13002526500013;;;;;;;;;;;A;;X;;;O", "no state of a legal unit"),
            ("13002526500013;;;;;;;;;;;A;;A;;;", "no disclosure"),
            ("13002526500013;;;;;;;;;;;;;;;;O;;;;peu;", "number of establishments"),
            ("13002526500013;;;;;;;;;;;;;;;;O;;;;;luxe", "no listing"),
        ] {
            let fault = Sample::read(&format!("{titles}\n{line}"), SHIPPED_ON).expect_err(line).to_string();
            assert!(fault.contains(cause), "{fault}");
        }
    }
}

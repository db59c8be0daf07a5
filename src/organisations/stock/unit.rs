//! A row of `StockUniteLegale`: what is kept of a legal unit.

use std::borrow::Cow;

use time::Date;

use super::{
    binary::Row,
    columns::{Fault, Header, day_of, digits, first_told, kept, letter, partial_disclosure, past_day, told},
    fault::FileFault,
    lines::Record,
    reading::{Rows, Written},
    words::Words,
};

const NEEDED: [&str; 19] = [
    "siren",
    "statutDiffusionUniteLegale",
    "dateCreationUniteLegale",
    "etatAdministratifUniteLegale",
    "categorieJuridiqueUniteLegale",
    "denominationUniteLegale",
    "sigleUniteLegale",
    "denominationUsuelle1UniteLegale",
    "denominationUsuelle2UniteLegale",
    "denominationUsuelle3UniteLegale",
    "prenomUsuelUniteLegale",
    "prenom1UniteLegale",
    "nomUsageUniteLegale",
    "nomUniteLegale",
    "activitePrincipaleUniteLegale",
    "nomenclatureActivitePrincipaleUniteLegale",
    "identifiantAssociationUniteLegale",
    "trancheEffectifsUniteLegale",
    "dateDernierTraitementUniteLegale",
];
/// Published since NAF 2025 exists.
const NAF_2025: &str = "activitePrincipaleNAF25UniteLegale";

/// Reads legal units.
pub(super) struct Units {
    columns: [usize; 19],
    activity_2025: usize,
    today: Date,
    words: Words,
}

/// How a legal unit is called.
struct Names<'a> {
    name: Cow<'a, str>,
    /// What a search finds it by; nothing for a natural person.
    searched: [&'a str; 5],
}

impl Rows for Units {
    fn new(header: &Header, today: Date) -> Result<Self, FileFault> {
        let columns = header.places(NEEDED)?;
        Ok(Self { columns, activity_2025: header.optional(NAF_2025), today, words: Words::default() })
    }

    fn write(&mut self, record: Record<'_>, bytes: &mut Vec<u8>) -> Result<Written, Fault> {
        let [
            siren,
            disclosure,
            created_on,
            state,
            category,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            activity,
            nomenclature,
            association,
            headcount,
            processed,
        ] = self.columns.map(|column| record.value(column));
        let number = digits(siren, 9)?;
        let partial_disclosure = partial_disclosure(disclosure)?;
        let category = if told(category).is_empty() { None } else { Some(digits(category, 4)?) };
        let names = self.names(record, category, partial_disclosure)?;
        let activity = if nomenclature == "NAFRev2" { told(activity) } else { "" };
        let created_on = past_day(created_on, self.today)?;
        let is_active = letter(state, "A", "C")?;
        self.words.clear();
        names.searched.into_iter().for_each(|name| self.words.add(name));

        let mut row = Row::new(bytes, 11);
        row.integer(i32::try_from(number).map_err(|_| "a number too big")?);
        row.date(created_on);
        row.smallint(category.and_then(|code| i16::try_from(code).ok()));
        row.boolean(is_active);
        row.boolean(Some(partial_disclosure));
        row.text(&names.name);
        row.text(&kept(activity, 10)?);
        row.text(&kept(record.value(self.activity_2025), 10)?);
        row.text(association_number(association));
        row.text(&kept(headcount, 10)?);
        row.words(&mut self.words);
        Ok(Written { number, processed_on: day_of(processed) })
    }
}

impl Units {
    fn names<'a>(&self, record: Record<'a>, category: Option<i64>, partial_disclosure: bool) -> Result<Names<'a>, Fault> {
        let value = |place: usize| record.value(self.columns[place]);
        let denomination = told(value(5));
        let family_name = first_told([value(12), value(13)]);
        let is_person = category == Some(1000) || (denomination.is_empty() && !family_name.is_empty());
        if is_person {
            // Décret 2022-1014: whoever asked not to be named is not, whatever the file lets through.
            let name = if partial_disclosure {
                Cow::Borrowed("")
            } else {
                let given_name = first_told([value(10), value(11)]);
                Cow::Owned(kept(&format!("{given_name} {family_name}"), 200)?.into_owned())
            };
            return Ok(Names { name, searched: [""; 5] });
        }
        let searched = [denomination, told(value(6)), told(value(7)), told(value(8)), told(value(9))];
        Ok(Names { name: kept(first_told([denomination, value(7), value(8), value(9)]), 200)?, searched })
    }
}

/// W and nine digits, or nothing: some still have the number of a prefecture.
fn association_number(value: &str) -> &str {
    let is_number = value.len() == 10 && value.starts_with('W') && value[1..].bytes().all(|byte| byte.is_ascii_digit());
    if is_number { value } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_association_has_a_number_of_its_own() {
        assert_eq!(association_number("W751234567"), "W751234567");
        for other in ["", "[ND]", "W75123456", "751234567W", "W75123456é"] {
            assert_eq!(association_number(other), "", "{other}");
        }
    }
}

//! A row of `StockEtablissement`: what is kept of an establishment.

use time::Date;

use super::{
    binary::Row,
    columns::{Fault, Header, day, day_of, digits, first_told, kept, letter, partial_disclosure, past_day, told},
    fault::FileFault,
    lines::Record,
    reading::{Rows, Written},
    words::Words,
};

const NEEDED: [&str; 22] = [
    "siret",
    "statutDiffusionEtablissement",
    "dateCreationEtablissement",
    "dateDernierTraitementEtablissement",
    "etablissementSiege",
    "dateDebut",
    "etatAdministratifEtablissement",
    "codePostalEtablissement",
    "codeCommuneEtablissement",
    "codePaysEtrangerEtablissement",
    "libelleCommuneEtablissement",
    "libelleCommuneEtrangerEtablissement",
    "denominationUsuelleEtablissement",
    "enseigne1Etablissement",
    "enseigne2Etablissement",
    "enseigne3Etablissement",
    "numeroVoieEtablissement",
    "indiceRepetitionEtablissement",
    "typeVoieEtablissement",
    "libelleVoieEtablissement",
    "complementAdresseEtablissement",
    "distributionSpecialeEtablissement",
];
/// Where [`NEEDED`] names the four names and the six parts of an address.
const NAMES: std::ops::Range<usize> = 12..16;
const STREET: std::ops::Range<usize> = 16..20;
const INSTEAD_OF_STREET: std::ops::Range<usize> = 20..22;

/// Reads establishments.
pub(super) struct Establishments {
    columns: [usize; 22],
    today: Date,
    words: Words,
    street: String,
}

impl Rows for Establishments {
    fn new(header: &Header, today: Date) -> Result<Self, FileFault> {
        Ok(Self { columns: header.places(NEEDED)?, today, words: Words::default(), street: String::new() })
    }

    fn write(&mut self, record: Record<'_>, bytes: &mut Vec<u8>) -> Result<Written, Fault> {
        let values = self.columns.map(|column| record.value(column));
        let [siret, disclosure, created_on, processed, head_office, since, state, postal_code, commune, country, town, town_abroad, ..] =
            values;
        let number = digits(siret, 14)?;
        let created_on = past_day(created_on, self.today)?;
        let state_since = day(since)?;
        let is_open = letter(state, "A", "F")?;
        let is_head_office = letter(head_office, "true", "false")?;
        let partial_disclosure = partial_disclosure(disclosure)?;
        let name = kept(first_told(values[NAMES].iter().copied()), 200)?;
        let town = kept(first_told([town, town_abroad]), 100)?;
        let postal_code = kept(postal_code, 10)?;
        self.words.clear();
        values[NAMES].iter().for_each(|name| self.words.add(told(name)));
        self.words.add(&town);
        self.words.add(&postal_code);
        self.write_street(&values);

        let mut row = Row::new(bytes, 13);
        row.bigint(number);
        row.date(created_on);
        row.date(state_since);
        row.boolean(is_open);
        row.boolean(Some(is_head_office.unwrap_or(false)));
        row.boolean(Some(partial_disclosure));
        row.text(&name);
        row.text(&kept(&self.street, 200)?);
        row.text(&postal_code);
        row.text(&town);
        row.text(&kept(commune, 10)?);
        row.text(&kept(country, 10)?);
        row.words(&mut self.words);
        Ok(Written { number, processed_on: day_of(processed) })
    }
}

impl Establishments {
    /// « 20 B AV DE SEGUR », or else the building or the post box.
    fn write_street(&mut self, values: &[&str; 22]) {
        self.street.clear();
        let parts = if told(values[STREET.end - 1]).is_empty() { INSTEAD_OF_STREET } else { STREET };
        for part in values[parts].iter().map(|part| told(part)).filter(|part| !part.is_empty()) {
            if !self.street.is_empty() {
                self.street.push(' ');
            }
            self.street.push_str(part);
        }
    }
}

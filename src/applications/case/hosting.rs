//! Where the data will be, and who else will handle them (rule S6). Nothing is refused here: what lies outside the Union is found and
//! read by a person.

use serde::{Deserialize, Serialize};

use super::country::{self, Country};
use crate::{
    fields::{Field, Fields},
    text,
};

/// Who hosts the service.
pub const HOST: Field = Field { name: "host", label: "Hébergeur du service" };
/// Where.
pub const COUNTRY: Field = Field { name: "host_country", label: "Pays où les données sont hébergées" };
/// Who else handles the data, and where.
pub const PROCESSORS: Field = Field { name: "processors", label: "Sous-traitants qui auront accès aux données, avec leur pays" };

/// Every field of the step.
pub const FIELDS: &[Field] = &[HOST, COUNTRY, PROCESSORS];

/// Sub-processors one candidature may name.
const MOST_PROCESSORS: usize = 40;

/// Where the data are and who handles them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hosting {
    /// The host, by name.
    pub host: String,
    /// ISO 3166-1, two letters.
    pub country: String,
    /// Those who handle the data for the applicant (RGPD article 28); none is an answer.
    pub processors: Vec<Processor>,
}

/// A sub-processor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Processor {
    /// Its name.
    pub name: String,
    /// ISO 3166-1, two letters.
    pub country: String,
}

impl Hosting {
    /// Reads the step.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        let host = fields.line(HOST, 150);
        let country = fields.parse(COUNTRY, |typed| {
            country::find(typed).map(|country| country.code.to_owned()).ok_or("Choisissez le pays où se trouvent les serveurs.")
        });
        let processors = fields.parse(PROCESSORS, parse_processors);
        Some(Self { host: host?, country: country?, processors: processors? })
    }

    /// Everybody who handles the data, with the country: the host first.
    pub fn everybody(&self) -> impl Iterator<Item = (&str, Option<Country>)> {
        let host = (self.host.as_str(), country::find(&self.country));
        std::iter::once(host).chain(self.processors.iter().map(|it| (it.name.as_str(), country::find(&it.country))))
    }
}

/// One a line: « Nom, pays ».
fn parse_processors(typed: &str) -> Result<Vec<Processor>, String> {
    let typed = text::optional_paragraph(typed, 6000).map_err(|fault| fault.to_string())?;
    let mut processors = Vec::new();
    for (index, line) in typed.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = index + 1;
        let (name, place) = line.rsplit_once([',', ';', '\t']).ok_or_else(|| {
            format!("Ligne {number} : écrivez le nom, une virgule, puis le pays. Exemple : Hébergement du Marais, France")
        })?;
        let name =
            text::line(name, 150).map_err(|_| format!("Ligne {number} : indiquez le nom du sous-traitant, en 150 caractères au plus."))?;
        let country = country::find(place).ok_or_else(|| {
            format!(
                "Ligne {number} : le pays « {} » n’est pas reconnu. Écrivez son nom en français. Exemple : Irlande",
                text::made_a_line(place, 40)
            )
        })?;
        processors.push(Processor { name, country: country.code.to_owned() });
    }
    if processors.len() > MOST_PROCESSORS {
        return Err(format!("Indiquez {MOST_PROCESSORS} sous-traitants au plus : ceux qui auront accès aux données."));
    }
    Ok(processors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sub_processors_are_told_one_a_line_with_their_country() {
        let told = parse_processors("Courriels du Midi, France\r\n\r\nStats, Inc., États-Unis\n").expect("two");
        assert_eq!(
            told.iter().map(|it| (it.name.as_str(), it.country.as_str())).collect::<Vec<_>>(),
            [("Courriels du Midi", "FR"), ("Stats, Inc.", "US")]
        );
        assert_eq!(parse_processors(" \n "), Ok(Vec::new()), "nobody else is an answer");
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        for (typed, line) in [("Courriels du Midi", "Ligne 1"), ("A, France\nB, Angletère", "Ligne 2"), (", France", "Ligne 1")] {
            let refusal = parse_processors(typed).expect_err("refused");
            assert!(refusal.starts_with(line), "{typed:?}: {refusal}");
        }
        assert!(parse_processors(&"A, France\n".repeat(41)).is_err());
    }
}

//! The on-line service that will carry the button.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    calendar,
    fields::{Field, Fields},
    text,
};

/// « Nom du service »: DataPass's `intitule`.
pub const NAME: Field = Field { name: "service_name", label: "Nom du service" };
/// What it does and who uses it: DataPass's `description`.
pub const DESCRIPTION: Field = Field { name: "service_description", label: "À quoi sert-il, et qui l’utilisera ?" };
/// Where it is, or will be.
pub const URL: Field = Field { name: "service_url", label: "Adresse du service en ligne" };
/// DataPass's `date_prevue_mise_en_production`.
pub const PLANNED_ON: Field = Field { name: "planned_on", label: "Date prévue de mise en service" };
/// DataPass's `volumetrie_approximative`.
pub const YEARLY_VOLUME: Field = Field { name: "yearly_volume", label: "Nombre de démarches par an" };

/// Screens, drawn or real: DataPass's `maquette_projet`.
pub const MOCKUPS: Field = Field { name: "mockups", label: "Maquettes ou captures d’écran" };

/// Every field that is typed in the step.
pub const FIELDS: &[Field] = &[NAME, DESCRIPTION, URL, PLANNED_ON, YEARLY_VOLUME];

/// The service as submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// At most 150 characters; made public once approved.
    pub name: String,
    /// 30 to 5 000 characters.
    pub description: String,
    /// http or https; nothing while the service is not on line.
    pub url: String,
    /// When known.
    pub planned_on: Option<Date>,
    /// Demarches a year, when known.
    pub yearly_volume: Option<u32>,
}

impl Service {
    /// Reads the step.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        let name = fields.line(NAME, 150);
        let description = fields.parse(DESCRIPTION, parse_description);
        let url = fields.parse(URL, |typed| if typed.trim().is_empty() { Ok(String::new()) } else { parse_url(typed) });
        let planned_on = fields.parse(PLANNED_ON, parse_optional_date);
        let yearly_volume = fields.parse(YEARLY_VOLUME, parse_optional_volume);
        Some(Self { name: name?, description: description?, url: url?, planned_on: planned_on?, yearly_volume: yearly_volume? })
    }
}

fn parse_description(typed: &str) -> Result<String, String> {
    let text = text::paragraph(typed, 5000).map_err(|fault| fault.to_string())?;
    if text.chars().count() < 30 {
        return Err("Décrivez le service en une phrase au moins : ce qu’il permet de faire, et à qui.".into());
    }
    Ok(text)
}

/// A public link: http or https, a host with a dot, no user name. « clamart.fr » alone is read as `https://clamart.fr`.
///
/// # Errors
/// The sentence to show.
pub fn parse_url(typed: &str) -> Result<String, String> {
    const FAULT: &str = "Cette adresse ne s’ouvre pas dans un navigateur. Exemple : https://www.clamart.fr/portail-familles";
    let typed = text::line(typed, 500).map_err(|fault| fault.to_string())?;
    let full = if typed.contains("://") { typed } else { format!("https://{typed}") };
    let url = url::Url::parse(&full).map_err(|_| FAULT.to_owned())?;
    let has_domain = url.domain().is_some_and(|domain| domain.contains('.') && !domain.ends_with('.'));
    if !matches!(url.scheme(), "http" | "https")
        || !has_domain
        || !url.username().is_empty()
        || url.password().is_some()
        || full.contains(' ')
    {
        return Err(FAULT.to_owned());
    }
    Ok(url.to_string())
}

/// The day a service starts; nothing is allowed.
fn parse_optional_date(typed: &str) -> Result<Option<Date>, String> {
    calendar::parse_date_since(typed, 2018)
}

fn parse_optional_volume(typed: &str) -> Result<Option<u32>, &'static str> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() {
        return Ok(None);
    }
    match digits.parse::<u32>() {
        Ok(volume) if volume <= 1_000_000_000 => Ok(Some(volume)),
        _ => Err("Indiquez un nombre entier, sans lettre ni signe. Exemple : 12 000"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_link_is_completed_and_checked() {
        assert_eq!(parse_url("www.clamart.fr/familles"), Ok("https://www.clamart.fr/familles".into()));
        assert_eq!(parse_url("http://clamart.fr"), Ok("http://clamart.fr/".into()));
        for typed in [
            "javascript:alert(1)",
            "ftp://clamart.fr",
            "https://localhost/",
            "https://a b.fr",
            "https://moi:secret@clamart.fr",
            "https://",
            "clamart",
            "https://127.0.0.1/",
        ] {
            assert!(parse_url(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_date_is_read_both_ways() {
        assert_eq!(parse_optional_date("2027-03-01"), Ok(Some(date(2027, 3, 1))));
        assert_eq!(parse_optional_date("1/3/2027"), Ok(Some(date(2027, 3, 1))));
        assert_eq!(parse_optional_date(" "), Ok(None));
        for typed in ["31/02/2027", "2027", "demain", "01/03/27", "1/3/99999", "-1/3/2027", "2027-13-01"] {
            assert!(parse_optional_date(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_volume_is_a_whole_number() {
        assert_eq!(parse_optional_volume("12\u{202f}000"), Ok(Some(12_000)));
        for typed in ["-1", "1e309", "douze", "99999999999999999999", "1,5"] {
            assert!(parse_optional_volume(typed).is_err(), "{typed}");
        }
    }
}

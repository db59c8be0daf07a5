//! Where the Sirene register is asked.

use clap::Args;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::is_this_machine;

/// A source of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum SireneSource {
    /// An extract inside the program.
    Sample,
    /// INSEE's monthly stock, imported into the desk's database.
    Stock,
    /// The State's public API « Recherche d’entreprises ».
    RechercheEntreprises,
    /// INSEE's own API, with a key.
    Insee,
}

/// Where the register is asked, and how.
#[derive(Clone, Debug, Args)]
pub struct SireneSettings {
    /// Sources of the Sirene register, asked in this order, separated by commas.
    #[arg(long, env = "SIRENE_SOURCES", value_enum, value_delimiter = ',', default_value = "sample", global = true)]
    pub sirene_sources: Vec<SireneSource>,
    /// Key of INSEE's API Sirene; asked for by the source insee.
    #[arg(long, env = "SIRENE_INSEE_KEY", hide_env_values = true, global = true)]
    pub sirene_insee_key: Option<SecretString>,
    /// Address of the API « Recherche d’entreprises ».
    #[arg(long, env = "SIRENE_RECHERCHE_ENTREPRISES_URL", default_value = "https://recherche-entreprises.api.gouv.fr", global = true)]
    pub sirene_recherche_entreprises_url: String,
    /// Address of INSEE's API Sirene.
    #[arg(long, env = "SIRENE_INSEE_URL", default_value = "https://api.insee.fr/api-sirene/3.11", global = true)]
    pub sirene_insee_url: String,
}

impl SireneSource {
    /// As `SIRENE_SOURCES` spells it.
    pub fn name(self) -> String {
        clap::ValueEnum::to_possible_value(&self).map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

impl SireneSettings {
    /// Whether that source is asked.
    pub fn asks(&self, source: SireneSource) -> bool {
        self.sirene_sources.contains(&source)
    }

    pub(super) fn check(&self, problems: &mut Vec<String>) {
        let sources = &self.sirene_sources;
        if sources.iter().enumerate().any(|(place, source)| sources[..place].contains(source)) {
            problems.push("SIRENE_SOURCES names a source twice: each is asked once, in this order".into());
        }
        self.check_key(problems);
        let addresses =
            [("SIRENE_RECHERCHE_ENTREPRISES_URL", &self.sirene_recherche_entreprises_url), ("SIRENE_INSEE_URL", &self.sirene_insee_url)];
        for (name, address) in addresses {
            let is_fit = Url::parse(address).is_ok_and(|url| {
                let is_near = url.scheme() == "http" && url.host_str().is_some_and(is_this_machine);
                (url.scheme() == "https" || is_near) && url.query().is_none() && url.fragment().is_none() && url.username().is_empty()
            });
            if !is_fit {
                problems.push(format!("{name} must be an https address, without user, query or fragment"));
            }
        }
    }

    fn check_key(&self, problems: &mut Vec<String>) {
        match &self.sirene_insee_key {
            None if self.asks(SireneSource::Insee) => problems.push(
                "SIRENE_INSEE_KEY is missing: SIRENE_SOURCES names insee, which answers only with a key (portail-api.insee.fr)".into(),
            ),
            Some(key) if !key.expose_secret().chars().all(|c| c.is_ascii_graphic()) => {
                problems.push("SIRENE_INSEE_KEY must be the key alone: letters, digits and signs, without spaces".into());
            }
            _ => {}
        }
    }
}

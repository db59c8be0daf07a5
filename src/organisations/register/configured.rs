//! The register the settings describe.

use std::sync::Arc;

use anyhow::Context;
use sqlx::PgPool;
use url::Url;

use super::{Adapter, Network, Online, Register, Sample};
use crate::{
    clock::Clock,
    config::{Config, SireneSource},
};

impl Register {
    /// The sources named by `SIRENE_SOURCES`, in that order.
    ///
    /// # Errors
    /// When a source lacks what it needs; the settings are refused before that.
    pub fn from_config(config: &Config, db: &PgPool, clock: &Clock) -> anyhow::Result<Self> {
        let settings = &config.sirene;
        let user_agent = format!(
            "habilitation/{} (guichet des habilitations FranceConnect; {}; {})",
            env!("CARGO_PKG_VERSION"),
            config.public_url,
            config.desk.desk_email
        );
        let network = Network::new(&user_agent, db.clone(), clock.clone())?;
        let adapter = |source: &SireneSource| -> anyhow::Result<Adapter> {
            Ok(match source {
                SireneSource::Sample => Adapter::Sample(Arc::new(Sample::shipped())),
                SireneSource::Stock => Adapter::Stock(db.clone()),
                SireneSource::RechercheEntreprises => {
                    let base = Url::parse(&settings.sirene_recherche_entreprises_url).context("SIRENE_RECHERCHE_ENTREPRISES_URL")?;
                    Adapter::Online(Arc::new(Online::recherche_entreprises(network.clone(), base)))
                }
                SireneSource::Insee => {
                    let base = Url::parse(&settings.sirene_insee_url).context("SIRENE_INSEE_URL")?;
                    let key = settings.sirene_insee_key.clone().context("SIRENE_INSEE_KEY is missing")?;
                    Adapter::Online(Arc::new(Online::insee(network.clone(), base, key)))
                }
            })
        };
        Ok(Self::new(settings.sirene_sources.iter().map(adapter).collect::<anyhow::Result<Vec<_>>>()?))
    }
}

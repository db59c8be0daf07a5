//! A source asked over the network, at its pace, whatever it answers.

use reqwest::{StatusCode, header::RETRY_AFTER};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sqlx::PgPool;
use time::{Duration, OffsetDateTime};
use tokio::sync::Semaphore;
use url::Url;

use super::{
    Answer, Source, insee,
    pace::{Asking, CALL, Pace},
    reading::Unreadable,
    recherche_entreprises,
    store::{self, Slot, Snapshot},
};
use crate::{clock::Clock, organisations::Siret, problem::Problem};

/// No answer about one establishment is longer.
const MOST_BYTES: usize = 1024 * 1024;

/// Pages of this process that may be asking at once: the others go on without the register instead of queueing for it.
const PAGES_AT_ONCE: usize = 8;

/// What people the answer names beside the organisation: of no use here, so not kept.
const OF_PEOPLE: [&str; 2] = ["dirigeants", "elus"];

/// What every source asked over the network shares.
#[derive(Clone, Debug)]
pub struct Network {
    http: reqwest::Client,
    db: PgPool,
    clock: Clock,
}

/// A source, its address, its pace.
#[derive(Debug)]
pub struct Online {
    api: Api,
    base: Url,
    network: Network,
    pages: Semaphore,
}

#[derive(Debug)]
enum Api {
    RechercheEntreprises,
    Insee(SecretString),
}

/// Why a source did not answer.
#[derive(Debug, thiserror::Error)]
pub enum Silence {
    /// Its pace, a pause it asked for, or failures in a row.
    #[error("it may not be asked now: its pace, a pause it asked for, or several failures in a row")]
    NotItsTurn,
    /// It asked to be left alone.
    #[error("it asks for fewer calls until {until}")]
    TooManyCalls {
        /// When it may be asked again.
        until: OffsetDateTime,
    },
    /// It is down, slow or lying.
    #[error("{0}")]
    Failed(String),
    /// The desk's own database.
    #[error("the desk's database: {0}")]
    Database(#[from] Problem),
}

impl From<sqlx::Error> for Silence {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

impl From<Unreadable> for Silence {
    fn from(fault: Unreadable) -> Self {
        Self::Failed(fault.to_string())
    }
}

impl Network {
    /// One client for every source: no redirection is followed, no call lasts. `user_agent` says who asks and whom to write to.
    ///
    /// # Errors
    /// When the client cannot be built, or the words are not fit for a header.
    pub fn new(user_agent: &str, db: PgPool, clock: Clock) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder()
            .user_agent(user_agent)
            .timeout(CALL)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .build()?;
        Ok(Self { http, db, clock })
    }
}

impl Online {
    /// The API « Recherche d’entreprises » at that address.
    pub fn recherche_entreprises(network: Network, base: Url) -> Self {
        Self::new(Api::RechercheEntreprises, base, network)
    }

    /// INSEE’s API at that address, with the desk's key.
    pub fn insee(network: Network, base: Url, key: SecretString) -> Self {
        Self::new(Api::Insee(key), base, network)
    }

    fn new(api: Api, base: Url, network: Network) -> Self {
        Self { api, base, network, pages: Semaphore::new(PAGES_AT_ONCE) }
    }

    /// Which one.
    pub fn source(&self) -> Source {
        match self.api {
            Api::RechercheEntreprises => Source::RechercheEntreprises,
            Api::Insee(_) => Source::Insee,
        }
    }

    fn pace(&self) -> Pace {
        match self.api {
            Api::RechercheEntreprises => Pace { slots: 7, period: Duration::SECOND, kept_for_pages: 2, usual_pause: Duration::seconds(5) },
            Api::Insee(_) => Pace { slots: 30, period: Duration::MINUTE, kept_for_pages: 10, usual_pause: Duration::MINUTE },
        }
    }

    /// What the source says of a SIRET: what it answered not long ago, or what it answers now.
    pub(super) async fn look_up(&self, siret: &Siret, asking: Asking) -> Answer {
        match self.remember_or_ask(siret, asking).await {
            Ok(answer) => answer,
            Err(silence) => {
                tracing::warn!(source = %self.source(), %silence, "the register was not heard");
                Answer::Unavailable
            }
        }
    }

    async fn remember_or_ask(&self, siret: &Siret, asking: Asking) -> Result<Answer, Silence> {
        let since = self.network.clock.now() - asking.age();
        let remembered = {
            let mut connection = self.network.db.acquire().await?;
            store::find_snapshot(&mut connection, siret, self.source(), since).await?
        };
        match remembered.map(|snapshot| self.read(siret, &snapshot)) {
            Some(Ok(answer)) => Ok(answer),
            // An older program wrote what this one cannot read: the source is asked.
            Some(Err(_)) | None => self.ask(siret, asking).await,
        }
    }

    /// Asks the source itself, in its turn. No connection is held while it answers.
    ///
    /// # Errors
    /// [`Silence`], which says why it was not heard.
    pub async fn ask(&self, siret: &Siret, asking: Asking) -> Result<Answer, Silence> {
        let is_page = asking != Asking::Patiently;
        let _permit = if is_page { Some(self.pages.try_acquire().map_err(|_| Silence::NotItsTurn)?) } else { None };
        let slot = self.wait_for_slot(asking).await?.ok_or(Silence::NotItsTurn)?;
        let heard = self.call(siret).await;
        let heard = heard.and_then(|snapshot| Ok((self.read(siret, &snapshot)?, snapshot)));
        self.settle(siret, slot, heard).await
    }

    async fn wait_for_slot(&self, asking: Asking) -> Result<Option<Slot>, Silence> {
        let mut patience = asking.patience().iter();
        loop {
            let slot = {
                let mut connection = self.network.db.acquire().await?;
                store::take_slot(&mut connection, self.source(), self.pace(), asking, self.network.clock.now()).await?
            };
            match (slot, patience.next()) {
                (None, Some(pause)) => tokio::time::sleep(*pause).await,
                (slot, _) => return Ok(slot),
            }
        }
    }

    /// Whatever happened, the slot is given back and the next ones know what became of the source.
    async fn settle(&self, siret: &Siret, slot: Slot, heard: Result<(Answer, Snapshot), Silence>) -> Result<Answer, Silence> {
        let (source, now) = (self.source(), self.network.clock.now());
        let mut connection = self.network.db.acquire().await?;
        store::give_slot_back(&mut connection, source, slot, now + self.pace().after_answer()).await?;
        match &heard {
            Ok((_, snapshot)) => {
                store::forget_failures(&mut connection, source).await?;
                store::add_snapshot(&mut connection, siret, source, snapshot).await?;
            }
            Err(Silence::TooManyCalls { until }) => store::pause(&mut connection, source, *until).await?,
            Err(_) => store::count_failure(&mut connection, source, now).await?,
        }
        heard.map(|(answer, _)| answer)
    }

    async fn call(&self, siret: &Siret) -> Result<Snapshot, Silence> {
        // The client's own limit covers the whole answer too; this one does not depend on it.
        match tokio::time::timeout(CALL, self.exchange(siret)).await {
            Ok(heard) => heard,
            Err(_) => Err(Silence::Failed(format!("no whole answer within {} s", CALL.as_secs()))),
        }
    }

    async fn exchange(&self, siret: &Siret) -> Result<Snapshot, Silence> {
        let failed = |error: reqwest::Error| Silence::Failed(format!("{:#}", anyhow::Error::from(error.without_url())));
        let mut request = self.network.http.get(self.address(siret)).header("accept", "application/json");
        if let Api::Insee(key) = &self.api {
            request = request.header("X-INSEE-Api-Key-Integration", key.expose_secret());
        }
        let response = request.send().await.map_err(failed)?;
        let status = response.status();
        let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let asks_for_a_pause =
            status == StatusCode::TOO_MANY_REQUESTS || (status == StatusCode::SERVICE_UNAVAILABLE && retry_after.is_some());
        if asks_for_a_pause {
            let until = self.pace().pause(retry_after.as_deref(), self.network.clock.now());
            return Err(Silence::TooManyCalls { until });
        }
        let may_tell = status == StatusCode::OK || (status == StatusCode::NOT_FOUND && matches!(self.api, Api::Insee(_)));
        if !may_tell {
            return Err(Silence::Failed(format!("status {}", status.as_u16())));
        }
        let raw = json(response).await?;
        Ok(Snapshot { status: status.as_u16(), raw, observed_at: self.network.clock.now() })
    }

    fn address(&self, siret: &Siret) -> String {
        let path = match self.api {
            Api::RechercheEntreprises => recherche_entreprises::path(siret),
            Api::Insee(_) => insee::path(siret),
        };
        format!("{}/{path}", self.base.as_str().trim_end_matches('/'))
    }

    fn read(&self, siret: &Siret, snapshot: &Snapshot) -> Result<Answer, Unreadable> {
        let read = match self.api {
            Api::RechercheEntreprises => recherche_entreprises::read,
            Api::Insee(_) => insee::read,
        };
        Ok(read(siret, &snapshot.raw, snapshot.observed_at)?.map_or(Answer::Unknown, |entity| Answer::Known(Box::new(entity))))
    }
}

/// A body that is an object, not too long, that PostgreSQL can keep, without the people beside the organisation.
async fn json(mut response: reqwest::Response) -> Result<Value, Silence> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| Silence::Failed(error.without_url().to_string()))? {
        if body.len() + chunk.len() > MOST_BYTES {
            return Err(Silence::Failed(format!("the answer is longer than {MOST_BYTES} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
    let mut raw: Value = serde_json::from_slice(&body).map_err(|fault| Silence::Failed(format!("the answer is no JSON: {fault}")))?;
    make_fit(&mut raw)?;
    if raw.is_object() { Ok(raw) } else { Err(Silence::Failed("the answer is no object".into())) }
}

fn make_fit(value: &mut Value) -> Result<(), Silence> {
    match value {
        Value::String(text) if text.contains('\0') => Err(Silence::Failed("the answer holds a NUL".into())),
        Value::Array(values) => values.iter_mut().try_for_each(make_fit),
        Value::Object(fields) => {
            fields.retain(|name, _| !OF_PEOPLE.contains(&name.as_str()));
            if fields.keys().any(|name| name.contains('\0')) {
                return Err(Silence::Failed("the answer holds a NUL".into()));
            }
            fields.values_mut().try_for_each(make_fit)
        }
        _ => Ok(()),
    }
}

//! The thread that keeps the private server, and what the program sees of it.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    process::Child,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use secrecy::{ExposeSecret, SecretString};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, postgres::PgConnectOptions};
use tokio::{sync::watch, time::sleep};

use super::{
    super::store::has_database,
    cluster::{Cluster, OWNER},
    place::{Place, Upkeep},
};

/// The database of the private server.
const DATABASE: &str = "habilitation";
/// The desk's own role there.
const DESK_ROLE: &str = "habilitation_desk";

/// How long a server may stay silent before it is given up; one that says it is repairing itself is given more.
const SILENCE: Duration = Duration::from_secs(20);
const REPAIR: Duration = Duration::from_mins(10);
/// How long a server that must stop waits for other programs of the desk to finish with it.
const COURTESY: Duration = Duration::from_secs(3);

/// What is asked of the private server.
#[derive(Clone, Debug)]
pub struct Options {
    /// Its directory.
    pub directory: PathBuf,
    /// The directory of PostgreSQL's programs; found when absent.
    pub programs: Option<PathBuf>,
    /// Whether the data is kept.
    pub upkeep: Upkeep,
}

/// The private server, running.
#[derive(Debug)]
pub struct Embedded {
    sockets: PathBuf,
    keeper: Arc<Keeper>,
    state: watch::Receiver<State>,
}

#[derive(Clone, Debug)]
enum State {
    Preparing,
    /// A server listens in that directory, or soon will.
    Started(PathBuf),
    Failed(String),
    Ended,
}

/// What the program and the thread share.
#[derive(Debug, Default)]
struct Keeper {
    stopping: AtomicBool,
    /// It has answered once: if it dies now, it is started again.
    answered: AtomicBool,
    /// Present when the server is ours.
    cluster: OnceLock<Cluster>,
    /// Locked by each guest of our server.
    guests: OnceLock<File>,
}

impl Embedded {
    /// Starts the server, or joins the one another program of the desk runs there, and waits until it answers.
    ///
    /// # Errors
    /// In one sentence: what is missing and what to do.
    pub async fn start(options: Options) -> anyhow::Result<Self> {
        let keeper = Arc::new(Keeper::default());
        let (tell, mut state) = watch::channel(State::Preparing);
        let kept = keeper.clone();
        // A thread of its own, because the server stops with the thread that started it.
        thread::Builder::new().name("postgres".into()).spawn(move || {
            let outcome = keep(&options, &kept, &tell);
            tell.send_replace(outcome.map_or_else(|error| State::Failed(format!("{error:#}")), |()| State::Ended));
        })?;
        let sockets = match &*state.wait_for(|state| !matches!(state, State::Preparing)).await? {
            State::Started(sockets) => sockets.clone(),
            State::Failed(why) => bail!("{why}"),
            State::Preparing | State::Ended => bail!("the private PostgreSQL server ended before it started"),
        };
        let embedded = Self { sockets, keeper, state };
        let mut server = embedded.wait_for_answer().await?;
        furnish(&mut server).await.context("the private database cannot be prepared")?;
        server.close().await?;
        embedded.keeper.answered.store(true, Ordering::Release);
        Ok(embedded)
    }

    /// The address of the database for its owner.
    pub fn owner_url(&self) -> SecretString {
        self.url(OWNER, DATABASE)
    }

    /// The address of the database for the desk's own role.
    pub fn desk_url(&self) -> SecretString {
        self.url(DESK_ROLE, DATABASE)
    }

    /// The address of the server itself, for its owner.
    pub fn server_url(&self) -> SecretString {
        self.url(OWNER, "postgres")
    }

    /// The directory of its socket.
    pub fn sockets(&self) -> &Path {
        &self.sockets
    }

    /// Stops the server if it is ours, sessions ended cleanly, and waits until it has.
    ///
    /// # Errors
    /// When it does not stop.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.wait_for_guests().await;
        self.keeper.stopping.store(true, Ordering::Release);
        let mut asked = Ok(());
        // Asked twice, because a server that was just being started does not hear the first time.
        for (mode, seconds) in [("fast", 1), ("fast", 30), ("immediate", 10)] {
            let keeper = self.keeper.clone();
            asked = tokio::task::spawn_blocking(move || keeper.cluster.get().map_or(Ok(()), |cluster| cluster.stop(mode))).await?;
            let ended = self.state.wait_for(|state| matches!(state, State::Ended | State::Failed(_)));
            if tokio::time::timeout(Duration::from_secs(seconds), ended).await.is_ok() {
                return Ok(());
            }
        }
        asked.and_then(|()| bail!("the private PostgreSQL server does not stop"))
    }

    /// A short command that joined us is let finish; a desk that stays takes over when we are gone.
    async fn wait_for_guests(&self) {
        let Some(guests) = self.keeper.guests.get() else { return };
        let started = Instant::now();
        while guests.try_lock().is_err() && started.elapsed() < COURTESY {
            sleep(Duration::from_millis(20)).await;
        }
    }

    fn url(&self, role: &str, database: &str) -> SecretString {
        let query = [("host", self.sockets.to_string_lossy().into_owned()), ("sslmode", "disable".into())];
        let url = url::Url::parse_with_params(&format!("postgres://{role}@localhost/{database}"), query);
        url.expect("the names are ours and the directory is escaped").to_string().into()
    }

    async fn wait_for_answer(&self) -> anyhow::Result<PgConnection> {
        let options: PgConnectOptions = self.server_url().expose_secret().parse()?;
        let started = Instant::now();
        loop {
            let error = match options.connect().await {
                Ok(connection) => return Ok(connection),
                Err(error) => error,
            };
            if let State::Failed(why) = &*self.state.borrow() {
                bail!("{why}");
            }
            let repairing = error.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref() == Some("57P03");
            if started.elapsed() > if repairing { REPAIR } else { SILENCE } {
                let last_words = self.keeper.cluster.get().map(Cluster::last_words).unwrap_or_default();
                return Err(error).with_context(|| format!("the private PostgreSQL server does not answer; it said last: {last_words}"));
            }
            sleep(Duration::from_millis(25)).await;
        }
    }
}

/// Keeps the server for as long as the program runs: it is started again if it dies.
fn keep(options: &Options, keeper: &Keeper, tell: &watch::Sender<State>) -> anyhow::Result<()> {
    let place = Place::prepare(&options.directory, options.upkeep)?;
    let sockets = place.sockets().to_path_buf();
    let (lock, guests) = (place.open("in-use", false)?, place.open("guests", false)?);
    let has_joined = || tell.send_replace(State::Started(sockets.clone()));
    let Some(was_guest) = wait_for_turn(&lock, &guests, keeper, has_joined).context("the lock of the private server")? else {
        return Ok(());
    };
    keeper.guests.get_or_init(|| guests);
    // Whoever takes over from another program finds a database in use: it is never wiped.
    let upkeep = if was_guest { Upkeep::Kept } else { options.upkeep };
    let cluster = Cluster::find(place, options.programs.as_deref(), upkeep)?;
    let cluster = keeper.cluster.get_or_init(|| cluster);
    cluster.recover()?;
    cluster.initialise()?;
    let mut server = Some(cluster.start()?);
    while let Some(mut running) = server {
        tell.send_replace(State::Started(sockets.clone()));
        let status = running.wait()?;
        if keeper.stopping.load(Ordering::Acquire) {
            break;
        }
        let last_words = cluster.last_words();
        if !keeper.answered.load(Ordering::Acquire) {
            bail!("the private PostgreSQL server ended as it started ({status}); it said last: {last_words}");
        }
        tracing::error!(%status, last_words, "the private PostgreSQL server ended by itself: starting it again");
        server = start_again(cluster, keeper);
    }
    Ok(())
}

/// Tries for as long as the program runs: whoever mends the machine need not know that the desk must be started again. None when it stops.
fn start_again(cluster: &Cluster, keeper: &Keeper) -> Option<Child> {
    loop {
        thread::sleep(Duration::from_secs(1));
        if keeper.stopping.load(Ordering::Acquire) {
            return None;
        }
        match cluster.recover().and_then(|()| cluster.start()) {
            Ok(server) => return Some(server),
            Err(error) => tracing::error!(error = format!("{error:#}"), "the private PostgreSQL server cannot be started yet"),
        }
    }
}

/// Waits until no other program of the desk runs the server of that directory, as its guest meanwhile. Says whether it was one; None when
/// it is to stop first.
fn wait_for_turn(lock: &File, guests: &File, keeper: &Keeper, has_joined: impl Fn() -> State) -> std::io::Result<Option<bool>> {
    let mut is_guest = false;
    loop {
        match lock.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if keeper.stopping.load(Ordering::Acquire) => return Ok(None),
            Err(TryLockError::WouldBlock) => {
                if !is_guest {
                    guests.lock_shared()?;
                    is_guest = true;
                    has_joined();
                }
                thread::sleep(Duration::from_millis(100));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    guests.unlock()?;
    Ok(Some(is_guest))
}

/// The database and the desk's role, when they are not there yet; another program may be making them at this moment.
async fn furnish(server: &mut PgConnection) -> sqlx::Result<()> {
    let role = format!("do $$ begin create role {DESK_ROLE} login; exception when duplicate_object or unique_violation then null; end $$");
    server.execute(AssertSqlSafe(role)).await?;
    if has_database(server, DATABASE).await? {
        return Ok(());
    }
    match server.execute(AssertSqlSafe(format!("create database {DATABASE} owner {OWNER}"))).await {
        Err(sqlx::Error::Database(error)) if matches!(error.code().as_deref(), Some("42P04" | "23505")) => Ok(()),
        outcome => outcome.map(|_| ()),
    }
}

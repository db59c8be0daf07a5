//! The program, started as people start it, on a directory of its own.

use std::{
    cell::Cell,
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    time::{Duration, Instant},
};

use habilitation::{
    attachments::Storage,
    config::Config,
    database::{self},
};
use rustix::process::{Pid, Signal, kill_process};
use secrecy::SecretString;
use sqlx::{Connection, PgConnection, PgPool};
use tokio::{
    sync::{Mutex, MutexGuard},
    time::sleep,
};
use uuid::Uuid;

use crate::browser::Browser;

/// A start takes a second or two; a machine that builds at the same time may need more.
const LONGEST_START: Duration = Duration::from_mins(1);

/// One desk at a time: what a test measures is not another test's load.
static TURN: Mutex<()> = Mutex::const_new(());

/// What the desk keeps (DATA_DIR); removed at the end, with whatever still works there.
#[derive(Debug)]
pub struct Place {
    directory: PathBuf,
    started: Cell<u32>,
    _turn: MutexGuard<'static, ()>,
}

/// The program, serving.
#[derive(Debug)]
pub struct Desk {
    process: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// What it says.
    log: PathBuf,
    begun: Instant,
}

impl Place {
    /// An empty directory, in /tmp, which the user who runs PostgreSQL can reach wherever the sources lie.
    pub async fn new() -> Self {
        let turn = TURN.lock().await;
        let directory = Path::new("/tmp").join(format!("habilitation-faults-{}", Uuid::new_v4().simple()));
        fs::create_dir(&directory).unwrap();
        Self { directory, started: Cell::new(0), _turn: turn }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_habilitation"));
        // Nothing of this machine's settings, but where its PostgreSQL lies.
        for name in include_str!("../../.env.example").lines().filter_map(|line| Some(line.trim_start_matches('#').split_once('=')?.0)) {
            if name != "PG_BINDIR" {
                command.env_remove(name);
            }
        }
        command.env("DATA_DIR", &self.directory).env("DEMO", "on").env("DECISION_HOLD", "0").env("LOG_FORMAT", "json").stdin(Stdio::null());
        command
    }

    /// Where the files of demandes are.
    pub fn files(&self) -> PathBuf {
        self.directory.join("pieces")
    }

    /// The storage of the desk, beside it.
    pub fn storage(&self) -> Storage {
        let mut config = Config::defaults();
        config.data_dir.clone_from(&self.directory);
        Storage::from_config(&config).unwrap()
    }

    /// Starts the program without waiting for it.
    pub fn serve(&self, settings: &[(&str, &str)]) -> Desk {
        let number = self.started.get() + 1;
        self.started.set(number);
        let log = self.directory.join(format!("serve-{number}.log"));
        let file = File::create(&log).unwrap();
        let address = free_address();
        let mut command = self.command();
        command.arg("serve").env("LISTEN_ADDR", address.to_string()).envs(settings.iter().copied());
        let begun = Instant::now();
        let process = command.stdout(file.try_clone().unwrap()).stderr(file).spawn().unwrap();
        Desk { process, address, log, begun }
    }

    /// Starts the program and waits until it takes visitors.
    pub async fn open(&self) -> Desk {
        let mut desk = self.serve(&[]);
        desk.ready().await;
        desk
    }

    /// Runs another verb to its end, beside the desk or alone.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().unwrap()
    }

    fn url(&self, role: &str) -> String {
        let sockets = fs::canonicalize(self.directory.join("postgres")).unwrap();
        format!("postgres://{role}@localhost/habilitation?sslmode=disable&host={}", sockets.display())
    }

    /// A connection as the owner of the database.
    pub async fn owner(&self) -> PgConnection {
        PgConnection::connect(&self.url("owner")).await.unwrap()
    }

    /// Connections as the desk's own, for acts that prepare a test.
    pub async fn database(&self) -> PgPool {
        database::connect(&SecretString::from(self.url("habilitation_desk")), 4).await.unwrap()
    }

    /// The letters written as files: the number of each.
    pub fn letters(&self) -> Vec<Uuid> {
        let files = fs::read_dir(self.directory.join("courriels")).into_iter().flatten().flatten();
        let names = files.map(|file| file.file_name().into_string().unwrap());
        names.filter_map(|name| name.strip_suffix(".eml").map(|name| name[name.len() - 36..].parse().unwrap())).collect()
    }

    /// The server process the desk started, by its own file.
    pub fn postmaster(&self) -> Option<Pid> {
        let file = fs::read_to_string(self.directory.join("postgres/data/postmaster.pid")).ok()?;
        Pid::from_raw(file.lines().next()?.parse().ok()?)
    }

    /// The desk that keeps the server: the others are its guests.
    pub fn host(&self) -> Option<Pid> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.postmaster()?.as_raw_nonzero())).ok()?;
        let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
        Pid::from_raw(parent.trim().parse().ok()?)
    }

    /// Every process of that server: they all work in its directory.
    pub fn server_processes(&self) -> Vec<Pid> {
        let Ok(data) = fs::canonicalize(self.directory.join("postgres/data")) else { return Vec::new() };
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        let numbered = processes.filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("cwd"))));
        let there = numbered.filter(|(_, cwd)| fs::read_link(cwd).is_ok_and(|cwd| cwd == data));
        there.filter_map(|(number, _)| Pid::from_raw(number)).collect()
    }

    /// What that server has said since it started.
    pub fn server_log(&self) -> String {
        fs::read_to_string(self.directory.join("postgres/server.log")).unwrap()
    }

    /// Checks the law of the database, beside the desk.
    pub fn check_invariants(&self) {
        let checked = self.run(&["check-invariants"]);
        let said = String::from_utf8_lossy(&checked.stdout).into_owned();
        assert!(checked.status.success(), "{said}{}", String::from_utf8_lossy(&checked.stderr));
        assert!(said.lines().count() >= 9 && said.lines().all(|line| line.starts_with("ok ")), "{said}");
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Its desks are gone: their server has been told to stop by the kernel.
        let started = Instant::now();
        while let Some(process) = self.server_processes().first() {
            if started.elapsed() > Duration::from_secs(10) {
                let _ = kill_process(*process, Signal::KILL);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = fs::remove_dir_all(&self.directory);
    }
}

impl Desk {
    /// Waits until it takes visitors; how long that was since it was started.
    pub async fn ready(&mut self) -> Duration {
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                panic!("the desk ended as it started ({status}): {}", self.said());
            }
            // Connections that arrive before it serves wait for it.
            if Browser::new(self.address).get("/health/ready").await.is_ok_and(|answer| answer.status == 200) {
                return self.begun.elapsed();
            }
            assert!(self.begun.elapsed() < LONGEST_START, "the desk does not start: {}", self.said());
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// A browser before it.
    pub fn browser(&self) -> Browser {
        Browser::new(self.address)
    }

    /// Its process.
    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.process)
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Asks it to stop.
    pub fn ask_to_stop(&self) {
        kill_process(self.pid(), Signal::TERM).unwrap();
    }

    /// Waits for its end.
    pub async fn end(&mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < Duration::from_mins(1), "the desk does not stop: {}", self.said());
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// Everything it said.
    pub fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// It met trouble without a panic and without a failure of its own.
    pub fn assert_calm(&self) {
        let said = self.said();
        let wrong: Vec<&str> = said.lines().filter(|line| line.contains("panic") || line.contains("internal problem")).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Below the ports the system gives to connections that leave: nobody takes it while a desk starts again.
fn free_address() -> SocketAddr {
    loop {
        let address = SocketAddr::from(([127, 0, 0, 1], rand::random_range(20_000..32_000)));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}

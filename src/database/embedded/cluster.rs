//! The data and the server process: made, started, stopped, and put right after a brutal end.

use std::{
    fs,
    io::ErrorKind,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use rustix::{
    io::Errno,
    process::{Pid, Signal, getpid, getppid, kill_process, set_parent_process_death_signal},
};

use super::{place::Place, place::Upkeep, programs::Programs};

/// Superuser of the private server, owner of the database.
pub const OWNER: &str = "owner";

/// For a desk of a few dozen people at once: little memory at rest, room for the queue's sorts.
const SETTINGS: [&str; 15] = [
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "shared_buffers=32MB",
    "maintenance_work_mem=32MB",
    "wal_buffers=1MB",
    "max_wal_size=256MB",
    "max_connections=100",
    "max_worker_processes=2",
    "autovacuum_max_workers=1",
    "max_logical_replication_workers=0",
    "jit=off",
    "huge_pages=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
];

/// Nothing survives a power cut, and nobody minds.
const THROWAWAY_SETTINGS: [&str; 4] = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"];

/// A private server's place and programs.
#[derive(Debug)]
pub struct Cluster {
    place: Place,
    programs: Programs,
    upkeep: Upkeep,
}

impl Cluster {
    /// Finds the programs that can read the data, or that will make it.
    ///
    /// # Errors
    /// In one sentence, when there are none.
    pub fn find(place: Place, asked: Option<&Path>, upkeep: Upkeep) -> anyhow::Result<Self> {
        let data = match (upkeep, fs::read_to_string(place.data().join("PG_VERSION"))) {
            (Upkeep::Kept, Ok(version)) => {
                Some(version.trim().parse().with_context(|| format!("{} is not a number", place.data().join("PG_VERSION").display()))?)
            }
            (Upkeep::Kept, Err(error)) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("{} cannot be read", place.data().display()));
            }
            _ => None,
        };
        let programs =
            Programs::find(asked, data).with_context(|| format!("the desk has no database to work with in {}", place.data().display()))?;
        Ok(Self { place, programs, upkeep })
    }

    /// Ends what a killed desk left behind: its server was told to stop by the kernel and may still be writing its last files.
    ///
    /// # Errors
    /// When that server does not stop.
    pub fn recover(&self) -> anyhow::Result<()> {
        let data = self.place.data();
        if !has_ended(&data, Duration::from_secs(2)) {
            tracing::warn!(data = %data.display(), "a server without a desk runs on this data: stopping it");
            if let Err(error) = self.stop("fast") {
                // Its first process is dead, so nobody can ask; another one computes and has not noticed. What was committed is safe.
                tracing::warn!(error = format!("{error:#}"), "ending the processes it left behind");
                end_processes_in(&data);
            }
            if !has_ended(&data, Duration::from_secs(30)) {
                let processes = processes_in(&data);
                bail!(
                    "a PostgreSQL server (process {processes:?}) runs on {} and does not stop: stop it, then start again",
                    data.display()
                );
            }
        }
        // Nobody works there any more, but the numbers in these files may be those of other programs by now, or of dead ones that nobody
        // has buried: PostgreSQL would refuse to start.
        remove_file(&data.join("postmaster.pid"))?;
        remove_file(&self.place.sockets().join(".s.PGSQL.5432.lock"))
    }

    /// Makes the database files on the first start; a test's are made again each time.
    ///
    /// # Errors
    /// When `initdb` fails, with its last words.
    pub fn initialise(&self) -> anyhow::Result<()> {
        let (data, making) = (self.place.data(), self.place.data_in_the_making());
        if self.upkeep == Upkeep::Throwaway {
            remove(&data)?;
        }
        if data.join("PG_VERSION").exists() {
            return Ok(());
        }
        // What was interrupted has no value; the name of the data is given only to a whole one.
        remove(&making)?;
        let mut initdb = self.place.command(&self.programs.named("initdb"));
        initdb.arg("-D").arg(&making).args(["-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums"]);
        initdb.args(["--no-instructions"]).args((self.upkeep == Upkeep::Throwaway).then_some("--no-sync"));
        let output = initdb.output().context("initdb cannot be run")?;
        ensure!(output.status.success(), "initdb failed: {}", last_lines(&String::from_utf8_lossy(&output.stderr)));
        fs::rename(&making, &data).with_context(|| format!("{} cannot be given its name", data.display()))
    }

    /// Starts the server as a child of the calling thread: when that thread ends, whatever the reason, the server stops.
    ///
    /// # Errors
    /// When it cannot be run.
    pub fn start(&self) -> anyhow::Result<Child> {
        let mut server = self.place.command(&self.programs.named("postgres"));
        server.arg("-D").arg(self.place.data()).arg("-k").arg(self.place.sockets());
        let throwaway: &[&str] = if self.upkeep == Upkeep::Throwaway { &THROWAWAY_SETTINGS } else { &[] };
        for setting in SETTINGS.iter().chain(throwaway) {
            server.args(["-c", setting]);
        }
        let log = self.place.open("server.log", true)?;
        server.stdin(std::process::Stdio::null()).stdout(log.try_clone()?).stderr(log);
        // Ctrl-C in the terminal is for the desk, which then stops its server itself.
        server.process_group(0);
        stop_with_this_thread(&mut server);
        server.spawn().context("the PostgreSQL server cannot be run")
    }

    /// Asks the server to stop, without waiting: `fast` ends sessions cleanly, `immediate` leaves the rest to the next start.
    ///
    /// # Errors
    /// When there is no server to ask.
    pub fn stop(&self, mode: &str) -> anyhow::Result<()> {
        let mut pg_ctl = self.place.command(&self.programs.named("pg_ctl"));
        let output = pg_ctl.args(["stop", "-s", "-W", "-m", mode, "-D"]).arg(self.place.data()).output().context("pg_ctl cannot be run")?;
        ensure!(output.status.success(), "the server cannot be stopped: {}", last_lines(&String::from_utf8_lossy(&output.stderr)));
        Ok(())
    }

    /// What the server said last.
    pub fn last_words(&self) -> String {
        last_lines(&fs::read_to_string(self.place.log()).unwrap_or_default())
    }
}

#[expect(unsafe_code, reason = "only between fork and exec can a child ask to be told of its parent's death")]
fn stop_with_this_thread(server: &mut Command) {
    let parent = getpid();
    let ask = move || {
        set_parent_process_death_signal(Some(Signal::INT))?;
        // A parent that died before the line above will never be told of.
        if getppid() == Some(parent) { Ok(()) } else { Err(Errno::CHILD.into()) }
    };
    // SAFETY: after the fork of a program with several threads the child may take no lock and allocate nothing: the closure makes three
    // system calls, and its values are plain numbers.
    unsafe {
        server.pre_exec(ask);
    }
}

/// Waits until no process works in that directory; false when the time is up. All processes of a server do, from the first to the last.
fn has_ended(data: &Path, patience: Duration) -> bool {
    let started = Instant::now();
    while !processes_in(data).is_empty() {
        if started.elapsed() > patience {
            return false;
        }
        thread::sleep(Duration::from_millis(10));
    }
    true
}

fn end_processes_in(directory: &Path) {
    for process in processes_in(directory).into_iter().filter_map(|number| Pid::from_raw(number.cast_signed())) {
        if let Err(error) = kill_process(process, Signal::KILL)
            && error != Errno::SRCH
        {
            tracing::warn!(%error, ?process, "the process cannot be ended");
        }
    }
}

fn processes_in(directory: &Path) -> Vec<u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbered = processes.filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("cwd"))));
    numbered.filter(|(_, cwd)| fs::read_link(cwd).is_ok_and(|cwd| cwd == directory)).map(|(number, _)| number).collect()
}

fn remove(directory: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(directory) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", directory.display()))
        }
        _ => Ok(()),
    }
}

fn remove_file(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error).with_context(|| format!("{} cannot be removed", path.display())),
        _ => Ok(()),
    }
}

fn last_lines(said: &str) -> String {
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines[lines.len().saturating_sub(4)..].join(" / ")
}

//! The directory of the private server: who owns it, whether they can reach it, where its socket fits.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::ErrorKind,
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown, symlink},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail, ensure};
use rustix::{fs::OFlags, process::geteuid};

use crate::secret::sha256;

/// A unix socket's address holds 108 bytes, the last one a zero.
const LONGEST_SOCKET_PATH: usize = 107;

/// Whether the data outlives the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upkeep {
    /// People's files: written to the disk before they are said to be.
    Kept,
    /// A test's: wiped at the start, and quick because nothing is lost when the machine stops.
    Throwaway,
}

/// Somebody without privileges on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct User {
    uid: u32,
    gid: u32,
}

/// Where the private server lives and as whom.
#[derive(Clone, Debug)]
pub struct Place {
    base: PathBuf,
    sockets: PathBuf,
    /// Absent when the program itself runs without privileges.
    user: Option<User>,
}

impl Place {
    /// Makes the directory if need be, closed to everybody but the server's user. A directory that user cannot reach, below root's home
    /// for instance, becomes a link to one of theirs.
    ///
    /// # Errors
    /// In one sentence: it cannot be written, belongs to somebody else, or there is nobody to run the server as.
    pub fn prepare(asked: &Path, upkeep: Upkeep) -> anyhow::Result<Self> {
        let asked = &std::path::absolute(asked)?;
        let user = geteuid().is_root().then(|| find_user(asked)).transpose()?;
        let mut base = make_private(asked, user)?;
        if !is_reachable(&base, user)? {
            let elsewhere = Path::new(match upkeep {
                Upkeep::Kept => "/var/lib/habilitation",
                Upkeep::Throwaway => "/tmp",
            });
            base = move_out(&base, asked, elsewhere, user)?;
        }
        let sockets = place_of_socket(&base, user)?;
        Ok(Self { base, sockets, user })
    }

    /// Where PostgreSQL keeps its files.
    pub fn data(&self) -> PathBuf {
        self.base.join("data")
    }

    /// Where a new database is made, before it takes the name of the data.
    pub fn data_in_the_making(&self) -> PathBuf {
        self.base.join("data.new")
    }

    /// The directory of the socket.
    pub fn sockets(&self) -> &Path {
        &self.sockets
    }

    /// What the server says.
    pub fn log(&self) -> PathBuf {
        self.base.join("server.log")
    }

    /// A program run as the server's user, with none of our settings in its environment: some are secrets.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.base).env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C").env("TZ", "UTC");
        if let Some(user) = self.user {
            command.uid(user.uid).gid(user.gid);
        }
        command
    }

    /// Opens one of our files there. The server's user owns the directory: a link planted in it is not followed.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn open(&self, name: &str, emptied: bool) -> anyhow::Result<File> {
        let path = self.base.join(name);
        OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(emptied)
            .mode(0o600)
            .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
            .open(&path)
            .with_context(|| format!("{} cannot be written", path.display()))
    }
}

/// Whom root becomes: the owner of what is already there, else `postgres`.
fn find_user(asked: &Path) -> anyhow::Result<User> {
    if let Ok(directory) = fs::metadata(asked)
        && directory.uid() != 0
    {
        return Ok(User { uid: directory.uid(), gid: directory.gid() });
    }
    let people = fs::read_to_string("/etc/passwd").unwrap_or_default();
    named_postgres(&people).context(
        "PostgreSQL refuses to run as root and this machine has no user « postgres » to run it as: install PostgreSQL from your \
         distribution, start the desk as an ordinary user, or name a server in DATABASE_URL",
    )
}

fn named_postgres(people: &str) -> Option<User> {
    let line = people.lines().find(|line| line.starts_with("postgres:"))?;
    let mut numbers = line.split(':').skip(2);
    Some(User { uid: numbers.next()?.parse().ok()?, gid: numbers.next()?.parse().ok()? })
}

fn make_private(asked: &Path, user: Option<User>) -> anyhow::Result<PathBuf> {
    let unwritable =
        || format!("the directory {} cannot be written: name another one in DATA_DIR, or a server in DATABASE_URL", asked.display());
    if let Some(parent) = asked.parent() {
        make_passage(parent).with_context(unwritable)?;
    }
    match DirBuilder::new().mode(0o700).create(asked) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error).with_context(unwritable),
    }
    let base = fs::canonicalize(asked).with_context(unwritable)?;
    let owner = fs::metadata(&base).with_context(unwritable)?.uid();
    match user {
        Some(user) => chown(&base, Some(user.uid), Some(user.gid)).with_context(unwritable)?,
        None => ensure!(
            owner == geteuid().as_raw(),
            "the directory {} belongs to another user of this machine (number {owner}): start the desk as that user, name another \
             directory in DATA_DIR, or a server in DATABASE_URL",
            base.display()
        ),
    }
    fs::set_permissions(&base, fs::Permissions::from_mode(0o700)).with_context(unwritable)?;
    Ok(base)
}

/// Makes what is missing above a directory such that its owner can walk through, whatever root's umask.
fn make_passage(directory: &Path) -> std::io::Result<()> {
    if directory.as_os_str().is_empty() || directory.is_dir() {
        return Ok(());
    }
    directory.parent().map_or(Ok(()), make_passage)?;
    match fs::create_dir(directory) {
        Ok(()) => fs::set_permissions(directory, fs::Permissions::from_mode(0o711)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Asks the kernel, as that user: it alone knows every rule (modes, groups, access lists, mounts).
fn is_reachable(base: &Path, user: Option<User>) -> anyhow::Result<bool> {
    let Some(user) = user else { return Ok(true) };
    match Command::new("/bin/true").current_dir(base).uid(user.uid).gid(user.gid).status() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(false),
        Err(error) => Err(error).context("no program can be run as the user « postgres »"),
    }
}

fn move_out(base: &Path, asked: &Path, elsewhere: &Path, user: Option<User>) -> anyhow::Result<PathBuf> {
    let unreachable = || {
        format!(
            "the user who runs PostgreSQL cannot reach {}: open the directories above it, name another one in DATA_DIR, or a server in \
             DATABASE_URL",
            base.display()
        )
    };
    // Only an empty directory is replaced by a link.
    fs::remove_dir(base).with_context(unreachable)?;
    let made = private_directory(elsewhere, base, user).with_context(unreachable)?;
    symlink(&made, asked).with_context(unreachable)?;
    ensure!(is_reachable(&made, user)?, unreachable());
    tracing::info!(directory = %made.display(), "the private database lies outside the data directory, which its user cannot reach");
    Ok(made)
}

fn place_of_socket(base: &Path, user: Option<User>) -> anyhow::Result<PathBuf> {
    if base.join(".s.PGSQL.5432").as_os_str().len() <= LONGEST_SOCKET_PATH {
        return Ok(base.to_path_buf());
    }
    private_directory(Path::new("/run"), base, user).or_else(|_| private_directory(Path::new("/tmp"), base, user))
}

/// A directory of the server's user with a short name, always the same for the same purpose, in a place others may write too: one that
/// somebody else put there is refused.
fn private_directory(parent: &Path, purpose: &Path, user: Option<User>) -> anyhow::Result<PathBuf> {
    let name = format!("habilitation-{}", hex::encode(&sha256(purpose.as_os_str().as_encoded_bytes())[..6]));
    let directory = parent.join(name);
    make_passage(parent)?;
    match DirBuilder::new().mode(0o700).create(&directory) {
        Ok(()) => {
            if let Some(user) = user {
                chown(&directory, Some(user.uid), Some(user.gid))?;
            }
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let found = fs::symlink_metadata(&directory)?;
            let ours = user.map_or(geteuid().as_raw(), |user| user.uid);
            if !found.is_dir() || found.uid() != ours || found.mode() & 0o077 != 0 {
                bail!("{} belongs to somebody else", directory.display());
            }
        }
        Err(error) => return Err(error).with_context(|| format!("{} cannot be made", directory.display())),
    }
    Ok(directory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_postgres_is_read_from_the_list_of_users() {
        let people = "root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(named_postgres(people), Some(User { uid: 101, gid: 104 }));
        assert_eq!(named_postgres("root:x:0:0:root:/root:/bin/bash\npostgresql:x:9:9::/:\n"), None);
    }
}

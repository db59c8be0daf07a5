//! Where this machine keeps the programs of the PostgreSQL server.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::bail;

/// The schema uses SQL functions with a standard body, which PostgreSQL reads since this version.
const OLDEST: u32 = 14;

/// A directory holding `initdb`, `postgres` and `pg_ctl` of one major version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programs {
    directory: PathBuf,
    /// 15 for PostgreSQL 15.18.
    pub major: u32,
}

impl Programs {
    /// The program of that name.
    pub fn named(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// The programs to use: those asked for, or those of the machine; of the major version the data was made with, or the newest.
    ///
    /// # Errors
    /// In one sentence: there is none, or none of that version.
    pub fn find(asked: Option<&Path>, data: Option<u32>) -> anyhow::Result<Self> {
        let found: Vec<Self> = match asked {
            Some(directory) => read(directory).into_iter().collect(),
            None => of_this_machine().iter().filter_map(|directory| read(directory)).collect(),
        };
        Self::choose(found, asked, data)
    }

    fn choose(mut found: Vec<Self>, asked: Option<&Path>, data: Option<u32>) -> anyhow::Result<Self> {
        found.retain(|programs| programs.major >= OLDEST);
        // The machine's own order is kept among equals: the packaged directory comes before what PATH says.
        found.sort_by_key(|programs| std::cmp::Reverse(programs.major));
        let newest = found.first().map(|programs| programs.major);
        let chosen = match data {
            Some(major) => found.into_iter().find(|programs| programs.major == major),
            None => found.into_iter().next(),
        };
        match (chosen, asked, data, newest) {
            (Some(programs), ..) => Ok(programs),
            (None, _, Some(data), Some(newest)) => bail!(
                "the data was made by PostgreSQL {data} and the programs found are of PostgreSQL {newest}: install PostgreSQL {data} \
                 (on Debian or Ubuntu: apt install postgresql-{data}), name its directory in PG_BINDIR, or name a server in DATABASE_URL"
            ),
            (None, Some(directory), ..) => bail!(
                "{} (PG_BINDIR) does not hold the programs of a PostgreSQL server, version {OLDEST} or later: name the directory of \
                 initdb and postgres there, or name a server in DATABASE_URL",
                directory.display()
            ),
            (None, None, ..) => bail!(
                "no PostgreSQL server, version {OLDEST} or later, is installed on this machine: install it (on Debian or Ubuntu: apt \
                 install postgresql), name the directory of its programs in PG_BINDIR, or name a server in DATABASE_URL"
            ),
        }
    }
}

/// The directories where the programs may be, the surest first.
fn of_this_machine() -> Vec<PathBuf> {
    let mut directories: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|version| version.path().join("bin")).collect();
    directories.extend(said_by(Command::new("pg_config").arg("--bindir")).map(PathBuf::from));
    // `command -v` reads PATH for us; the link it may find leads to the directory where all the programs are.
    let initdb = said_by(Command::new("sh").args(["-c", "command -v initdb"])).and_then(|path| fs::canonicalize(path).ok());
    directories.extend(initdb.and_then(|path| path.parent().map(Path::to_path_buf)));
    directories
}

fn read(directory: &Path) -> Option<Programs> {
    let complete = ["initdb", "postgres", "pg_ctl"].iter().all(|name| directory.join(name).is_file());
    let version = complete.then(|| said_by(Command::new(directory.join("postgres")).arg("--version")))??;
    Some(Programs { directory: directory.to_path_buf(), major: major(&version)? })
}

/// 15, in « postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1) ».
fn major(version: &str) -> Option<u32> {
    let number = version.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    number.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

fn said_by(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !said.is_empty()).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programs(directory: &str, major: u32) -> Programs {
        Programs { directory: directory.into(), major }
    }

    #[test]
    fn the_major_version_is_read_whatever_the_packager_adds() {
        for (said, expected) in [
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", Some(15)),
            ("postgres (PostgreSQL) 18beta1", Some(18)),
            ("postgres (PostgreSQL) 17", Some(17)),
            ("postgres (PostgreSQL)", None),
            ("", None),
        ] {
            assert_eq!(major(said), expected, "{said}");
        }
    }

    #[test]
    fn new_data_takes_the_newest_and_old_data_its_own() {
        let found = || vec![programs("/a", 15), programs("/b", 17), programs("/c", 13), programs("/d", 17)];
        assert_eq!(Programs::choose(found(), None, None).ok(), Some(programs("/b", 17)));
        assert_eq!(Programs::choose(found(), None, Some(15)).ok(), Some(programs("/a", 15)));
    }

    #[test]
    fn a_refusal_says_what_to_do() {
        let said = |found, asked: Option<&str>, data| {
            Programs::choose(found, asked.map(Path::new), data).map_err(|error| error.to_string()).expect_err("refused")
        };
        assert!(said(vec![], None, None).contains("apt install postgresql"));
        assert!(said(vec![programs("/c", 13)], None, None).contains("version 14 or later"));
        assert!(said(vec![], Some("/nowhere"), None).starts_with("/nowhere (PG_BINDIR)"));
        let other = said(vec![programs("/b", 17)], None, Some(15));
        assert!(
            other.contains("made by PostgreSQL 15") && other.contains("of PostgreSQL 17") && other.contains("postgresql-15"),
            "{other}"
        );
    }
}

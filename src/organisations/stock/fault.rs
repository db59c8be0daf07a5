//! Why a stock is refused, said to the operator who imports it.

use std::io;

/// Why an import changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportFault {
    /// The file cannot be opened or read.
    #[error("{file} cannot be read: {cause}")]
    Unreadable {
        /// Its name.
        file: String,
        /// What the system said.
        cause: io::Error,
    },
    /// What the file holds is not what INSEE publishes.
    #[error("{file} is refused: {why}")]
    Refused {
        /// Its name.
        file: String,
        /// What is wrong with it and what to do.
        why: String,
    },
    /// Somebody else imports at this moment.
    #[error("another import is running on this database: wait until it has ended, then look at `habilitation sirene status`")]
    AnotherOne,
    /// Readers or another program held the register too long.
    #[error("the new register is ready, but the one in place could not be replaced: it stayed in use for {seconds} s; start again")]
    InUse {
        /// Seconds waited.
        seconds: u64,
    },
    /// The database refused something.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
}

/// Why the bytes of a file cannot be a stock; [`super::reading`] adds the file's name.
#[derive(Debug, thiserror::Error)]
pub(super) enum FileFault {
    #[error(transparent)]
    Unreadable(#[from] io::Error),
    #[error("{0}")]
    Refused(String),
    /// Nobody takes the rows any more: the import has already failed elsewhere.
    #[error("the import was given up")]
    GivenUp,
}

impl FileFault {
    pub(super) fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }

    pub(super) fn of(self, file: &str) -> ImportFault {
        let file = file.to_owned();
        match self {
            Self::Unreadable(cause) => ImportFault::Unreadable { file, cause },
            Self::Refused(why) => ImportFault::Refused { file, why },
            Self::GivenUp => ImportFault::Refused { file, why: "the import was given up".into() },
        }
    }
}

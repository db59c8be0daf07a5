//! The only place that knows what time it is.

use std::sync::{Arc, Mutex, PoisonError};

use time::OffsetDateTime;

/// The time acts are given; tests hold it still or move it.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's.
    System,
    /// Held where a test put it.
    Fixed(Arc<Mutex<OffsetDateTime>>),
}

impl Clock {
    /// A clock that stands still.
    pub fn fixed(at: OffsetDateTime) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    /// Now, in UTC, to the microsecond as PostgreSQL keeps it.
    #[expect(clippy::disallowed_methods, reason = "this is the one reader of the time")]
    pub fn now(&self) -> OffsetDateTime {
        let now = match self {
            Self::System => OffsetDateTime::now_utc(),
            Self::Fixed(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        };
        now.replace_nanosecond(now.nanosecond() / 1000 * 1000).unwrap_or(now)
    }

    /// Moves a fixed clock; the machine's does not move.
    pub fn advance(&self, by: time::Duration) {
        if let Self::Fixed(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}

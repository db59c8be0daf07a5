//! What the desk waits for when the register was away, and how an organisation stands with it.

use time::{Duration, OffsetDateTime};

use super::Siret;

pub(super) mod store;

/// How long a worker keeps a number to itself: longer than every source takes to answer or not.
pub(super) const LEASE: Duration = Duration::minutes(2);

/// A number nobody acts for is not asked for longer than that.
pub(super) const WITHOUT_ORGANISATION: Duration = Duration::days(1);

const FIRST_PAUSE: Duration = Duration::seconds(30);
const LONGEST_PAUSE: Duration = Duration::hours(1);

/// How an organisation stands with the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The register told what it knows, masked as it may be.
    Told,
    /// The register never answered so far: what is known was declared, and no decision can be taken on it.
    Awaited {
        /// Since when.
        since: OffsetDateTime,
    },
    /// The register answered that it does not hold the number.
    Unknown {
        /// When.
        at: OffsetDateTime,
    },
    /// Declared, and nothing more is awaited.
    Declared,
}

impl Standing {
    /// Whether the register's word is still awaited.
    pub fn is_awaited(self) -> bool {
        matches!(self, Self::Awaited { .. })
    }
}

/// A number a worker has taken to ask for.
#[derive(Clone, Debug)]
pub struct DueLookup {
    /// Which.
    pub siret: Siret,
    /// Tries so far, this one included.
    pub(super) tries: i32,
    pub(super) locked_until: OffsetDateTime,
}

/// How long a number waits after that many tries. `jitter`, from 0 to 1, spreads those that failed together.
pub(super) fn pause(tries: i32, jitter: f64) -> Duration {
    let doubled = u32::try_from(tries.saturating_sub(1)).unwrap_or_default().min(16);
    let pause = (FIRST_PAUSE * 2_i32.pow(doubled)).min(LONGEST_PAUSE);
    pause * (0.8 + 0.4 * jitter.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour_and_spread() {
        for (tries, seconds) in [(0, 30), (1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (i32::MAX, 3600)] {
            assert_eq!(pause(tries, 0.5), Duration::seconds(seconds), "{tries} tries");
            assert_eq!(pause(tries, 0.0), Duration::seconds(seconds) * 0.8);
            assert_eq!(pause(tries, 7.0), Duration::seconds(seconds) * 1.2);
        }
    }
}

//! What handing a letter over may give, and what becomes of the letter then.

use strum::{Display, EnumString};
use time::{Duration, OffsetDateTime};

/// How long a letter is tried.
pub const TRIED_FOR: Duration = Duration::hours(48);

/// How long a worker keeps a letter to itself. Longer than the longest conversation and than the few minutes by which the clocks of two
/// machines may differ, so that nobody takes a letter from a worker that is still sending it.
pub const LEASE: Duration = Duration::minutes(5);

/// How long a letter that cannot leave makes the recipient's later ones wait, for the sake of their order: nobody misses today's letter
/// because of yesterday's.
pub const ORDER_KEPT_FOR: Duration = Duration::hours(1);

/// Tries of a letter that the program itself fails to write.
const MOST_BROKEN_TRIES: i32 = 10;

const FIRST_PAUSE: Duration = Duration::minutes(1);
const LONGEST_PAUSE: Duration = Duration::hours(6);

/// Where a letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Display, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum LetterState {
    /// It will be sent.
    Waiting,
    /// An operator holds it back.
    Held,
    /// The mail server took it.
    Sent,
    /// The line dropped twice after the whole letter was handed over: it may have left.
    Ambiguous,
    /// It was given up.
    Dead,
}

impl LetterState {
    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => "En attente",
            Self::Held => "Retenue",
            Self::Sent => "Envoyée",
            Self::Ambiguous => "Peut-être envoyée",
            Self::Dead => "Abandonnée",
        }
    }
}

/// What one try gave; the reasons are for operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server took the letter.
    Sent,
    /// The server cannot be used at all: absent, busy, without TLS, refusing us. Says nothing of this letter.
    ServerAway(String),
    /// Not now: 4xx, or the line dropped before the end of the letter.
    Later(String),
    /// Not ever: 5xx, or an e-mail that cannot be built.
    Never(String),
    /// The whole letter was handed over, then the line dropped or nothing was answered.
    Ambiguous(String),
    /// The program failed: it panicked, did not end, or does not know this kind of letter.
    Broken(String),
}

impl Outcome {
    /// Why the letter did not leave.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Sent => None,
            Self::ServerAway(reason) | Self::Later(reason) | Self::Never(reason) | Self::Ambiguous(reason) | Self::Broken(reason) => {
                Some(reason)
            }
        }
    }

    /// The name of the outcome, for logs: the reasons may hold addresses.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::ServerAway(_) => "server_away",
            Self::Later(_) => "later",
            Self::Never(_) => "never",
            Self::Ambiguous(_) => "ambiguous",
            Self::Broken(_) => "broken",
        }
    }
}

/// The tries of a letter, the present one included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    /// How many.
    pub count: i32,
    /// After how many nobody could say whether the letter left.
    pub doubtful: i32,
    /// No more tries afterwards.
    pub give_up_at: OffsetDateTime,
}

/// What becomes of a letter after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It left.
    Sent,
    /// It waits as if nobody had tried.
    PutBack,
    /// It is tried again then.
    TryAgain {
        /// When.
        at: OffsetDateTime,
        /// The try that ends may have sent it.
        in_doubt: bool,
    },
    /// Nobody knows whether it left and no more tries are made.
    InDoubt,
    /// It did not leave and no more tries are made.
    GivenUp,
}

/// Decides. `jitter`, from 0 to 1, spreads the tries of letters that failed together.
pub fn fate(outcome: &Outcome, tries: Tries, now: OffsetDateTime, jitter: f64) -> Fate {
    let next = now + pause(tries.count, jitter);
    let the_end = if tries.doubtful > 0 { Fate::InDoubt } else { Fate::GivenUp };
    match outcome {
        Outcome::Sent => Fate::Sent,
        Outcome::ServerAway(_) => Fate::PutBack,
        Outcome::Never(_) => the_end,
        Outcome::Broken(_) if tries.count >= MOST_BROKEN_TRIES => the_end,
        Outcome::Later(_) | Outcome::Broken(_) if next > tries.give_up_at => the_end,
        Outcome::Later(_) | Outcome::Broken(_) => Fate::TryAgain { at: next, in_doubt: false },
        Outcome::Ambiguous(_) if tries.doubtful > 0 => Fate::InDoubt,
        Outcome::Ambiguous(_) => Fate::TryAgain { at: next, in_doubt: true },
    }
}

/// A letter whose workers died one after the other is suspected of killing them.
pub fn kills_its_workers(tries: Tries) -> bool {
    tries.doubtful > 0 && tries.count > MOST_BROKEN_TRIES
}

/// One minute, then twice as long each time, six hours at most; give or take a fifth.
fn pause(tries: i32, jitter: f64) -> Duration {
    let doublings = tries.clamp(1, 16).unsigned_abs() - 1;
    let pause = (FIRST_PAUSE * 2_i32.pow(doublings)).min(LONGEST_PAUSE);
    pause * (0.8 + 0.4 * jitter.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-12-03 09:00 UTC);

    fn tries(count: i32, doubtful: i32) -> Tries {
        Tries { count, doubtful, give_up_at: NOW + TRIED_FOR }
    }

    fn outcomes() -> [Outcome; 6] {
        let why = String::new;
        [
            Outcome::Sent,
            Outcome::ServerAway(why()),
            Outcome::Later(why()),
            Outcome::Never(why()),
            Outcome::Ambiguous(why()),
            Outcome::Broken(why()),
        ]
    }

    #[test]
    fn each_outcome_has_its_fate() {
        let in_a_minute = NOW + Duration::minutes(1);
        let again = |in_doubt| Fate::TryAgain { at: in_a_minute, in_doubt };
        let never_in_doubt = [Fate::Sent, Fate::PutBack, again(false), Fate::GivenUp, again(true), again(false)];
        let once_in_doubt = [Fate::Sent, Fate::PutBack, again(false), Fate::InDoubt, Fate::InDoubt, again(false)];
        for (doubtful, fates) in [(0, never_in_doubt), (1, once_in_doubt)] {
            for (outcome, expected) in outcomes().iter().zip(fates) {
                assert_eq!(fate(outcome, tries(1, doubtful), NOW, 0.5), expected, "{outcome:?}");
            }
        }
    }

    #[test]
    fn the_pauses_grow_from_a_minute_to_six_hours() {
        let minutes: Vec<i64> = (1..=11).map(|count| pause(count, 0.5).whole_minutes()).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
        assert_eq!(pause(1, 0.0).whole_seconds(), 48);
        assert_eq!(pause(1, 1.0).whole_seconds(), 72);
    }

    #[test]
    fn a_server_that_says_later_for_two_days_is_not_asked_again() {
        let (mut now, mut count) = (NOW, 1);
        let mut last = fate(&Outcome::Later(String::new()), tries(count, 0), now, 0.5);
        while let Fate::TryAgain { at, .. } = last {
            now = at;
            count += 1;
            last = fate(&Outcome::Later(String::new()), tries(count, 0), now, 0.5);
        }
        assert_eq!(last, Fate::GivenUp);
        assert_eq!(count, 16);
        assert!(now > NOW + Duration::hours(40) && now <= NOW + TRIED_FOR);
    }

    #[test]
    fn what_the_program_cannot_write_is_given_up_after_ten_tries() {
        let broken = Outcome::Broken(String::new());
        assert!(matches!(fate(&broken, tries(9, 0), NOW, 0.5), Fate::TryAgain { .. }));
        assert_eq!(fate(&broken, tries(10, 0), NOW, 0.5), Fate::GivenUp);
    }

    proptest! {
        #[test]
        fn a_letter_is_tried_in_the_future_or_not_at_all(
            which in 0usize..6, count in 0i32..100, doubtful in 0i32..5, hours in -100i64..100, jitter in 0.0f64..=1.0,
        ) {
            let tries = Tries { count, doubtful, give_up_at: NOW + Duration::hours(hours) };
            if let Fate::TryAgain { at, in_doubt } = fate(&outcomes()[which], tries, NOW, jitter) {
                prop_assert!(at > NOW);
                // a second copy is risked once
                prop_assert!(!in_doubt || doubtful == 0);
            }
        }

        #[test]
        fn what_may_have_left_is_never_said_lost(which in 0usize..6, count in 0i32..100, doubtful in 1i32..5) {
            prop_assert_ne!(fate(&outcomes()[which], tries(count, doubtful), NOW, 0.5), Fate::GivenUp);
        }
    }
}

//! How often a source may be asked, and when nobody asks it.

use std::time::Duration as Wait;

use time::{Duration, OffsetDateTime, format_description::well_known::Rfc2822};

/// How long a call may last, answer read.
pub(super) const CALL: Wait = Wait::from_secs(2);
/// What clocks of two machines may differ by, and what may still travel when a call is given up.
const MARGIN: Duration = Duration::milliseconds(200);
/// A slot busy for longer than any call was taken by a clock that was ahead: it is free.
const TOO_FAR: Duration = Duration::minutes(2);
/// That many failures in a row, and the source is left alone for a while; then one call at a time tries it.
pub(super) const FAILURES: i32 = 3;
/// How long.
pub(super) const LEFT_ALONE: Duration = Duration::seconds(30);
/// The longest pause a source may ask for: an absurd one would silence it for ever.
const LONGEST_PAUSE: Duration = Duration::hours(1);

/// How the desk asks, and how long it may wait for its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// A page that shows an organisation: what was answered within 24 hours serves.
    Usual,
    /// Submission and decision: only what was answered within ten minutes serves.
    Anew,
    /// The worker: as [`Asking::Anew`], and it has time.
    Patiently,
}

impl Asking {
    /// How old an answer may be.
    pub(super) fn age(self) -> Duration {
        match self {
            Self::Usual => Duration::hours(24),
            Self::Anew | Self::Patiently => Duration::minutes(10),
        }
    }

    /// Pauses between tries to have a slot.
    pub(super) fn patience(self) -> &'static [Wait] {
        const PAGE: [Wait; 2] = [Wait::from_millis(40), Wait::from_millis(60)];
        const WORKER: [Wait; 16] = [Wait::from_millis(125); 16];
        match self {
            Self::Usual | Self::Anew => &PAGE,
            Self::Patiently => &WORKER,
        }
    }
}

/// The pace of a source: so many calls in a period, each a row of `register_slots`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pace {
    /// Calls in a period.
    pub slots: i32,
    /// The period.
    pub period: Duration,
    /// Slots the worker leaves to pages.
    pub kept_for_pages: i32,
    /// The pause when the source asks for one without saying how long.
    pub usual_pause: Duration,
}

impl Pace {
    /// Until when a call that starts now may hold its slot, should nobody come back to say that it ended.
    pub fn lease(self, now: OffsetDateTime) -> OffsetDateTime {
        now + CALL + self.after_answer()
    }

    /// How long a slot stays busy once its call has ended.
    pub fn after_answer(self) -> Duration {
        self.period + MARGIN
    }

    /// A slot busy beyond that is free.
    pub fn too_far(self, now: OffsetDateTime) -> OffsetDateTime {
        self.lease(now) + TOO_FAR
    }

    /// Slots numbered up to that one are not for this kind of asking.
    pub fn above(self, asking: Asking) -> i32 {
        if asking == Asking::Patiently { self.kept_for_pages } else { 0 }
    }

    /// Until when a source that says « too many calls » is left alone: `Retry-After`, in seconds or as a date (RFC 9110 §10.2.3).
    pub fn pause(self, retry_after: Option<&str>, now: OffsetDateTime) -> OffsetDateTime {
        let asked = retry_after.map(str::trim).and_then(|value| match value.parse::<u32>() {
            Ok(seconds) => Some(now + Duration::seconds(seconds.into())),
            Err(_) => OffsetDateTime::parse(value, &Rfc2822).ok(),
        });
        let least = now + self.period;
        asked.unwrap_or(now + self.usual_pause).clamp(least, now + LONGEST_PAUSE)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const A_SECOND: Pace = Pace { slots: 7, period: Duration::SECOND, kept_for_pages: 2, usual_pause: Duration::seconds(5) };

    #[test]
    fn a_source_is_left_alone_as_long_as_it_asks_within_reason() {
        let now = datetime!(2026-12-03 09:00 UTC);
        for (header, seconds) in [
            (None, 5),
            (Some("3"), 3),
            (Some(" 120 "), 120),
            (Some("0"), 1),
            (Some("4294967295"), 3600),
            (Some("Thu, 03 Dec 2026 09:02:00 GMT"), 120),
            (Some("Wed, 02 Dec 2026 09:02:00 GMT"), 1),
            (Some("soon"), 5),
            (Some("-1"), 5),
        ] {
            assert_eq!(A_SECOND.pause(header, now), now + Duration::seconds(seconds), "{header:?}");
        }
    }

    #[test]
    fn a_slot_outlives_its_call_by_a_whole_period() {
        let now = datetime!(2026-12-03 09:00 UTC);
        assert!(A_SECOND.lease(now) >= now + CALL + A_SECOND.period);
        assert!(A_SECOND.after_answer() > A_SECOND.period);
        assert_eq!((A_SECOND.above(Asking::Usual), A_SECOND.above(Asking::Patiently)), (0, 2));
    }
}

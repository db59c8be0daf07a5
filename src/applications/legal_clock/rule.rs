//! The rule of the clock, from facts alone: it neither reads the time nor writes anything.

use jiff::civil::Date;

use crate::{calendar, config::SilenceEffect};

/// Calendar months of silence that make a decision, same day of the month (CRPA L231-1, L231-4).
pub const SILENCE_MONTHS: i32 = 2;

/// Items asked with a time limit (CRPA L114-5). A plain request for changes is none: it leaves the clock alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemsRequest {
    /// The version found incomplete.
    pub version: i32,
    /// The day they were asked.
    pub asked_on: Date,
    /// The last day they may arrive.
    pub limit_on: Date,
    /// The day they arrived: that of the next version.
    pub received_on: Option<Date>,
    /// The limit passed without them, and it was written down.
    pub has_lapsed: bool,
}

impl ItemsRequest {
    /// The day the suspension ends: when the items arrive, at the limit at the latest; nothing while they are awaited.
    fn ends_on(&self) -> Option<Date> {
        match (self.received_on, self.has_lapsed) {
            (Some(received), _) => Some(received.min(self.limit_on).max(self.asked_on)),
            (None, true) => Some(self.limit_on),
            (None, false) => None,
        }
    }
}

/// What the clock of a demande depends on, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockFacts {
    /// The day the demande was first received, in Paris.
    pub received_on: Date,
    /// What silence means, as the acknowledgement told it; nothing for administrations.
    pub silence: Option<SilenceEffect>,
    /// The items asked, in any order.
    pub requests: Vec<ItemsRequest>,
    /// Somebody decided, or the applicant took the demande back.
    pub is_over: bool,
    /// The day silence decided.
    pub decided_by_silence_on: Option<Date>,
}

/// Where the clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegalClock {
    /// Silence means nothing: administrations are not protected by it.
    None,
    /// Silence will decide on that day.
    Running {
        /// What it will mean.
        effect: SilenceEffect,
        /// When.
        decides_on: Date,
    },
    /// Items are awaited. Rejection: the clock is stopped until they arrive, or until the limit. Acceptance: it does not start before
    /// they arrive, even past the limit.
    Suspended {
        /// What silence would mean.
        effect: SilenceEffect,
        /// The day they were asked.
        since: Date,
        /// The last day they may arrive.
        limit_on: Date,
        /// That day has passed.
        has_lapsed: bool,
    },
    /// It decided.
    DecidedBySilence {
        /// What it meant.
        effect: SilenceEffect,
        /// The day.
        on: Date,
    },
    /// Somebody decided, or the demande was taken back.
    Ended,
}

impl LegalClock {
    /// The day silence decides, while the clock runs.
    pub fn decides_on(self) -> Option<Date> {
        match self {
            Self::Running { decides_on, .. } => Some(decides_on),
            _ => None,
        }
    }
}

impl ClockFacts {
    /// Where the clock stands.
    pub fn clock(&self) -> LegalClock {
        let Some(effect) = self.silence else { return LegalClock::None };
        if self.is_over {
            return LegalClock::Ended;
        }
        if let Some(on) = self.decided_by_silence_on {
            return LegalClock::DecidedBySilence { effect, on };
        }
        match self.awaited(effect) {
            Some((since, limit_on, has_lapsed)) => LegalClock::Suspended { effect, since, limit_on, has_lapsed },
            None => LegalClock::Running { effect, decides_on: self.due(effect) },
        }
    }

    /// What the acknowledgement of a version promises: every item asked of an earlier version arrived with it, or its limit had passed.
    pub fn promised(&self, version: i32) -> Option<Date> {
        let requests = self.requests.iter().filter(|request| request.version < version).copied().collect();
        let then = Self { requests, is_over: false, decided_by_silence_on: None, ..self.clone() };
        then.clock().decides_on()
    }

    /// The items that stop the clock now: since when, until when, and whether that day has passed.
    fn awaited(&self, effect: SilenceEffect) -> Option<(Date, Date, bool)> {
        let stops = |request: &&ItemsRequest| match effect {
            SilenceEffect::Rejection => request.ends_on().is_none(),
            SilenceEffect::Acceptance => request.received_on.is_none(),
        };
        let awaited = self.requests.iter().filter(stops);
        awaited.fold(None, |sum, request| {
            let (since, limit_on, has_lapsed) = sum.unwrap_or((request.asked_on, request.limit_on, true));
            Some((since.min(request.asked_on), limit_on.max(request.limit_on), has_lapsed && request.has_lapsed))
        })
    }

    fn due(&self, effect: SilenceEffect) -> Date {
        match effect {
            SilenceEffect::Rejection => {
                calendar::days_after(calendar::months_after(self.received_on, SILENCE_MONTHS), self.suspended_days())
            }
            SilenceEffect::Acceptance => {
                let completed = self.requests.iter().filter_map(|request| request.received_on).max();
                calendar::months_after(completed.unwrap_or(self.received_on).max(self.received_on), SILENCE_MONTHS)
            }
        }
    }

    /// Whole days of suspension, those that overlap counted once.
    fn suspended_days(&self) -> i32 {
        let mut spans: Vec<(Date, Date)> =
            self.requests.iter().filter_map(|request| request.ends_on().map(|end| (request.asked_on, end))).collect();
        spans.sort_unstable();
        let mut counted_until = Date::MIN;
        let mut days = 0;
        for (from, to) in spans {
            let from = from.max(counted_until);
            if from < to {
                days += calendar::whole_days(from, to);
                counted_until = to;
            }
        }
        days
    }
}

#[cfg(test)]
mod tests;

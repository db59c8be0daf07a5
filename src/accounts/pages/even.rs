//! Answers that take the same time whatever they had to do, so that their time tells nothing.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Longer than a hash and a transaction take on a machine at rest.
const LEAST: Duration = Duration::from_millis(300);

/// Started when a request arrives.
#[derive(Clone, Copy, Debug)]
pub(super) struct EvenPace(Instant);

impl EvenPace {
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    /// Waits until the answer may leave.
    pub(super) async fn keep(self) {
        sleep_until(self.0 + LEAST).await;
    }
}

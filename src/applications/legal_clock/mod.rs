//! The legal clock of a demande: when the silence of the administration becomes a decision, and what stops it meanwhile.

mod keep;
mod rule;
mod store;

pub use keep::keep_clock;
pub use rule::{ClockFacts, ItemsRequest, LegalClock, SILENCE_MONTHS};
pub use store::{KeptClock, find_clock, find_clocks, find_promised, find_received_private};

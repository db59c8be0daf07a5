//! The legal clock at work: items asked with a time limit, silence that decides, and what everybody is told of it.

mod ask_missing_items;
mod asked;
mod awaited;
mod missing_items;
pub(super) mod news;
mod run_clock;
mod silence;
mod store;
mod tell;
mod words;

pub use ask_missing_items::ask_missing_items;
pub use asked::Asked;
pub use awaited::{Awaited, Sought};
pub use missing_items::{LEAST_DAYS, MOST_DAYS, MOST_ITEMS, MissingItem, MissingItems};
pub use run_clock::{Chore, find_chores, run_clock};
pub use silence::SilenceDecision;
pub use store::{awaited::find_awaited, find_missing_items, find_silence_decision, has_a_limit_passed};
pub(super) use tell::{tell_applicant, tell_team};
pub use words::{ClockWords, told_to_applicant, told_to_team};

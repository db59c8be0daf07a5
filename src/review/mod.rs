//! Instruction: the queue, the dossier, the decisions and what their applicant is told.

pub mod beside;
pub mod clock;
pub mod closing;
mod correct_sector;
pub mod decisions;
mod delay;
mod entrust;
pub mod export;
pub mod grid;
pub mod letters;
pub mod notes;
mod open;
pub mod opinions;
pub mod pages;
pub mod post_message;
pub mod queue;
mod read_messages;
pub mod silence;
mod store;
mod take_back_message;
pub mod templates;
mod timeline;

pub use correct_sector::correct_sector;
pub use decisions::{Decision, Ground, Outcome, Request, approve, find_last_decision, refuse, request_changes};
pub use delay::{Delay, Waits, nearest_rank};
pub use entrust::entrust;
pub use post_message::{Posting, Written};
pub use read_messages::read_messages;
pub use store::find_last_waits;
pub use take_back_message::take_back_message;
pub use timeline::{Milestone, Moment, timeline};

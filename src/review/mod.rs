//! Instruction: the queue, the dossier, the decisions and what their applicant is told.

mod approve;
mod decision;
mod delay;
mod ground;
mod open;
pub mod pages;
pub mod post_message;
mod queue;
mod read_messages;
mod refuse;
mod request_changes;
mod store;
mod take_back_message;
mod timeline;

pub use approve::approve;
use decision::author;
pub use decision::{Decision, Outcome};
pub use delay::{Delay, Waits};
pub use ground::Ground;
pub use post_message::{Posting, Written};
pub use queue::{Filter, Found, Preset};
pub use read_messages::read_messages;
pub use refuse::refuse;
pub use request_changes::{Request, request_changes};
pub use store::{count_by_state, find_last_decision, find_last_waits, find_queue};
pub use take_back_message::take_back_message;
pub use timeline::{Milestone, Moment, timeline};

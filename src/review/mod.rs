//! Instruction: the queue, the dossier, the decisions and what their applicant is told.

mod approve;
mod decision;
mod delay;
mod ground;
mod open;
pub mod pages;
mod queue;
mod refuse;
mod request_changes;
mod store;
mod timeline;

pub use approve::approve;
use decision::author;
pub use decision::{Decision, Outcome};
pub use delay::{Delay, Waits};
pub use ground::Ground;
pub use queue::{Filter, Found, Preset};
pub use refuse::refuse;
pub use request_changes::{Request, request_changes};
pub use store::{count_by_state, find_last_decision, find_last_waits, find_queue};
pub use timeline::{Milestone, Moment, timeline};

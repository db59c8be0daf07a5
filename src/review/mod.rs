//! Instruction: the queue, the dossier, the decisions and what their applicant is told.

mod approve;
mod decision;
mod ground;
mod open;
pub mod pages;
mod queue;
mod refuse;
mod request_changes;
mod store;

pub use approve::approve;
use decision::author;
pub use decision::{Decision, Outcome};
pub use ground::Ground;
pub use queue::{Filter, Found, Preset};
pub use refuse::refuse;
pub use request_changes::request_changes;
pub use store::{count_by_state, find_last_decision, find_queue};

//! Suspending or revoking a right: what is envisaged is written to its holder, who is heard, then somebody else decides (CRPA L121-1, L122-1).

mod decide;
mod end_suspensions;
mod ground;
mod observe;
mod open;
mod standing;
mod store;
mod wait;

pub use decide::{Verdict, decide};
pub use end_suspensions::end_suspensions;
pub use ground::Ground;
pub use observe::observe;
pub(super) use open::tell_holder;
pub use open::{Opening, earliest_end, open, refuse_own};
pub use standing::{Measure, Observation, Procedure, Ruled, Ruling};
pub use store::find_procedures;
pub use wait::wait_for_procedure;

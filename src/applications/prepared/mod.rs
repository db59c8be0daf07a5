//! A demande somebody of the team prepares for an applicant: nothing of it exists before the owner of the address takes it as their draft.

mod claim;
mod follow;
mod prepare;
mod prepared_demande;
pub(super) mod store;

pub use claim::claim;
pub use follow::{cancel, renew};
pub use prepare::{Preparation, Preparing, prepare};
pub use prepared_demande::{Prepared, PreparedAct, PreparedState, WAITS_FOR};
pub use store::{find_prepared, find_preparer, find_unclaimed};

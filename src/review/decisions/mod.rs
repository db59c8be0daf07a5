//! Deciding: a decision is prepared, read as the letter it will be, signed, and takes effect a little later. Until then nothing has been
//! decided for anybody outside the team, since a decision binds from its notification (CRPA L221-8).

mod approve;
mod conditions;
mod decision;
mod ground;
mod letters;
mod paper;
mod prepare;
mod prepared;
mod refuse;
mod reopen;
mod request_changes;
mod send_back;
mod sign;
mod store;
mod take_effect;

pub use approve::approve;
pub use conditions::{Condition, Facts, conditions};
pub use decision::{Decision, Outcome, author};
pub use ground::Ground;
pub use letters::{approval, refusal};
pub use paper::{Refusal, refusal_paper};
pub use prepare::{Writing, prepare};
pub use prepared::{Prepared, Returned, Signature};
pub use refuse::{find_kept_right, refuse};
pub use reopen::reopen;
pub use request_changes::{Request, request_changes};
pub use send_back::{send_back, take_back};
pub use sign::{Signed, sign};
pub(super) use store::add_decision;
pub use store::{find_due, find_last_decision, find_prepared, reopenings::count as count_reopenings};
pub use take_effect::{Effect, take_effect};

//! How often something may be tried: counted in PostgreSQL, so that a restart or a second server forgets nothing.

mod limit;
mod store;
mod take;

pub use limit::{Counted, Wait, on_confirmation, on_letter, on_look_up, on_sign_in, on_verification};
pub use store::purge;
pub use take::{Taken, give_back, take};

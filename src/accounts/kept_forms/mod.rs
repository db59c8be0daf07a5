//! What somebody was typing when their session ended: given back when they sign in again, to them alone.

mod form;
mod store;

pub use form::{is_kept, what_is_kept};
pub use store::{keep, purge, take};

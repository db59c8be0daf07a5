//! Ending a demande its applicant never answered for: a warning with a time limit, then, once it has passed, the demande is filed away without
//! being judged (« classée sans suite »). What was typed is kept and can be resumed; a right being changed stays as it is.

mod announce;
mod close;
mod store;
mod unanswered;

pub use announce::announce;
pub use close::close;
pub use store::{Closing, find_closing, find_unanswered};
pub use unanswered::{Stage, Unanswered, Warning};
pub(super) use unanswered::{of_closing, of_warning};

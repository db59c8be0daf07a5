//! A demande its applicant does not answer for: reminding them by hand, then ending it. A warning with a time limit, then, once it has passed, the demande is filed away without
//! being judged (« classée sans suite »). What was typed is kept and can be resumed; a right being changed stays as it is.

mod announce;
mod close;
mod remind;
mod reminding;
mod store;
mod unanswered;

pub use announce::announce;
pub use close::close;
pub use remind::remind;
pub(super) use reminding::of_reminder;
pub use reminding::{Reminding, reminded_on};
pub use store::{Closing, find_closing, find_unanswered};
pub use unanswered::{Stage, Unanswered, Warning};
pub(super) use unanswered::{of_closing, of_warning};

//! Letters by e-mail: what they say, the outbox they wait in, the mailer that hands them over.

mod letter;
mod render;
mod store;

pub use letter::{AboutApplication, Author, Letter, Recipient};
pub use render::{Letterhead, Rendered, render};
pub use store::enqueue;

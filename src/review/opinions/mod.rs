//! Opinions: a reviewer asks DINUM's legal service and the FranceConnect team what they think of a version; each answers once, with reasons, by
//! another person, without having read the other. A candidature is not decided without both.

mod ask;
mod board;
#[cfg(test)]
pub(super) mod examples;
mod give;
mod missing;
mod opinion;
mod service;
mod store;

pub use ask::ask;
pub use board::{Board, Card, Earlier, Standing};
pub use give::{Given, give, refuse_other_roles};
pub use missing::{Missing, missing};
pub use opinion::{Asked, Opinion, View};
pub use service::Service;
pub use store::{Awaited, find_asked, find_awaited, find_given};

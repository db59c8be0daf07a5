//! Links sent by e-mail: single use, expiring, ended by a newer one. No secret of theirs is stored.

mod link;
mod store;

pub use link::{Link, LinkState, Purpose};
pub use store::{find, issue, purge, take, withdraw};

//! The audit log: who did what and when, written in the transaction of the act, never rewritten, each row sealed by the one before.

mod event;
mod sentence;
mod store;

pub use event::{By, Entry, Event, Subject};
pub use store::{find_of_application, find_of_organisation, first_broken_seal, record};

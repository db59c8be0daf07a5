//! The audit log: who did what and when, written in the transaction of the act, never rewritten, each row sealed by the one before.

mod event;
mod store;
mod subject;

pub use event::{Entry, Event};
pub use store::{find_of_application, find_of_organisation, first_broken_seal, record};
pub use subject::{By, Subject};

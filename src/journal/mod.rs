//! The audit log: who did what and when, written in the transaction of the act, never rewritten, each row sealed by the one before.

mod entry;
mod event;
mod file_fact;
mod point;
mod sentence;
mod store;
mod subject;

pub use entry::Entry;
pub use event::Event;
pub use file_fact::FileFact;
pub use point::AskedPoint;
pub use store::{find_of_application, find_of_organisation, first_broken_seal, record, was_told_since};
pub use subject::{By, Subject};

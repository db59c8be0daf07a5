//! People: how they sign up and prove who they are, their sessions, and the actors that acts demand.

mod actor;
pub mod pages;
mod person;
mod store;

pub use actor::{Applicant, Reviewer, Staff};
pub use person::{EmailAddress, Person, Phone, Role, parse_person_name};
pub use store::{find_by_role, find_person, take_kept_form};

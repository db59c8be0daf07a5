//! People: how they sign up and prove who they are, their sessions, and the actors that acts demand.

mod account;
mod actor;
mod demo;
mod hashing;
mod known_browser;
mod limits;
mod links;
pub mod pages;
mod password;
mod person;
mod return_path;
mod sign_in;
mod sign_out;
mod store;

pub use actor::{Applicant, Reviewer, Staff};
pub use demo::{DEMO_PASSWORD, DEMO_PEOPLE, DemoPerson, create_demo_person};
pub use hashing::{PasswordHash, Passwords, Verdict};
pub use password::{LEAST_STAFF, Password, PasswordFault, PasswordOwner, TypedPassword};
pub use person::{EmailAddress, Person, Phone, Role, parse_person_name};
pub use store::{find_by_role, find_person};

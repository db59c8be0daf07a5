//! People: how they sign up and prove who they are, their sessions, and the actors that acts demand.

mod account;
mod actor;
mod ask_new_password;
mod change_password;
mod change_profile;
mod choose_password;
mod close_account;
mod confirm_address;
mod create_staff;
mod demo;
mod end_sessions;
mod hashing;
mod kept_forms;
mod known_browser;
mod limits;
mod links;
pub mod pages;
mod password;
mod person;
mod return_path;
mod sign_in;
mod sign_out;
mod sign_up;
mod store;
mod tidy;

pub use actor::{Applicant, Reviewer, Staff};
pub use create_staff::{NewStaff, StaffCreated, create_staff};
pub use demo::{DEMO_PASSWORD, DEMO_PEOPLE, DemoPerson, create_demo_person};
pub use hashing::{PasswordHash, Passwords, Verdict};
pub use kept_forms::take as take_kept_form;
pub use password::{LEAST, LEAST_STAFF, Password, PasswordFault, PasswordOwner, TypedPassword};
pub use person::{EmailAddress, Person, Phone, Role, parse_person_name};
pub use store::{find_by_role, find_person};
pub use tidy::tidy;

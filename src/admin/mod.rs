//! Administration: the people of the team, what each may do, and what they answered for when they leave.

mod change_roles;
mod deactivate;
pub mod pages;
mod release;
mod store;

pub use change_roles::change_roles;
pub use deactivate::deactivate;

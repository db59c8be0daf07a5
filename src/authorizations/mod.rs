//! The granted right (« habilitation »): what was granted, to whom, when, frozen.

mod authorization;
mod grant;
pub mod pages;
mod store;

pub use authorization::{Authorization, State};
pub use grant::grant;
pub use store::{find, find_of_application};

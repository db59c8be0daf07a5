//! What every page shares: routes that say whom they are for, forms, the frame, sessions, headers, assets, errors.

pub mod assets;
mod client;
pub mod filters;
mod form;
mod frame;
pub mod health;
mod page;
pub mod problem_page;
mod routes;
pub mod security;
pub mod session;

pub use client::ClientAddress;
pub use form::StartKey;
pub use frame::{Frame, Notice, SessionExpired, SignedIn, tell};
pub use page::{Page, Refused};
pub use routes::{Audience, DeclaredRoute, Routes};

//! Sessions in PostgreSQL: the browser holds the number, we hold its hash. Only a signed-in person has one.

mod cookie;
mod record;
mod service;
mod store;

pub use cookie::{CookieNames, forget_pages};
pub use record::{IDLE, IDLE_STAFF, LIFE, NewSession, OwnSession, SessionKey, SessionState, UserAgent, leave};
pub use service::{DeskSessions, SessionLayer, layer};
pub use store::{end, end_all, find_of_account, find_state, purge, touch};

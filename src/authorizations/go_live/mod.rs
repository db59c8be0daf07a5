//! Going to production: the holder of a right asks, the FranceConnect team checks the journey against the « cahier des charges », and says what
//! is to be corrected or that the service may open.

mod answer;
mod ask;
mod checklist;
mod request;
mod store;
mod tell_of_virus;

pub use answer::{Check, answer};
pub use ask::{Asking, ask};
pub use checklist::{CHECKLIST, Item, Part, Point, Result as PointResult};
pub use request::{JourneyCheck, Request, Waiting};
pub use store::{find_requests, find_waiting};
pub use tell_of_virus::tell_of_virus;

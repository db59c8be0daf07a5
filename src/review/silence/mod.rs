//! What the law owes to whoever silence decided about: an attestation of an implicit acceptance (CRPA L232-3), the reasons of an implicit
//! rejection within a month of their being asked (L232-4), and how to contest it.

mod aftermath;
mod answer_reasons;
mod ask_reasons;
mod attest;
mod attestation;
mod reasons;
mod store;

pub use aftermath::{Aftermath, find_aftermath};
pub use answer_reasons::answer_reasons;
pub use ask_reasons::ask_reasons;
pub use attest::attest;
pub use attestation::{Attestation, attestation};
pub use reasons::{Answer, Reasons, last_day_to_contest};
pub(super) use reasons::{of_answer, of_request};
pub use store::{AwaitedReasons, find_awaited_reasons, find_reasons};

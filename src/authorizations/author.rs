//! Whom the letters about a right name.

use crate::{accounts::Reviewer, notifications::Author};

/// Somebody of the team with their quality, in the name of that service (CRPA L111-2, L212-1).
pub fn author(by: &Reviewer, service: &str) -> Author {
    let person = by.person();
    let quality = if person.job_title.is_empty() { "Chargé d’instruction".to_owned() } else { person.job_title.clone() };
    Author { name: person.full_name(), quality, service: service.to_owned() }
}

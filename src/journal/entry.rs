//! A row of the journal.

use time::OffsetDateTime;

use super::Event;

/// A row of the journal, as read.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When.
    pub at: OffsetDateTime,
    /// Who, as named on that day.
    pub by: String,
    /// The person it is about, as named today, where that is not plain from the page.
    pub about: Option<String>,
    /// What.
    pub event: Event,
}

//! A view of the queue somebody saved under a name.

use super::Filter;

/// Views one person may keep: more of them are not found again.
pub const MOST_VIEWS: usize = 20;

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Its number.
    pub id: i64,
    /// As its owner calls it.
    pub name: String,
    /// What it shows.
    pub filter: Filter,
}

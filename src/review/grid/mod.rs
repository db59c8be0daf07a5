//! The grid: criterion by criterion, what a person of the team thinks of a version. The pre-check prepares it; it decides nothing.

mod appraisal;
mod criteria;
mod fill;
mod row;
mod store;

pub use appraisal::{Appraisal, Appraised};
pub use criteria::criteria;
pub use fill::{Read, Wanted, fill};
pub use row::{Row, rows};
pub use store::find_appraised;

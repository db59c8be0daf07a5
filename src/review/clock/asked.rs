//! What an applicant was asked and has not answered.

use jiff::civil::Date;

/// A request the applicant has not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The day it was made.
    pub asked_on: Date,
    /// The last day the missing items may arrive; none when changes only are asked.
    pub limit_on: Option<Date>,
}

//! To be written: review.

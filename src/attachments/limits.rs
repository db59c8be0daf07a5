//! How much may be sent; said to people before they choose a file.

/// Bytes of one file: « 10 Mo », rounded in the applicant's favour.
pub const MOST_BYTES: u64 = 10 * 1024 * 1024;

/// Files of one field; the database holds as many places.
pub const MOST_IN_A_FIELD: usize = 6;

/// Bytes of one request: every file of a field, and the text of its step.
pub const MOST_IN_A_REQUEST: usize = MOST_IN_A_FIELD * 10 * 1024 * 1024 + 1024 * 1024;

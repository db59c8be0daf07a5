//! How much may be sent; said to people before they choose a file.

use crate::web;

/// Bytes of one file: « 10 Mo », rounded in the applicant's favour.
pub const MOST_BYTES: u64 = web::MOST_FILE_BYTES;

/// Files of one field; the database holds as many places.
pub const MOST_IN_A_FIELD: usize = 6;

/// Bytes of one request: every file of a field, and the text of its step; a file that is too big is still read to its end, for the person
/// to be told so beside the field.
pub const MOST_IN_A_REQUEST: usize = 100 * 1024 * 1024;

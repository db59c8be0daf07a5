//! A request to go to production, and what was found.

use time::{Date, OffsetDateTime};

use super::Point;
use crate::{attachments::Attachment, ids::AuthorizationId, notifications::Author};

/// A request.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its number.
    pub id: i64,
    /// Where the journey can be followed.
    pub url: String,
    /// Whoever puts it right.
    pub contact_name: String,
    /// Their address.
    pub contact_email: String,
    /// When the holder would like to open.
    pub wished_on: Date,
    /// How to follow the journey, possibly nothing.
    pub note: String,
    /// Screens of the journey, in their order.
    pub screens: Vec<Attachment>,
    /// Who asked.
    pub author: String,
    /// When.
    pub asked_at: OffsetDateTime,
    /// What was found, once it was checked.
    pub check: Option<JourneyCheck>,
}

impl Request {
    /// Its screens, for the page.
    pub fn screens(&self) -> Vec<&Attachment> {
        self.screens.iter().collect()
    }
}

/// What the team found.
#[derive(Clone, Debug)]
pub struct JourneyCheck {
    /// The service may open.
    pub favourable: bool,
    /// What must be corrected, or a word.
    pub reasons: String,
    /// Point by point.
    pub points: Vec<Point>,
    /// Who checked.
    pub author: Author,
    /// When.
    pub checked_at: OffsetDateTime,
}

/// A request that waits for the team.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The right.
    pub authorization: AuthorizationId,
    /// Its holder.
    pub organisation: String,
    /// Its service.
    pub service: String,
    /// When the holder would like to open.
    pub wished_on: Date,
    /// When they asked.
    pub asked_at: OffsetDateTime,
}

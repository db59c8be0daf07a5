//! The letters of a decision, the same whether they are read before it is signed or leave.

use jiff::civil::Date;
use time::OffsetDateTime;

use super::prepared::Prepared;
use crate::{
    applications::Version,
    calendar,
    ids::{ApplicationId, AuthorizationId},
    notifications::{Author, Letter},
};

/// What tells the applicant that the right is granted, and until when a candidature confirms its place. Its number is given when it is granted.
pub fn approval(
    id: ApplicationId,
    version: &Version,
    message: &str,
    author: Author,
    authorization: AuthorizationId,
    confirm_by: Option<Date>,
) -> Letter {
    Letter::ApplicationApproved {
        about: version.about(id),
        authorization,
        message: message.to_owned(),
        author,
        technical_contact: version.content.contacts.technical_contact.full_name(),
        confirm_by: confirm_by.map(calendar::date_in_full),
    }
}

/// What tells the applicant that it is not, with the considerations of law and of fact (CRPA L211-5); a change of what was granted `keeps` the right as it is.
pub fn refusal(
    version: &Version,
    prepared: &Prepared,
    author: Author,
    decided_at: OffsetDateTime,
    keeps: Option<AuthorizationId>,
) -> Letter {
    Letter::ApplicationRefused {
        about: version.about(prepared.application),
        ground: prepared.in_law.clone(),
        message: prepared.message.clone(),
        author,
        decided_at,
        keeps,
    }
}

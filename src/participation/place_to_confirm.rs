//! A granted place that its holder has to confirm, as what waits for somebody names it.

use jiff::civil::Date;

use crate::ids::AuthorizationId;

/// A place that is held and not confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceToConfirm {
    /// The right it came with.
    pub authorization: AuthorizationId,
    /// The service.
    pub service: String,
    /// The holder, as it was known when the right was granted.
    pub holder: String,
    /// The last day to confirm, Paris.
    pub answer_by: Date,
}

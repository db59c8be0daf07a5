//! A demande as it was handed in, each time: it never changes.

use time::OffsetDateTime;

use super::content::Content;
use crate::{criteria::Finding, ids::ApplicationId, notifications::AboutApplication, organisations::Organisation};

pub(super) mod store;

/// A submitted version.
#[derive(Clone, Debug)]
pub struct Version {
    /// From 1.
    pub number: i32,
    /// The organisation as it was known.
    pub organisation: Organisation,
    /// What was submitted.
    pub content: Content,
    /// What the rules found that day; nothing for versions older than them.
    pub findings: Vec<Finding>,
    /// What the applicant said of it, or nothing.
    pub explanation: String,
    /// When.
    pub submitted_at: OffsetDateTime,
    /// By whom, as named today.
    pub submitted_by: String,
}

impl Version {
    /// As letters name it.
    pub fn about(&self, application: ApplicationId) -> AboutApplication {
        AboutApplication {
            application,
            service: self.content.service.name.clone(),
            organisation: self.content.for_whom(&self.organisation.name),
            version: self.number,
        }
    }
}

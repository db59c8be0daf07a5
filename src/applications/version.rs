//! A demande as it was handed in, each time: it never changes.

use time::OffsetDateTime;

use super::content::Content;
use crate::{
    attachments::Attachment, config::SilenceEffect, criteria::Finding, ids::ApplicationId, notifications::AboutApplication,
    organisations::Organisation,
};

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
    /// The files it was handed in with.
    pub files: Vec<Attachment>,
    /// When.
    pub submitted_at: OffsetDateTime,
    /// What silence means, as the acknowledgement told it; nothing for administrations.
    pub silence_effect: Option<SilenceEffect>,
    /// By whom, as named today.
    pub submitted_by: String,
}

impl Version {
    /// A file the antivirus found something in, if any: no decision may rest on this version.
    pub fn infected_file(&self) -> Option<&Attachment> {
        self.files.iter().find(|file| file.scan.is_infected())
    }

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

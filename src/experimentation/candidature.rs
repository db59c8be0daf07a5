//! What the line needs to know of a candidature to tell of it.

use crate::{
    ids::{AccountId, OrganisationId},
    notifications::AboutApplication,
};

/// A complete candidature, as the journal and the letters name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidature {
    /// Its organisation.
    pub organisation: OrganisationId,
    /// Who files it.
    pub applicant: AccountId,
    /// What letters say of it.
    pub about: AboutApplication,
}

//! A granted right.

use time::OffsetDateTime;

use crate::{
    applications::Content,
    ids::{AccountId, ApplicationId, AuthorizationId},
    organisations::Organisation,
};

/// Whether the right may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// It may.
    Active,
    /// A newer one replaced it.
    Superseded,
    /// It may not for now.
    Suspended,
    /// It was taken back.
    Revoked,
    /// Its time is over.
    Expired,
}

impl State {
    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Superseded => "Remplacée",
            Self::Suspended => "Suspendue",
            Self::Revoked => "Révoquée",
            Self::Expired => "Expirée",
        }
    }

    /// The badge's class.
    pub fn badge(self) -> &'static str {
        match self {
            Self::Active => "fr-badge--success",
            Self::Superseded | Self::Expired => "",
            Self::Suspended => "fr-badge--warning",
            Self::Revoked => "fr-badge--error",
        }
    }
}

/// A granted right.
#[derive(Clone, Debug)]
pub struct Authorization {
    /// H12.
    pub id: AuthorizationId,
    /// The demande it answers.
    pub application: ApplicationId,
    /// The version that was approved.
    pub version: i32,
    /// Who filed it.
    pub applicant: AccountId,
    /// Whether it may be used.
    pub state: State,
    /// The holder, as it was known.
    pub organisation: Organisation,
    /// What was granted.
    pub content: Content,
    /// When.
    pub granted_at: OffsetDateTime,
    /// Who decided: first name and name.
    pub author_name: String,
    /// In what quality.
    pub author_quality: String,
    /// Of which service.
    pub author_service: String,
}

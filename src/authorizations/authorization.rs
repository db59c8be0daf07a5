//! A granted right.

use time::{Date, OffsetDateTime};

use super::verification_code::VerificationCode;
use crate::{
    applications::Content,
    ids::{AccountId, ApplicationId, AuthorizationId},
    notifications::AboutApplication,
    organisations::Organisation,
};

/// Whether the right may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
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
    /// All, in the order of the lists.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Whether its holder may ask to change it: not while it may not be used.
    pub fn may_be_changed(self) -> bool {
        self == Self::Active
    }

    /// What is said of it while a change of it is filled in or instructed: « l’habilitation H12 reste valable… ».
    pub fn while_changed(self) -> &'static str {
        match self {
            Self::Active => "reste valable jusqu’à ce que la nouvelle soit accordée",
            Self::Suspended => "est suspendue\u{a0}: celle qui la remplacerait le serait aussi, jusqu’à la même date",
            Self::Superseded => "est remplacée",
            Self::Revoked => "est révoquée",
            Self::Expired => "est expirée",
        }
    }

    /// Whether it has not ended: it may be used, or will be again.
    pub fn is_in_force(self) -> bool {
        matches!(self, Self::Active | Self::Suspended)
    }

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

impl Authorization {
    /// As letters name its demande.
    pub fn about(&self) -> AboutApplication {
        AboutApplication {
            application: self.application,
            service: self.content.service.name.clone(),
            organisation: self.content.for_whom(&self.organisation.name),
            version: self.version,
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
    /// Since when, unless it stands as it was granted.
    pub state_changed_at: Option<OffsetDateTime>,
    /// The last day of a suspension.
    pub suspended_until: Option<Date>,
    /// What proves it.
    pub code: VerificationCode,
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

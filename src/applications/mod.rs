//! The demandes: filled in step by step, submitted as immutable versions, and where they stand.

mod application;
mod assurance;
mod bin;
mod close_account;
mod conflict;
mod contacts;
mod content;
mod delete_draft;
mod draft;
mod form;
mod idle;
mod keep_draft;
mod legal_basis;
mod lineage;
pub mod pages;
mod personal_data;
mod precheck;
mod reading;
mod resume;
mod save_step;
mod scope;
mod service;
mod start;
mod state;
mod step;
mod store;
mod submit;
mod tidy_drafts;
mod version;
mod withdraw;

pub use application::{Application, Kind};
pub use assurance::{ASSURANCE_LEVEL, AssuranceLevel};
pub use bin::{Binned, store::find_binned};
pub use close_account::close_account;
pub use conflict::{Conflict, Difference};
pub use contacts::{Contact, ContactFields, Contacts, DATA_CONTROLLER, DPO, TECHNICAL_CONTACT};
pub use content::Content;
pub use delete_draft::{delete_draft, restore_draft};
pub use draft::{Completeness, Draft, SavedStep, store::find_draft};
pub use form::Form;
pub use keep_draft::keep_draft;
pub use legal_basis::LegalBasis;
pub use lineage::{Lineage, Relative, store::find_lineage};
pub use personal_data::PersonalData;
pub use precheck::precheck;
pub use reading::{Line, Section};
pub use resume::resume;
pub use save_step::{Saving, save_step};
pub use scope::{Group, RequestedScopes, SCOPES, Scope};
pub use service::Service;
pub use start::start;
pub use state::{Act, NotAllowed, State, Turn};
pub use step::Step;
pub use store::{Listed, find, find_own, list_own, lock, save_state};
pub use submit::{Attestations, Submission, submit};
pub use tidy_drafts::{Tidied, tidy_drafts};
pub use version::{
    Version,
    store::{find_version, find_versions},
};
pub use withdraw::withdraw;

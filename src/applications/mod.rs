//! The demandes: filled in step by step, submitted as immutable versions, and where they stand.

mod application;
mod assurance;
pub mod behalf;
mod close_account;
mod contacts;
mod content;
mod draft;
mod form;
mod legal_basis;
mod mandate;
pub mod pages;
mod personal_data;
mod precheck;
mod reading;
mod save_step;
mod scope;
mod service;
mod start;
mod state;
mod step;
mod store;
mod submit;
mod version;
mod withdraw;

pub use application::{Application, Kind};
pub use assurance::{ASSURANCE_LEVEL, AssuranceLevel};
pub use behalf::{
    ClientRole, Objection, Proposal, Vendor, find_client_news, find_unread_objections, find_vendor, read_objection, represents,
};
pub use close_account::close_account;
pub use contacts::{Contact, ContactFields, Contacts, DATA_CONTROLLER, DPO, TECHNICAL_CONTACT};
pub use content::Content;
pub use draft::{Completeness, Draft, SavedStep, store::find_draft};
pub use form::Form;
pub use legal_basis::LegalBasis;
pub use mandate::{Holder, Mandate, VendorRole};
pub use personal_data::PersonalData;
pub use precheck::precheck;
pub use reading::{Line, Section};
pub use save_step::{Saving, save_step};
pub use scope::{Group, RequestedScopes, SCOPES, Scope};
pub use service::Service;
pub use start::start;
pub use state::{Act, NotAllowed, State, Turn};
pub use step::Step;
pub use store::{Listed, find, find_own, list_own, lock, save_state};
pub use submit::{Attestations, Submission, submit};
pub use version::{
    Version,
    store::{find_version, find_versions},
};
pub use withdraw::withdraw;

//! The demandes: filled in step by step, submitted as immutable versions, and where they stand.

mod application;
mod asked;
mod assurance;
mod close_account;
mod comparison;
mod contacts;
mod content;
mod dashboard;
mod draft;
mod form;
mod legal_basis;
pub mod pages;
mod personal_data;
mod precheck;
mod prefill;
mod reading;
mod save_step;
mod scope;
mod search;
mod service;
mod start;
mod state;
mod step;
mod store;
mod submit;
mod version;
mod withdraw;

pub use application::{Application, Kind};
pub use asked::Asked;
pub use assurance::{ASSURANCE_LEVEL, AssuranceLevel};
pub use close_account::close_account;
pub use comparison::{Change, ComparedLine, ComparedPart, Comparison, FileFact, Part, Piece, compare_texts};
pub use contacts::{Contact, ContactFields, Contacts, DATA_CONTROLLER, DPO, TECHNICAL_CONTACT};
pub use content::Content;
pub use dashboard::{Group as DashboardGroup, Listed};
pub use draft::{Completeness, Draft, SavedStep, store::find_draft};
pub use form::Form;
pub use legal_basis::LegalBasis;
pub use personal_data::PersonalData;
pub use precheck::precheck;
pub use prefill::Prefill;
pub use reading::{Line, Section};
pub use save_step::{Saving, save_step};
pub use scope::{Group, RequestedScopes, SCOPES, Scope};
pub use search::{Search, store::push_search};
pub use service::Service;
pub use start::start;
pub use state::{Act, NotAllowed, State, Turn};
pub use step::Step;
pub use store::{find, find_own, list_own, lock, save_state};
pub use submit::{Attestations, Submission, submit};
pub use version::{
    Version,
    store::{find_version, find_versions},
};
pub use withdraw::withdraw;

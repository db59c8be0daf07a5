//! What every page shares: routes that say whom they are for, forms, the frame, sessions, headers, assets, errors.

pub mod assets;
mod client;
pub mod endurance;
pub mod filters;
mod form;
mod frame;
pub mod health;
mod local;
mod page;
mod pdf;
pub mod problem_page;
pub mod request_log;
mod routes;
pub mod security;
pub mod session;
mod to_do;
mod upload;

pub use client::ClientAddress;
pub use form::StartKey;
pub use frame::{Frame, Notice, SessionExpired, SignedIn, carry_visitor, tell};
pub use local::local_path;
pub use page::{Page, Refused, wants_json};
pub use pdf::PdfFile;
pub use request_log::Reference;
pub use routes::{Audience, DeclaredRoute, Routes};
pub use to_do::ToDo;
pub use upload::{Incoming, MOST_FILE_BYTES, NotRead, Upload, UploadedFile, is_multipart, read_back, text_of_upload};

//! Texts the team answers with (« modèles de réponse »): written once, filled with what a demande says, corrected before they leave.

mod placeholder;
mod retire;
mod store;
mod template;
mod write;

pub use placeholder::{Placeholder, Values, check_placeholders, fill};
pub use retire::retire;
pub use store::{find_for, find_of_kind, find_template, find_templates, find_versions};
pub use template::{Template, Wording};
pub use write::{change, create};

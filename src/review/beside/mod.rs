//! What is read beside a demande: the register beside what is declared, and the other dossiers that bear on it.

mod declared;
mod relation;
mod store;

pub use declared::{Fact, facts};
pub use relation::{Relation, Tie};
pub use store::find_relations;

//! « Suis-je éligible ? »: the wizard that tells a visitor, in a minute and without an account, whether they may ask for FranceConnect,
//! on which legal ground and with what papers. It decides nothing: a person does, on a demande.

mod answers;
pub mod pages;
mod question;
mod verdict;
mod way;

pub use answers::{Answers, Case, Client, Known, Profile, SIRET, Use, YesNo, address};
pub use question::{Choice, Question};
pub use verdict::{Act, Facts, Item, Leaf, Link, Mark, Outcome, Reason, Verdict, Walk, verdict, walk};
pub use way::{Way, is_open_here};

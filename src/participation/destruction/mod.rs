//! What a participation leaves to do once it is over: remove the FranceConnect access, destroy the data obtained in the experiment, and certify it
//! (S7 of the published rules).
//!
//! - its participant: [`certify`], which also corrects; [`Certificate::parse`] is the one way to read what they say, [`paper()`] prints it;
//! - time: [`awaited`] says whether it is late, the chore of the participations recalls it;
//! - the team: [`Unsettled`] is who has not certified, [`put_on_notice`] the letter somebody writes to them.

mod certificate;
mod certify;
mod checks;
mod deadline;
mod notice;
mod paper;
mod put_on_notice;
mod store;
pub mod words;

pub use certificate::{
    ATTESTS, BECAUSE, CONFIRM, Certificate, DESTROYED_ON, FATE, Fate, KEPT, LEGAL_BASIS, METHOD, QUALITY, REMOVED_ON, SIGNATORY, Signed,
};
pub use certify::{Certifying, certify, not_over};
pub use checks::{Period, doubts};
pub use deadline::{DAYS_TO_CERTIFY, awaited, due_on, reminder};
pub use notice::{NOTICE_DAYS, Notice, Unsettled};
pub use paper::{Paper, paper};
pub use put_on_notice::{Noticing, put_on_notice, too_early};
pub use store::{find_certificates, find_certified, find_notices, find_signer, find_unsettled};

//! The year of a participant in the experiment, and the figures it gives each month.
//!
//! A participation is no row: [`Participation`] is made of the candidature, of the check that opened access and of the campaign, which says
//! when it ends. Its months and what is due of them follow; only reports, their drafts and how it ended are kept.
//!
//! - its participant: [`send`], [`correct`], [`keep_draft`], [`import`], all of them through [`Report::parse`]; [`tell_of_virus`] tells them of one;
//! - its end: [`destruction`];
//! - time: [`find_chores`] and [`run_chore`] recall and end; the team: [`date_access`], and the notice that comes before a revocation;
//! - before access opens: [`Chore::FollowOffer`] recalls a place that is not confirmed, then lets it go on; [`give_back`] gives it back at any time.

mod chart;
mod checks;
mod date_access;
pub mod destruction;
mod due;
mod end;
mod figures;
mod give_back;
mod import;
mod keep_draft;
mod lapse_offer;
mod month;
mod notice;
pub mod pages;
mod place_to_confirm;
mod report;
mod reports_file;
mod run;
mod send;
mod store;
mod taking_part;
mod tell_of_virus;
mod to_do;
pub mod words;
mod year;

pub use chart::of_monthly_shares;
pub use checks::{Before, Comparing, Doubt, doubts};
pub use date_access::date_access;
pub use due::{Awaited, Reminder, Standing, is_whole, months};
pub use end::end;
pub use figures::{Figures, Tenths, grouped};
pub use give_back::give_back;
pub use import::import;
pub use keep_draft::{Keeping, keep_draft};
pub use month::Month;
pub use notice::{Overdue, open_notice};
pub use place_to_confirm::PlaceToConfirm;
pub use report::{Report, Sent};
pub use reports_file::{FileError, Imported, read_reports};
pub use run::{Chore, find_chores, run_chore};
pub use send::{Sending, correct, send};
pub use store::{find_all, find_of_application, reports::find_reports};
pub use taking_part::{Cause, Ended, Participation, Reports};
pub use tell_of_virus::tell_of_virus;
pub use to_do::find_to_do;
pub use year::ends_on;

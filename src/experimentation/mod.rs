//! The experiment: for a year, a limited number of legal persons may try FranceConnect under an order that says how many, and until
//! when. A campaign is data; without one there is no experiment, and the desk says so. Its places are numbered, and who waits for one stands
//! in line: `line` is the rule, the functions of the database apply it.

pub mod add_campaign;
mod admit_next;
mod arrive;
mod campaign;
mod candidature;
mod change_documents;
mod change_panel;
mod correct_sector;
mod enter_line;
mod experiment_state;
mod grant_place;
mod leave_line;
pub mod line;
pub mod news;
mod numbers;
mod panel;
mod place;
mod standing;
mod store;

pub use admit_next::admit_next;
pub use arrive::arrive;
pub use campaign::{Campaign, CampaignFault, Document};
pub use candidature::Candidature;
pub use change_documents::change_documents;
pub use change_panel::change_panel_in_line;
pub use correct_sector::correct_sector;
pub use enter_line::{enter_line, return_to_line};
pub use experiment_state::{ExperimentState, Occupancy};
pub use grant_place::grant_place;
pub use leave_line::leave_line;
pub use line::{Fact, Line};
pub use numbers::{Numbers, SectorNumbers, places};
pub use panel::{Panel, ParticipationEnd, Share, Shares};
pub use place::{Leaving, Seat};
pub use standing::{Holds, Standing, ordinal};
pub use store::{
    find_campaign, find_current, find_current_id, find_receiving,
    line::{find_candidates, find_facts, find_lines_to_move},
    lock_campaign,
    standing::{find_numbers, find_standing, find_state},
};

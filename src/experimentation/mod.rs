//! The experiment: for a year, a limited number of legal persons may try FranceConnect under an order that says how many, and until
//! when. A campaign is data, made and changed by two people; without one there is no experiment, and the desk says so. Its places are
//! numbered, and who waits for one stands in line: `line` is the rule, the functions of the database apply it.

mod admit_next;
mod arrivals;
mod arrive;
mod campaign;
mod candidature;
mod change;
mod change_difference;
mod change_news;
mod change_panel;
mod change_part;
mod change_rule;
mod confirm_place;
mod correct_sector;
mod enter_line;
mod experiment_state;
mod grant_place;
mod held;
mod leave_line;
pub mod line;
pub mod news;
mod numbered_place;
mod numbers;
mod offer;
pub mod pages;
mod panel;
mod participants;
mod place;
mod propose_change;
mod prospect;
mod public_holder;
mod seats;
mod settle_change;
mod standing;
mod store;

pub use admit_next::admit_next;
pub use arrivals::{Arrivals, Period};
pub use arrive::arrive;
pub use campaign::{Campaign, CampaignFault, Document};
pub use candidature::Candidature;
pub use change::{CampaignChange, ChangeState, NotSettled, Settling, Signed};
pub use change_difference::{Difference, differences, silence};
pub use change_panel::change_panel_in_line;
pub use change_part::{ChangeFault, Part};
pub use change_rule::{Known, change_faults, effects};
pub use confirm_place::confirm_place;
pub use correct_sector::correct_sector;
pub use enter_line::{enter_line, return_to_line};
pub use experiment_state::{ExperimentState, Occupancy};
pub use grant_place::{find_answer_by, grant_place};
pub use held::{Held, HeldInSector};
pub use leave_line::leave_line;
pub use line::{Fact, Line};
pub use numbered_place::{Holder, NumberedPlace, PlacesOf};
pub use numbers::{Numbers, places};
pub use offer::{Confirmed, Offer};
pub use panel::{Panel, ParticipationEnd, Share, Shares};
pub use participants::{Counted, Participants};
pub use place::{Leaving, Seat};
pub use propose_change::{Meanwhile, Proposal, Proposed, find_known, propose_change};
pub use prospect::{InLine, Prospect};
pub use public_holder::PublicHolder;
pub use seats::{SeatLine, Seats};
pub use settle_change::{agree_to_change, decline_change, withdraw_change};
pub use standing::{Holds, Standing, ordinal};
pub use store::{
    find_agreed, find_campaign, find_campaigns, find_change, find_changes_of, find_current, find_current_id, find_last_agreed,
    find_loose_changes, find_receiving,
    line::{find_candidates, find_facts, find_lines_to_move},
    lock_campaign,
    offers::{find_offer, find_open_offer, find_open_offers},
    panel::find_public_holders,
    standing::{find_numbers, find_place_in_line, find_standing, find_state},
};

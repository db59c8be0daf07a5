//! The experiment: for a year, a limited number of legal persons may try FranceConnect under an order that says how many, and until
//! when. A campaign is data, made and changed by two people; without one there is no experiment, and the desk says so.

pub mod add_campaign;
mod arrive;
mod campaign;
mod change;
mod change_difference;
mod change_news;
mod change_part;
mod change_rule;
mod experiment_state;
mod held;
pub mod pages;
mod panel;
mod propose_change;
mod seats;
mod settle_change;
mod store;

pub use arrive::arrive;
pub use campaign::{Campaign, CampaignFault, Document};
pub use change::{CampaignChange, ChangeState, NotSettled, Settling, Signed};
pub use change_difference::{Difference, differences, silence};
pub use change_part::{ChangeFault, Part};
pub use change_rule::{Known, change_faults, effects};
pub use experiment_state::{ExperimentState, Occupancy};
pub use held::{Held, HeldInSector};
pub use panel::{Panel, ParticipationEnd, Share, Shares};
pub use propose_change::{Meanwhile, Proposal, Proposed, propose_change};
pub use seats::{SeatLine, Seats};
pub use settle_change::{agree_to_change, decline_change, withdraw_change};
pub use store::{
    find_agreed, find_campaign, find_campaigns, find_change, find_changes_of, find_current, find_last_agreed, find_loose_changes,
    find_receiving, held_places, lock_campaign,
};

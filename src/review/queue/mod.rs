//! The queue: what waits for whom, by when, and who of the team answers for it.

mod assign;
mod delete_view;
mod due;
mod filter;
mod find_team;
mod look;
mod place;
mod preset;
mod release;
mod row;
mod save_view;
mod store;
mod take;
mod take_next;
mod turn;
mod view;

pub use assign::{Handing, assign};
pub use delete_view::delete_view;
pub use due::{Due, Today, Urgency};
pub use filter::{Filter, OwnerChoice, Standing};
pub use find_team::{can_own, find_team};
pub use look::{Looked, look};
pub use place::{Footing, PlaceChoice};
pub use preset::Preset;
pub use release::release;
pub use row::{Owner, Row};
pub use save_view::save_view;
pub use store::{
    Counts, Cursor, MOST_COUNTED, PAGE, Reading, count, count_lists, find_page, find_reading, find_row, find_rows,
    owner::find_owner,
    presence::{find_list, find_present},
    view::find_views,
};
pub(super) use store::{OF_QUEUE, push_conditions};
pub use take::take;
pub use take_next::take_next;
pub use turn::{Facts, Prepared, Whose};
pub use view::{MOST_VIEWS, View};

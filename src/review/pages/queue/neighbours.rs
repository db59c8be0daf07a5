//! What a dossier's page says of the queue: who answers for it, who else reads it, and which dossiers stand around it in the list it was opened
//! from.

use sqlx::PgConnection;

use super::{List, presence};
use crate::{
    AppState,
    accounts::Staff,
    ids::{AccountId, ApplicationId},
    problem::Problem,
    review::queue::{self, Cursor, MOST_COUNTED, Reading, Row, Today, Whose},
};

/// The dossiers around one, in a list.
#[derive(Clone, Debug)]
pub(in crate::review::pages) struct Around {
    /// The list it was opened from.
    pub list: List,
    /// The one before and the one after, each with its address from this list.
    pub before: Option<(ApplicationId, String)>,
    pub after: Option<(ApplicationId, String)>,
    /// « 2 sur 7 », when the list can be counted and still holds the dossier.
    pub place: Option<(i64, i64)>,
}

/// Where a dossier stands in the work of the team.
#[derive(Clone, Debug)]
pub(in crate::review::pages) struct Place {
    pub row: Row,
    /// Whether it is the reader's own.
    pub is_mine: bool,
    /// Whose turn it is: the badge's class and its words.
    pub turn: (&'static str, &'static str),
    /// Whether it waits for the reader no more, nor for whoever of the team takes it: one goes on to the next.
    pub is_done: bool,
    /// Nothing when it was not opened from a list.
    pub around: Option<Around>,
    /// « Samir Benali consulte ce dossier. », or nothing.
    pub present: String,
}

impl Place {
    /// The queue, on the row of this dossier.
    pub fn queue(&self) -> String {
        self.around.as_ref().map_or_else(|| "/instruction".into(), |around| around.list.back_from(self.row.id))
    }

    /// Finds it.
    pub async fn find(state: &AppState, staff: &Staff, id: ApplicationId, list: Option<&str>) -> Result<Self, Problem> {
        let list = list.map(List::parse);
        let looked = presence::seen(state, staff, id, list.as_ref()).await?;
        let list = list.or_else(|| looked.list.as_deref().map(List::parse));
        let reader = staff.person().account;
        let reading = reading(state, reader);
        let mut connection = state.db.acquire().await?;
        let row = queue::find_row(&mut connection, id).await?;
        let around = match list {
            Some(list) => Some(around(&mut connection, list, &row, reading).await?),
            None => None,
        };
        let whose = row.facts.turn(reader);
        let turn = (whose.badge(), row.facts.turn_in_words(reader));
        Ok(Self {
            is_mine: row.facts.owner == Some(reader),
            turn,
            is_done: !matches!(whose, Whose::Mine | Whose::Team),
            around,
            present: presence::in_words(&looked.others),
            row,
        })
    }
}

/// For whom a list is read, today.
pub(super) fn reading(state: &AppState, reader: AccountId) -> Reading {
    Reading::new(reader, Today::at(state.clock.now(), state.config.desk.desk_target_working_days))
}

async fn around(connection: &mut PgConnection, list: List, row: &Row, reading: Reading) -> Result<Around, Problem> {
    let filter = &list.filter;
    let reading = queue::find_reading(connection, filter, reading).await?;
    let before = queue::find_rows(connection, filter, reading, Cursor::Before(row.id), 1).await?;
    let after = queue::find_rows(connection, filter, reading, Cursor::After(row.id), 1).await?;
    let all = queue::count(connection, filter, reading, None).await?;
    let up_to_here = queue::count(connection, filter, reading, Some(row)).await?;
    // Acted upon, a dossier may have left the list it was opened from; those around it are still there.
    let up_to_before = match before.first() {
        Some(before) => queue::count(connection, filter, reading, Some(before)).await?,
        None => all.map(|_| 0),
    };
    let is_listed = up_to_here != up_to_before;
    let opened = |rows: &[Row]| rows.first().map(|row| (row.id, list.dossier(row.id)));
    Ok(Around {
        before: opened(&before),
        after: opened(&after),
        place: up_to_here.zip(all).filter(|(_, all)| is_listed && *all <= MOST_COUNTED),
        list,
    })
}

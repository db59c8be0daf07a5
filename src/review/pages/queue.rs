//! `/instruction`: the oldest first, and whose turn it is.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use time::OffsetDateTime;

use crate::{
    AppState,
    accounts::Staff,
    applications::{Search, State as Status, Turn},
    calendar,
    ids::ApplicationId,
    messages::{self, Side},
    problem::Problem,
    review::{Filter, Found, Preset, store},
    web::{Frame, Page},
};

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    etat: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    apres: String,
}

#[derive(Debug, Template)]
#[template(path = "review/queue.html")]
pub(super) struct QueuePage {
    frame: Frame,
    preset: Preset,
    typed: String,
    is_first_page: bool,
    rows: Vec<Found>,
    next: Option<ApplicationId>,
    counts: Vec<(Status, i64)>,
    target_working_days: u32,
    /// Messages nobody of the team has read or answered, by demande.
    unread: HashMap<ApplicationId, i64>,
    now: OffsetDateTime,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
impl QueuePage {
    fn count(&self, preset: &Preset) -> i64 {
        self.counts.iter().filter(|(state, _)| preset.state().is_none_or(|wanted| wanted == *state)).map(|(_, count)| count).sum()
    }

    fn waiting(&self) -> i64 {
        self.count(&Preset::ToInstruct)
    }

    fn days(&self, row: &Found) -> i64 {
        calendar::days_between(row.received_at, self.now)
    }

    /// Whether the target the desk gives itself has passed for a demande that waits for the team.
    fn is_late(&self, row: &Found) -> bool {
        let due = calendar::working_days_after(calendar::paris_date(row.received_at), self.target_working_days);
        row.state.turn() == Turn::Review && calendar::paris_date(self.now) > due
    }

    fn unread(&self, row: &Found) -> i64 {
        self.unread.get(&row.id).copied().unwrap_or_default()
    }

    fn due(&self, row: &Found) -> String {
        calendar::date_in_full(calendar::working_days_after(calendar::paris_date(row.received_at), self.target_working_days))
    }

    /// Keeps the list and the search in the links of the page.
    fn address(&self, preset: &Preset, apres: Option<&ApplicationId>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("etat", preset.slug());
        if !self.typed.is_empty() {
            query.append_pair("q", &self.typed);
        }
        if let Some(id) = apres {
            query.append_pair("apres", &id.to_string());
        }
        format!("/instruction?{}", query.finish())
    }
}

pub(super) async fn show(
    staff: Staff,
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> Result<Page<QueuePage>, Problem> {
    // A search looks everywhere unless a list was chosen.
    let search = Search::parse(&asked.q);
    let preset = if asked.etat.is_empty() && search != Search::Nothing { Preset::All } else { Preset::from_slug(&asked.etat) };
    let filter = Filter { preset, search, after: ApplicationId::parse(&asked.apres) };
    let mut connection = state.db.acquire().await?;
    let mut rows = store::find_queue(&mut connection, &filter).await?;
    let counts = store::count_by_state(&mut connection).await?;
    let next = if rows.len() > store::PAGE {
        rows.truncate(store::PAGE);
        rows.last().map(|row| row.id)
    } else {
        None
    };
    let shown: Vec<ApplicationId> = rows.iter().map(|row| row.id).collect();
    let unread = messages::count_unread(&mut connection, (Side::Team, staff.person().account), &shown).await?;
    Ok(Page(QueuePage {
        frame,
        preset,
        typed: asked.q,
        is_first_page: filter.after.is_none(),
        rows,
        next,
        counts,
        target_working_days: state.config.desk.desk_target_working_days,
        unread,
        now: state.clock.now(),
    }))
}

//! `/instruction`: what waits for whom, the oldest first.

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::{IntoResponse, Redirect, Response},
};
use strum::VariantArray;
use time::OffsetDateTime;
use url::form_urlencoded;

use super::{
    List,
    chips::{Chip, chips, level_in_a_word},
    range::{Range, cut},
};
use crate::{
    AppState,
    accounts::{Person, Reviewer, Staff},
    applications::{AssuranceLevel, Kind, Reach},
    calendar,
    criteria::Sector,
    fields::Fields,
    ids::{AccountId, ApplicationId},
    messages::{self, Side},
    problem::Problem,
    review::queue::{
        self, Counts, Cursor, Due, Filter, MOST_COUNTED, OwnerChoice, PAGE, PlaceChoice, Preset, Reading, Row, Standing, Today, Urgency,
        View, Whose, find_team, find_views,
    },
    web::{Frame, Page},
};

const LEVELS: [AssuranceLevel; 2] = [AssuranceLevel::Low, AssuranceLevel::Substantial];

#[derive(Debug, Template)]
#[template(path = "review/queue.html")]
pub(in crate::review::pages) struct QueuePage {
    frame: Frame,
    list: List,
    rows: Vec<Row>,
    /// Whether what was searched was found inside words only.
    is_inside_words: bool,
    /// The pages before and after.
    previous: Option<List>,
    next: Option<List>,
    counts: Counts,
    /// Which part of the list it is.
    range: Range,
    views: Vec<View>,
    /// Who may answer for a dossier.
    team: Vec<Person>,
    /// Messages nobody of the team has read or answered, by demande.
    unread: HashMap<ApplicationId, i64>,
    /// The row one comes back to.
    seen: Option<ApplicationId>,
    /// What was not done of what was asked for several dossiers at once, and how it was asked.
    refused: Option<String>,
    form: Fields,
    reader: AccountId,
    can_act: bool,
    today: Today,
    now: OffsetDateTime,
}

#[expect(clippy::trivially_copy_pass_by_ref, clippy::unused_self, reason = "templates pass references, and call methods")]
impl QueuePage {
    /// The page with what was not done of what was asked for several dossiers, and how it was asked.
    pub(super) fn again(self, refused: String, form: Fields) -> Self {
        Self { refused: Some(refused), form, ..self }
    }

    fn filter(&self) -> &Filter {
        &self.list.filter
    }

    /// The name of the list, or what narrows it.
    fn title(&self) -> String {
        let named = self.views.iter().find(|view| view.filter == *self.filter()).map(|view| view.name.clone());
        if let Some(name) = named.or(self.filter().preset().map(|preset| preset.label().into())) {
            return name;
        }
        match self.chips() {
            chips if chips.is_empty() => self.filter().listed().label().into(),
            chips => chips.into_iter().map(|chip| chip.words).collect::<Vec<_>>().join(", "),
        }
    }

    fn is_preset(&self, preset: &Preset) -> bool {
        self.filter().preset() == Some(*preset)
    }

    fn is_view(&self, view: &View) -> bool {
        view.filter == *self.filter()
    }

    fn can_be_saved(&self) -> bool {
        self.filter().preset().is_none() && self.views.iter().all(|view| view.filter != *self.filter())
    }

    fn count(&self, preset: &Preset) -> i64 {
        self.counts.of(*preset)
    }

    /// What the day asks, in a sentence or two.
    fn lead(&self) -> String {
        let late = match self.count(&Preset::Late) {
            0 => "Aucun dossier n’est en retard.".into(),
            1 => "Un dossier est en retard, ou près de l’être.".into(),
            count => format!("{count}\u{a0}dossiers sont en retard, ou près de l’être."),
        };
        match self.counts.oldest.map(|at| calendar::days_between(at, self.now)) {
            None => "Aucune demande n’attend l’équipe.".into(),
            Some(0) => format!("{late} Le plus ancien est arrivé aujourd’hui."),
            Some(1) => format!("{late} Le plus ancien attend depuis un jour."),
            Some(days) => format!("{late} Le plus ancien attend depuis {days}\u{a0}jours."),
        }
    }

    /// Whether dossiers of this page may be entrusted: a list of decided ones holds none.
    fn entrusts(&self) -> bool {
        self.can_act && (self.refused.is_some() || self.rows.iter().any(|row| row.facts.state.is_in_progress()))
    }

    /// The typed text of the batch is given back, and the rows that were ticked.
    fn is_ticked(&self, row: &Row) -> bool {
        self.form.values("d").any(|ticked| ticked.split(':').next().and_then(ApplicationId::parse) == Some(row.id))
    }

    fn is_to(&self, person: &Person) -> bool {
        self.form.has("to", person.account.to_string())
    }

    fn chips(&self) -> Vec<Chip> {
        chips(self.filter(), &self.team)
    }

    /// The value of « sans décision » in the form: nothing while it is what the list does by itself, so that a text typed beside it is looked for
    /// everywhere.
    fn standing_value(&self, standing: &Standing) -> String {
        if self.filter().standing.is_none() && *standing == self.filter().listed() { String::new() } else { standing.to_string() }
    }

    fn is_kind(&self, kind: &Kind) -> bool {
        self.filter().kind.as_ref() == Some(kind)
    }

    fn is_sector(&self, sector: &Sector) -> bool {
        self.filter().sector.as_ref() == Some(sector)
    }

    fn is_level(&self, level: &AssuranceLevel) -> bool {
        self.filter().level.as_ref() == Some(level)
    }

    fn level_in_a_word(&self, level: &AssuranceLevel) -> &'static str {
        level_in_a_word(*level)
    }

    fn is_turn(&self, turn: &Whose) -> bool {
        self.filter().turn.as_ref() == Some(turn)
    }

    fn is_place(&self, place: &PlaceChoice) -> bool {
        self.filter().place.as_ref() == Some(place)
    }

    fn is_standing(&self, standing: &Standing) -> bool {
        self.filter().listed() == *standing
    }

    /// Whether the list is narrowed to that owner: « moi » or « personne ».
    fn is_owner(&self, owner: &str) -> bool {
        self.filter().owner.is_some_and(|chosen| chosen.to_string() == owner)
    }

    fn is_of_colleague(&self, person: &Person) -> bool {
        self.filter().owner == Some(OwnerChoice::Colleague(person.account))
    }

    fn preset_address(&self, preset: &Preset) -> String {
        List::first(preset.filter()).address()
    }

    fn view_address(&self, view: &View) -> String {
        List::first(view.filter.clone()).address()
    }

    fn first_address(&self) -> String {
        List::first(self.filter().clone()).address()
    }

    /// The dossier, opened from this list.
    fn opened(&self, row: &Row) -> String {
        self.list.dossier(row.id)
    }

    fn is_seen(&self, row: &Row) -> bool {
        self.seen == Some(row.id)
    }

    fn age(&self, row: &Row) -> String {
        row.age(self.now)
    }

    fn unread(&self, row: &Row) -> i64 {
        self.unread.get(&row.id).copied().unwrap_or_default()
    }

    fn due(&self, row: &Row) -> Due {
        row.due(self.today)
    }

    fn turn(&self, row: &Row) -> (&'static str, &'static str) {
        (row.facts.turn(self.reader).badge(), row.facts.turn_in_words(self.reader))
    }

    /// « Vous », a colleague's name, or nobody.
    fn owner(&self, row: &Row) -> Option<String> {
        row.owner.as_ref().map(|owner| if owner.account == self.reader { "Vous".into() } else { owner.name.clone() })
    }

    /// What a ticked row says: its number and who answered for it on this page.
    fn pick(&self, row: &Row) -> String {
        format!("{}:{}", row.id.0, row.owner.as_ref().map_or(String::new(), |owner| owner.account.to_string()))
    }

    fn everywhere(&self) -> String {
        List::first(Filter { text: self.filter().text.clone(), standing: Some(Standing::Any), ..Filter::default() }).address()
    }
}

pub(in crate::review::pages) async fn show(
    staff: Staff,
    reviewer: Option<Reviewer>,
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    frame: Frame,
) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let list = List::parse(&query);
    let seen = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "vu").and_then(|(_, id)| ApplicationId::parse(&id));
    let page = prepare(&state, (staff.person(), reviewer.is_some()), list, frame).await?;
    // Whoever types the number of a dossier wants to read it.
    if let ([only], true) = (page.rows.as_slice(), page.filter().search().is_a_number()) {
        return Ok(Redirect::to(&format!("/instruction/{}", only.id.0)).into_response());
    }
    Ok(Page(QueuePage { seen, ..page }).into_response())
}

/// A page of a list, for somebody who may act on it or only reads.
pub(super) async fn prepare(state: &AppState, (reader, can_act): (&Person, bool), list: List, frame: Frame) -> Result<QueuePage, Problem> {
    let (reader, now) = (reader.account, state.clock.now());
    let today = Today::at(now, state.config.desk.desk_target_working_days);
    let mut connection = state.db.acquire().await?;
    let reading = Reading::new(reader, today);
    let (reading, mut rows) = queue::find_page(&mut connection, &list.filter, reading, list.from, PAGE + 1).await?;
    let (previous, next) = cut(&mut rows, &list);
    let counts = queue::count_lists(&mut connection, reading).await?;
    let total = match list.filter.preset() {
        Some(preset) => Some(counts.of(preset)),
        None => queue::count(&mut connection, &list.filter, reading, None).await?,
    };
    let first = match (list.from, rows.first()) {
        (Cursor::Start, _) => Some(1),
        (_, Some(row)) => queue::count(&mut connection, &list.filter, reading, Some(row)).await?,
        (_, None) => None,
    };
    let range = Range { shown: rows.len(), first, total, is_whole: list.from == Cursor::Start && next.is_none() };
    let shown: Vec<ApplicationId> = rows.iter().map(|row| row.id).collect();
    Ok(QueuePage {
        frame,
        previous,
        next,
        counts,
        range,
        views: find_views(&mut connection, reader).await?,
        team: find_team(&mut connection).await?,
        unread: messages::count_unread(&mut connection, (Side::Team, reader), &shown).await?,
        is_inside_words: reading.reach == Reach::Parts && !rows.is_empty(),
        rows,
        list,
        seen: None,
        refused: None,
        form: Fields::default(),
        reader,
        can_act,
        today,
        now,
    })
}

//! `/habilitations/{numero}/rapports/{mois}`: the report of a month, to fill, to read, to correct.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use uuid::Uuid;

use super::{
    extract::{OfMonth, Participant},
    shown,
};
use crate::{
    AppState,
    applications::pages::send_back,
    attachments::Attachment,
    calendar,
    chart::Chart,
    fields::{Field, Fields},
    participation::{
        Awaited, Doubt, Figures, Month, Participation, Reports, Sent, Standing, chart,
        checks::{self, Comparing},
        due,
        figures::grouped,
        find_reports,
        report::{ACCOUNTS, BECAUSE, CONFIRM, CONNECTIONS, FC_ACCOUNTS, FC_CONNECTIONS, GROWTH, METHOD, WORDS, typed_pair},
        store::drafts::{self, Draft},
        words,
    },
    problem::Problem,
    web::{Frame, Page, filters},
};

pub(super) const FILES: Field = Field { name: "pieces", label: "Pièces jointes" };
/// The revision of the draft the page showed.
pub(super) const SEEN: &str = "vu";
/// The number the report will bear.
pub(super) const NUMBER: &str = "numero";
/// What to do with what was typed.
pub(super) const ACT: &str = "acte";
/// The file to take away.
pub(super) const REMOVE: &str = "retirer";

/// A report, as somebody fills it or reads it.
#[derive(Debug, Template)]
#[template(path = "participation/report.html")]
pub(super) struct ReportPage {
    frame: Frame,
    participation: Participation,
    month: Month,
    today: Date,
    standing: Standing,
    /// The reports of this month, the last first.
    sent: Vec<Sent>,
    is_staff: bool,
    /// The form is open: the month is filled or corrected.
    fills: bool,
    is_correction: bool,
    form: Fields,
    draft: Option<Draft>,
    /// The files that wait for the report to leave.
    waiting: Vec<Attachment>,
    /// What looks odd and is to be confirmed.
    doubts: Vec<Doubt>,
    chart: Option<Chart>,
    reports: Reports,
}

impl ReportPage {
    fn base(&self) -> String {
        format!("/habilitations/{}/rapports", self.participation.authorization.0)
    }

    fn here(&self) -> String {
        format!("{}/{}", self.base(), self.month)
    }

    /// Where the form is sent.
    fn action(&self) -> String {
        if self.is_correction { format!("{}/correction", self.here()) } else { self.here() }
    }

    fn comparing(&self) -> Comparing<'_> {
        self.participation.comparing(self.month, &self.reports)
    }

    /// « octobre : 4 106 », under a label.
    fn before(&self, field: Field) -> String {
        self.comparing().before.map_or_else(String::new, |before| {
            let figures = &before.figures;
            let number = match field {
                FC_CONNECTIONS => figures.connections_through_fc,
                CONNECTIONS => figures.connections,
                FC_ACCOUNTS => figures.accounts_through_fc,
                _ => figures.accounts,
            };
            format!("{}\u{a0}: {}", before.month.name(), grouped(number))
        })
    }

    /// What the connections typed say, once they can be read.
    fn connections_say(&self) -> Option<String> {
        let (connections_through_fc, connections) = typed_pair(&self.form, FC_CONNECTIONS, CONNECTIONS)?;
        let figures = Figures { connections_through_fc, connections, ..Default::default() };
        checks::connections_say(&figures, self.comparing().before.as_ref())
    }

    /// What the accounts typed say, once they can be read.
    fn accounts_say(&self) -> Option<String> {
        let (accounts_through_fc, accounts) = typed_pair(&self.form, FC_ACCOUNTS, ACCOUNTS)?;
        let figures = Figures { accounts_through_fc, accounts, ..Default::default() };
        checks::accounts_say(&figures, self.comparing().before.as_ref())
    }

    /// What a report that was sent says.
    fn says(&self, sent: &Sent) -> Vec<String> {
        let comparing = self.comparing();
        let figures = &sent.report.figures;
        let before = comparing.before.as_ref();
        let said = [checks::connections_say(figures, before), checks::accounts_say(figures, before)];
        said.into_iter().flatten().chain(checks::beside_baseline(figures, comparing.baseline)).collect()
    }

    /// « Cinquième rapport sur treize. »
    fn place(&self) -> String {
        let place = self.participation.place_of(self.month).unwrap_or_default();
        format!("Mois {place} sur {} de la participation.", self.participation.months().count())
    }

    /// « dans 7 jours ».
    fn in_how_long(&self) -> String {
        words::in_days(calendar::whole_days(self.today, self.month.due_on()))
    }

    fn late_by(&self) -> String {
        shown::counted_days(calendar::whole_days(self.month.due_on(), self.today))
    }

    fn opens_on(&self) -> Date {
        due::opens_on(self.month, self.participation.last_day())
    }

    fn due_on(&self) -> Date {
        self.month.due_on()
    }
}

/// Who looks, at which month of what.
pub(super) struct Looking {
    pub frame: Frame,
    pub participation: Participation,
    pub month: Month,
    pub is_staff: bool,
    pub is_correction: bool,
}

/// What was typed, and what is wrong or odd with it.
#[derive(Default)]
pub(super) struct TypedForm {
    pub form: Option<Fields>,
    pub doubts: Vec<Doubt>,
}

pub(super) async fn prepare(state: &AppState, looking: Looking, typed: TypedForm) -> Result<ReportPage, Problem> {
    let Looking { frame, participation, month, is_staff, is_correction } = looking;
    let today = calendar::paris_date(state.clock.now());
    let mut connection = state.db.acquire().await?;
    let reports = find_reports(&mut connection, participation.application).await?;
    let mut sent = reports.get(&month).cloned().unwrap_or_default();
    sent.reverse();
    let standing = participation.standing(month, today, sent.len());
    let fills = !is_staff && (is_correction || standing.is_awaited());
    let (mut draft, mut waiting) = (None, Vec::new());
    if fills {
        draft = drafts::find(&mut connection, participation.application, month).await?;
        waiting = drafts::find_files(&mut connection, participation.application, month).await?;
    }
    let mut form = typed.form.unwrap_or_else(|| match (&draft, sent.first()) {
        (Some(draft), _) => Fields::from_json(&draft.fields),
        (None, Some(last)) => last.report.as_fields(),
        (None, None) => Fields::default(),
    });
    form.set(SEEN, draft.as_ref().map_or(0, |draft| draft.revision).to_string());
    if form.value(NUMBER).is_empty() {
        form.set(NUMBER, (sent.len() + 1).to_string());
    }
    let chart = chart::of_shares(&participation, &reports);
    Ok(ReportPage {
        frame,
        participation,
        month,
        today,
        standing,
        sent,
        is_staff,
        fills,
        is_correction,
        form,
        draft,
        waiting,
        chart,
        reports,
        doubts: typed.doubts,
    })
}

pub(super) async fn show(
    here: Participant,
    OfMonth(month): OfMonth,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let Participant { participation, is_staff } = here;
    participation.place_of(month).ok_or(Problem::NotFound)?;
    let looking = Looking { frame, participation, month, is_staff, is_correction: false };
    Ok(Page(prepare(&state, looking, TypedForm::default()).await?).into_response())
}

pub(super) async fn show_correction(
    here: Participant,
    OfMonth(month): OfMonth,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let participation = here.of_its_side()?;
    let is_received = find_reports(&mut *state.db.acquire().await?, participation.application).await?.contains_key(&month);
    if !is_received {
        return Err(Problem::NotFound);
    }
    let looking = Looking { frame, participation, month, is_staff: false, is_correction: true };
    Ok(Page(prepare(&state, looking, TypedForm::default()).await?).into_response())
}

/// `/habilitations/{numero}/rapports/{mois}/fichiers/{piece}`: a file of a report; of one that was not sent, for its own side.
pub(super) async fn read_file(
    here: Participant,
    OfMonth(month): OfMonth,
    State(state): State<AppState>,
    Path((_, _, file)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let file = Uuid::parse_str(&file).map_err(|_| Problem::NotFound)?;
    let application = here.participation.application;
    let mut connection = state.db.acquire().await?;
    let reports = find_reports(&mut connection, application).await?;
    let mut files: Vec<Attachment> = reports.get(&month).into_iter().flatten().flat_map(|sent| sent.files.clone()).collect();
    if !here.is_staff {
        files.extend(drafts::find_files(&mut connection, application, month).await?);
    }
    drop(connection);
    let attachment = files.iter().find(|attachment| attachment.id == file).ok_or(Problem::NotFound)?;
    send_back(&state, attachment).await
}

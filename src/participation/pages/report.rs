//! `/habilitations/{numero}/rapports/{mois}`: the report of a month, to fill, to read, to correct. What is typed is kept before anything is said of it.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use sqlx::PgConnection;
use tower_sessions::Session;
use uuid::Uuid;

use super::{
    extract::{OfMonth, Participant},
    shown,
};
use crate::{
    AppState,
    accounts::Applicant,
    applications::pages::send_back,
    attachments::{Attachment, Stored, receive},
    calendar,
    fields::{Field, Fields},
    participation::{
        Doubt, Keeping, Month, Participation, Report, Reports, Sending, Sent, Standing,
        chart::Chart,
        checks::{self, Comparing},
        correct, doubts,
        figures::grouped,
        find_reports,
        keep_draft::{Typed, keep_draft},
        report::{ACCOUNTS, BECAUSE, CONFIRM, CONNECTIONS, FC_ACCOUNTS, FC_CONNECTIONS, FIELDS, GROWTH, METHOD, WORDS, typed_pair},
        send,
        store::drafts::{self, Draft},
    },
    problem::Problem,
    web::{Frame, Page, Refused, Upload, UploadedFile, filters, tell},
};

const FILES: Field = Field { name: "pieces", label: "Pièces jointes" };
/// The revision of the draft the page showed.
const SEEN: &str = "vu";
/// The number the report will bear.
const NUMBER: &str = "numero";
/// What to do with what was typed.
const ACT: &str = "acte";
/// The file to take away.
const REMOVE: &str = "retirer";

/// A report, as somebody fills it or reads it.
#[derive(Debug, Template)]
#[template(path = "participation/report.html")]
struct ReportPage {
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
        let figures = crate::participation::Figures { connections_through_fc, connections, ..Default::default() };
        checks::connections_say(&figures, self.comparing().before.as_ref())
    }

    /// What the accounts typed say, once they can be read.
    fn accounts_say(&self) -> Option<String> {
        let (accounts_through_fc, accounts) = typed_pair(&self.form, FC_ACCOUNTS, ACCOUNTS)?;
        let figures = crate::participation::Figures { accounts_through_fc, accounts, ..Default::default() };
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

    fn confirmation(&self) -> String {
        checks::confirmation(&self.doubts)
    }

    /// « Cinquième rapport sur treize. »
    fn place(&self) -> String {
        let place = self.participation.place_of(self.month).unwrap_or_default();
        format!("Mois {place} sur {} de la participation.", self.participation.months().count())
    }

    /// « dans 7 jours ».
    fn in_how_long(&self) -> String {
        crate::participation::words::in_days(calendar::whole_days(self.today, self.month.due_on()))
    }

    fn late_by(&self) -> String {
        shown::counted_days(calendar::whole_days(self.month.due_on(), self.today))
    }

    fn opens_on(&self) -> Date {
        crate::participation::due::opens_on(self.month, self.participation.last_day())
    }

    fn due_on(&self) -> Date {
        self.month.due_on()
    }
}

/// Who looks, at which month of what.
struct Looking {
    frame: Frame,
    participation: Participation,
    month: Month,
    is_staff: bool,
    is_correction: bool,
}

/// What was typed, and what is wrong or odd with it.
#[derive(Default)]
struct TypedForm {
    form: Option<Fields>,
    doubts: Vec<Doubt>,
}

async fn prepare(state: &AppState, looking: Looking, typed: TypedForm) -> Result<ReportPage, Problem> {
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
    let chart = Chart::of_shares(&participation, &reports);
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

pub(super) async fn send_it(
    by: Applicant,
    here: Participant,
    OfMonth(month): OfMonth,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    upload: Upload,
) -> Result<Response, Problem> {
    let looking = Looking { frame, participation: here.of_its_side()?, month, is_staff: false, is_correction: false };
    keep_then_send(&state, &session, &by, looking, upload).await
}

pub(super) async fn correct_it(
    by: Applicant,
    here: Participant,
    OfMonth(month): OfMonth,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    upload: Upload,
) -> Result<Response, Problem> {
    let looking = Looking { frame, participation: here.of_its_side()?, month, is_staff: false, is_correction: true };
    keep_then_send(&state, &session, &by, looking, upload).await
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

/// Stores the files that came; what is wrong with them is told beside their field.
async fn store_files(state: &AppState, form: &mut Fields, files: Vec<UploadedFile>) -> Vec<Stored> {
    let (mut stored, mut wrong) = (Vec::new(), Vec::new());
    for file in files.into_iter().filter(|file| file.field == FILES.name) {
        let sent_name = file.sent_name.clone();
        match receive(&state.storage, file).await {
            Ok(file) => stored.push(file),
            Err(refusal) => wrong.push(refusal.sentence(&sent_name)),
        }
    }
    if !wrong.is_empty() {
        form.refuse(FILES, wrong.join(" "));
    }
    stored
}

/// Keeps what was typed; whether it may go on.
async fn keep(state: &AppState, by: &Applicant, looking: &Looking, form: &mut Fields, files: Vec<UploadedFile>) -> Result<bool, Problem> {
    let mut kept: Vec<Field> = FIELDS.to_vec();
    kept.push(BECAUSE);
    form.refuse_what_cannot_be_kept(&kept);
    if !form.is_valid() {
        return Ok(true);
    }
    let typed = Typed {
        fields: form.to_json(kept.iter().map(|field| field.name).chain([NUMBER])),
        seen: form.value(SEEN).parse().unwrap_or_default(),
        files: store_files(state, form, files).await,
        scan: state.antivirus.at_first(),
        removed: Uuid::parse_str(form.value(REMOVE)).ok(),
    };
    let mut transaction = state.db.begin().await?;
    let (keeping, left_out) =
        keep_draft(&mut transaction, by, looking.participation.application, looking.month, typed, state.clock.now()).await?;
    transaction.commit().await?;
    if left_out > 0 {
        form.refuse(FILES, "Un rapport emporte six fichiers au plus : les derniers n’ont pas été joints. Retirez-en, ou envoyez-en moins.");
    }
    if let Keeping::Overtaken(other) = keeping {
        let sentence = format!(
            "{} a enregistré ce rapport le {}, pendant que vous le remplissiez. Ce que vous avez saisi est ci-dessous et n’est pas encore gardé : relisez, puis enregistrez ou envoyez de nouveau pour remplacer le sien.",
            other.author,
            calendar::moment(other.saved_at)
        );
        form.refuse(FC_CONNECTIONS, sentence);
        return Ok(false);
    }
    Ok(true)
}

/// Whether the month can be filled at all, before anything is kept of it.
async fn may_fill(connection: &mut PgConnection, looking: &Looking, today: Date) -> Result<bool, Problem> {
    let Looking { participation, month, is_correction, .. } = looking;
    participation.place_of(*month).ok_or(Problem::NotFound)?;
    let reports = find_reports(connection, participation.application).await?;
    let standing = participation.standing(*month, today, reports.get(month).map_or(0, Vec::len));
    match (is_correction, standing) {
        (true, standing) if standing.is_received() => Ok(true),
        (true, _) => Err(Problem::NotFound),
        (false, Standing::ToCome) => {
            let from = calendar::date_in_full(crate::participation::due::opens_on(*month, participation.last_day()));
            let page = format!("/habilitations/{}/rapports", participation.authorization.0);
            let sentence =
                format!("Le mois {} n’est pas terminé : son rapport se remet à partir du {from}. Rien n’a été gardé.", month.with_of());
            Err(Problem::not_possible_but(sentence, "Voir les rapports", page))
        }
        (false, _) => Ok(standing.is_awaited()),
    }
}

async fn keep_then_send(
    state: &AppState,
    session: &Session,
    by: &Applicant,
    looking: Looking,
    upload: Upload,
) -> Result<Response, Problem> {
    let Upload { fields: mut form, files } = upload;
    let now = state.clock.now();
    let base = format!("/habilitations/{}/rapports", looking.participation.authorization.0);
    let here = format!("{base}/{}", looking.month);
    let page = if looking.is_correction { format!("{here}/correction") } else { here.clone() };
    let is_open = may_fill(&mut *state.db.acquire().await?, &looking, calendar::paris_date(now)).await?;
    if !is_open {
        // Somebody sent it first: what was typed becomes a correction they may finish.
        let sentence =
            "Ce rapport vient d’être envoyé par quelqu’un d’autre. Pour y changer quelque chose, corrigez-le, en disant pourquoi.";
        return Err(Problem::not_possible_but(format!("{sentence} Rien n’a été envoyé."), "Voir le rapport", here));
    }
    if !keep(state, by, &looking, &mut form, files).await? {
        let shown = prepare(state, looking, TypedForm { form: Some(form), doubts: Vec::new() }).await?;
        return Ok((StatusCode::CONFLICT, Page(shown)).into_response());
    }
    if form.value(ACT) != "envoyer" || !form.value(REMOVE).is_empty() {
        if form.is_valid() {
            tell(session, "Votre saisie est enregistrée. Le rapport n’est pas encore envoyé.").await?;
            return Ok(Redirect::to(&page).into_response());
        }
        return Ok(Refused(prepare(state, looking, TypedForm { form: Some(form), doubts: Vec::new() }).await?).into_response());
    }
    let (sending, doubts) = read(state, &looking, &mut form).await?;
    let Some(sending) = sending else {
        return Ok(Refused(prepare(state, looking, TypedForm { form: Some(form), doubts }).await?).into_response());
    };
    let mut transaction = state.db.begin().await?;
    let (application, month) = (looking.participation.application, looking.month);
    let done = if looking.is_correction {
        correct(&mut transaction, by, application, month, &sending, now).await
    } else {
        send(&mut transaction, by, application, month, &sending, now).await
    };
    match done {
        Ok(()) => {
            transaction.commit().await?;
            let said = if looking.is_correction { "Votre correction est reçue" } else { "Votre rapport est reçu" };
            tell(session, format!("{said}\u{a0}: {}.", month.in_full())).await?;
            Ok(Redirect::to(&base).into_response())
        }
        // What was typed is given back beside what happened.
        Err(Problem::NotPossible { sentence, .. }) => {
            drop(transaction);
            form.refuse(if looking.is_correction { BECAUSE } else { FC_CONNECTIONS }, sentence);
            form.set(NUMBER, "");
            let shown = prepare(state, looking, TypedForm { form: Some(form), doubts: Vec::new() }).await?;
            Ok((StatusCode::CONFLICT, Page(shown)).into_response())
        }
        Err(other) => Err(other),
    }
}

/// Reads what is to be sent; what is odd and was not confirmed yet.
async fn read(state: &AppState, looking: &Looking, form: &mut Fields) -> Result<(Option<Sending>, Vec<Doubt>), Problem> {
    let report = Report::parse(form);
    let because = if looking.is_correction { form.line(BECAUSE, 300) } else { Some(String::new()) };
    let (Some(report), Some(because)) = (report, because) else { return Ok((None, Vec::new())) };
    let known = find_reports(&mut *state.db.acquire().await?, looking.participation.application).await?;
    let doubts = doubts(&report, &looking.participation.comparing(looking.month, &known));
    if !doubts.is_empty() && form.value(CONFIRM.name) != checks::confirmation(&doubts) {
        form.refuse(CONFIRM, "Relisez ce qui suit : corrigez-le, ou cochez la case pour le confirmer.");
        return Ok((None, doubts));
    }
    if !form.is_valid() {
        return Ok((None, doubts));
    }
    let confirmed: Vec<&str> = doubts.iter().map(|doubt| doubt.sentence.as_str()).collect();
    let number = if looking.is_correction { form.value(NUMBER).parse().unwrap_or(1) } else { 1 };
    Ok((Some(Sending { number, report, confirmed: confirmed.join("\n"), because, is_imported: false }), doubts))
}

//! `/habilitations/{numero}/mise-en-production`: what the holder asks, what the team finds; `/habilitations/mises-en-production`: those that
//! wait for it.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use tower_sessions::Session;
use uuid::Uuid;

use super::extract::ReadableAuthorization;
use crate::{
    AppState,
    accounts::{Applicant, EmailAddress, Reviewer, Staff},
    applications::{pages::send_back, parse_url},
    attachments::Chosen,
    authorizations::{
        Authorization, State as Status,
        go_live::{Asking, CHECKLIST, Check, Item, Point, PointResult, Request, Waiting, answer, ask, find_requests, find_waiting},
    },
    calendar,
    fields::{Field, Fields},
    problem::Problem,
    text,
    web::{Frame, Page, Refused, Upload, filters, tell},
};

const URL: Field = Field { name: "url", label: "Adresse où suivre le parcours" };
const CONTACT_NAME: Field = Field { name: "contact_name", label: "Contact technique" };
const CONTACT_EMAIL: Field = Field { name: "contact_email", label: "Adresse électronique du contact technique" };
const WISHED_ON: Field = Field { name: "wished_on", label: "Date d’ouverture souhaitée" };
const NOTE: Field = Field { name: "note", label: "Comment suivre le parcours" };
const SCREENS: Field = Field { name: "screens", label: "Captures d’écran du parcours" };
const POINTS: Field = Field { name: "points", label: "Les points du cahier des charges" };
const REASONS: Field = Field { name: "reasons", label: "Ce qui est à corriger, ou un mot" };

/// What the reader may do there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum May {
    Read,
    Ask,
    Answer,
}

#[derive(Debug, Template)]
#[template(path = "authorizations/go_live.html")]
pub(super) struct GoLivePage {
    frame: Frame,
    authorization: Authorization,
    requests: Vec<Request>,
    may: May,
    form: Fields,
}

impl GoLivePage {
    fn base(&self) -> String {
        format!("/habilitations/{}", self.authorization.id.0)
    }

    fn results(&self, item: &Item) -> Vec<(String, &'static str, bool)> {
        let name = format!("point-{}", item.key);
        PointResult::ALL.iter().map(|result| (result.to_string(), result.label(), self.form.has(&name, result.to_string()))).collect()
    }

    fn remark(&self, item: &Item) -> &str {
        self.form.value(&format!("remark-{}", item.key))
    }
}

/// Who looks, and at which right.
struct Looking {
    frame: Frame,
    authorization: Authorization,
    is_staff: bool,
    is_reviewer: bool,
}

async fn prepare(state: &AppState, looking: Looking, form: Option<Fields>) -> Result<GoLivePage, Problem> {
    let Looking { frame, authorization, is_staff, is_reviewer } = looking;
    let requests = find_requests(&mut *state.db.acquire().await?, authorization.id).await?;
    let waits = requests.first().is_some_and(|request| request.check.is_none());
    let may = match (waits, is_staff) {
        (true, true) if is_reviewer => May::Answer,
        (false, false) if authorization.state == Status::Active => May::Ask,
        _ => May::Read,
    };
    let form = form.unwrap_or_else(|| {
        let contact = &authorization.content.contacts.technical_contact;
        let prefilled = [
            (URL.name, authorization.content.service.url.clone()),
            (CONTACT_NAME.name, contact.full_name()),
            (CONTACT_EMAIL.name, contact.email.as_str().to_owned()),
        ];
        Fields::from_pairs(prefilled.map(|(name, value)| (name.to_owned(), value)).into())
    });
    Ok(GoLivePage { frame, authorization, requests, may, form })
}

pub(super) async fn show(
    staff: Option<Staff>,
    reviewer: Option<Reviewer>,
    ReadableAuthorization(authorization): ReadableAuthorization,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<GoLivePage>, Problem> {
    let looking = Looking { frame, authorization, is_staff: staff.is_some(), is_reviewer: reviewer.is_some() };
    Ok(Page(prepare(&state, looking, None).await?))
}

/// Reads what is asked; nothing when something must be mended, and then no file has been taken.
async fn read_asking(state: &AppState, Upload { fields: form, files }: &mut Upload, today: Date) -> Option<Asking> {
    let url = form.parse(URL, parse_url);
    let contact_name = form.line(CONTACT_NAME, 130);
    let contact_email = form.parse(CONTACT_EMAIL, EmailAddress::parse);
    let wished_on = form.parse(WISHED_ON, |typed| match calendar::parse_date_since(typed, 2018)? {
        None => Err("Indiquez un jour.".to_owned()),
        Some(day) if day < today => Err("Ce jour est passé : choisissez-en un à venir.".to_owned()),
        Some(day) => Ok(calendar::kept(day)),
    });
    let note = form.parse(NOTE, |typed| text::optional_paragraph(typed, 2000));
    let mut chosen = Chosen::of(SCREENS, std::mem::take(files));
    let screens = chosen.store(&state.storage, "une demande", form).await;
    if !form.is_valid() {
        chosen.ask_again(form);
    }
    Some(Asking {
        url: url?,
        contact_name: contact_name?,
        contact_email: contact_email?,
        wished_on: wished_on?,
        note: note?,
        screens: screens?,
        scan: state.antivirus.at_first(),
    })
}

pub(super) async fn ask_for_it(
    by: Applicant,
    staff: Option<Staff>,
    ReadableAuthorization(authorization): ReadableAuthorization,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut upload: Upload,
) -> Result<Response, Problem> {
    if staff.is_some() {
        return Err(Problem::NotFound);
    }
    let now = state.clock.now();
    let Some(asking) = read_asking(&state, &mut upload, calendar::paris_date(now)).await else {
        let looking = Looking { frame, authorization, is_staff: false, is_reviewer: false };
        return Ok(Refused(prepare(&state, looking, Some(upload.fields)).await?).into_response());
    };
    let mut transaction = state.db.begin().await?;
    ask(&mut transaction, &by, authorization.id, asking, now).await?;
    transaction.commit().await?;
    tell(&session, "Votre demande est envoyée : l’équipe vérifie le parcours, puis vous répond par lettre.").await?;
    Ok(Redirect::to(&format!("/habilitations/{}/mise-en-production", authorization.id.0)).into_response())
}

/// `/habilitations/{numero}/mise-en-production/fichiers/{capture}`: a screen of the journey, for whoever reads the request it came with.
pub(super) async fn read_screen(
    ReadableAuthorization(authorization): ReadableAuthorization,
    State(state): State<AppState>,
    Path((_, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let file = Uuid::parse_str(&file).map_err(|_| Problem::NotFound)?;
    let requests = find_requests(&mut *state.db.acquire().await?, authorization.id).await?;
    let screen = requests.iter().flat_map(|request| &request.screens).find(|screen| screen.id == file).ok_or(Problem::NotFound)?;
    send_back(&state, screen).await
}

/// Reads every point; those without an answer are told together.
fn points(form: &mut Fields) -> Vec<Point> {
    let (mut points, mut missing) = (Vec::new(), 0);
    for item in &CHECKLIST {
        let remark = text::optional_line(form.value(&format!("remark-{}", item.key)), 500);
        match (form.value(&format!("point-{}", item.key)).parse::<PointResult>(), remark) {
            (Ok(result), Ok(remark)) => points.push(Point { key: item.key.into(), title: item.title.into(), result, remark }),
            (_, Err(fault)) => form.refuse(POINTS, format!("« {} » : {fault}", item.title)),
            (Err(_), Ok(_)) => missing += 1,
        }
    }
    match missing {
        0 => {}
        1 => form.refuse(POINTS, "Un point n’a pas de réponse : dites s’il est rempli, non rempli ou sans objet."),
        count => form.refuse(
            POINTS,
            format!("{count}\u{a0}points n’ont pas de réponse : dites de chacun s’il est rempli, non rempli ou sans objet."),
        ),
    }
    points
}

pub(super) async fn say_what_was_found(
    by: Reviewer,
    ReadableAuthorization(authorization): ReadableAuthorization,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let points = points(&mut form);
    let reasons = form.parse(REASONS, |typed| text::optional_paragraph(typed, 5000)).unwrap_or_default();
    if reasons.is_empty() && points.iter().any(|point| point.result == PointResult::NotMet) {
        form.refuse(REASONS, "Dites ce qui est à corriger : un point au moins n’est pas rempli.");
    }
    let looking = |frame| Looking { frame, authorization: authorization.clone(), is_staff: true, is_reviewer: true };
    if !form.is_valid() {
        return Ok(Refused(prepare(&state, looking(frame), Some(form)).await?).into_response());
    }
    let mut transaction = state.db.begin().await?;
    let check = Check { points, reasons };
    match answer(&mut transaction, &by, authorization.id, &check, &state.config.desk.desk_service, state.clock.now()).await {
        Ok(()) => {
            transaction.commit().await?;
            tell(&session, "Votre réponse est enregistrée : une lettre part au titulaire et au contact technique.").await?;
            Ok(Redirect::to(&format!("/habilitations/{}/mise-en-production", authorization.id.0)).into_response())
        }
        // What was typed is given back beside what happened.
        Err(Problem::NotPossible { sentence, .. }) => {
            form.refuse(POINTS, sentence);
            Ok((StatusCode::CONFLICT, Page(prepare(&state, looking(frame), Some(form)).await?)).into_response())
        }
        Err(other) => Err(other),
    }
}

#[derive(Debug, Template)]
#[template(path = "authorizations/go_live_list.html")]
pub(super) struct WaitingPage {
    frame: Frame,
    waiting: Vec<Waiting>,
}

pub(super) async fn list(_staff: Staff, State(state): State<AppState>, frame: Frame) -> Result<Page<WaitingPage>, Problem> {
    Ok(Page(WaitingPage { frame, waiting: find_waiting(&mut *state.db.acquire().await?).await? }))
}

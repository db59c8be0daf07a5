//! `/instruction/{numero}/avis/{service}`: a jurist or a reviewer gives an opinion; and the list of those they are waited for.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use time::OffsetDateTime;
use tower_sessions::Session;

use super::extract::Dossier;
use crate::{
    AppState,
    accounts::{self, Staff},
    applications::{self, Application, Version},
    calendar,
    fields::{Field, Fields},
    problem::Problem,
    review::{
        open::refuse_own,
        opinions::{self, Asked, Awaited, Board, Earlier, Given, Opinion, Service, Standing, View},
    },
    web::{Frame, Notice, Page, filters, tell},
};

const VIEW: Field = Field { name: "view", label: "Votre avis" };
const REASONS: Field = Field { name: "reasons", label: "Vos raisons" };

/// Characters the reasons may hold.
const MOST: usize = 5000;

#[derive(Debug, Template)]
#[template(path = "review/give_opinion.html")]
struct GivePage {
    frame: Frame,
    application: Application,
    version: Version,
    service: Service,
    asked: Option<Asked>,
    /// Their own, on an earlier version: the form holds it.
    earlier: Option<Opinion>,
    /// Another opinion is asked, which they read once they gave theirs.
    is_one_of_two: bool,
    form: Fields,
    /// Somebody was faster, or the demande changed: the sentence that says so.
    late: Option<String>,
}

fn views() -> Vec<(String, &'static str, &'static str)> {
    View::ALL.iter().map(|view| (view.to_string(), view.label(), view.hint())).collect()
}

/// What is known of the opinion somebody is about to give, and whether it can be given.
struct Desk {
    version: Version,
    board: Board,
}

impl Desk {
    async fn open(state: &AppState, staff: &Staff, application: &Application) -> Result<Self, Problem> {
        let mut connection = state.db.acquire().await?;
        refuse_own(&mut connection, staff.person(), application).await?;
        let version = applications::find_version(&mut connection, application.id, application.version).await?;
        let asked = opinions::find_asked(&mut connection, application.id).await?;
        let given = opinions::find_given(&mut connection, application.id).await?;
        let board = Board::of(application.kind, application.version, &asked, &given, staff.person());
        Ok(Self { version, board })
    }

    fn page(self, staff: &Staff, application: Application, service: Service, frame: Frame, form: Fields) -> GivePage {
        let is_one_of_two = self.board.cards.len() > 1;
        let card = self.board.cards.into_iter().find(|card| card.service == service);
        let earlier = card.iter().flat_map(|card| &card.earlier).find_map(|earlier| match earlier {
            Earlier::Shown(opinion) if opinion.by == staff.person().account => Some(opinion.clone()),
            _ => None,
        });
        let asked = card.and_then(|card| card.asked);
        GivePage { frame, application, version: self.version, service, asked, earlier, is_one_of_two, form, late: None }
    }
}

pub(super) async fn show(
    staff: Staff,
    Dossier(application): Dossier,
    Path((_, service)): Path<(String, String)>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let service = Service::from_slug(&service).ok_or(Problem::NotFound)?;
    opinions::refuse_other_roles(staff.person(), service)?;
    let desk = Desk::open(&state, &staff, &application).await?;
    let is_to_give = desk.board.cards.iter().any(|card| card.service == service && card.standing == Standing::Awaited { by_reader: true });
    if !is_to_give || !application.state.is_in_progress() {
        return Ok(Redirect::to(&format!("/instruction/{}#avis", application.id.0)).into_response());
    }
    let mut transaction = state.db.begin().await?;
    let kept = accounts::take_kept_form(&mut transaction, staff.person().account, &frame.path).await?;
    transaction.commit().await?;
    let was_kept = kept.is_some();
    let mut page = desk.page(&staff, application, service, frame, kept.unwrap_or_default());
    if was_kept {
        let sentence = "Votre session avait expiré\u{a0}: voici l’avis que vous écriviez. Il n’a pas été enregistré.";
        page.frame.notice.get_or_insert_with(|| Notice { sentence: sentence.into() });
    } else if let Some(earlier) = &page.earlier {
        page.form.set(VIEW.name, earlier.view.to_string());
        page.form.set(REASONS.name, earlier.reasons.clone());
    }
    Ok(Page(page).into_response())
}

pub(super) async fn give(
    staff: Staff,
    Dossier(application): Dossier,
    Path((_, service)): Path<(String, String)>,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let service = Service::from_slug(&service).ok_or(Problem::NotFound)?;
    opinions::refuse_other_roles(staff.person(), service)?;
    let view = form.parse(VIEW, |typed| typed.parse::<View>().map_err(|_| "Choisissez un des trois avis."));
    let reasons = form.paragraph(REASONS, MOST);
    let (Some(view), Some(reasons)) = (view, reasons) else {
        let page = Desk::open(&state, &staff, &application).await?.page(&staff, application, service, frame, form);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    };
    let shown: i32 =
        form.value("version").parse().map_err(|_| Problem::BadRequest("Rouvrez le dossier avant de rendre un avis.".into()))?;
    let mut transaction = state.db.begin().await?;
    let given = Given { service, view, reasons };
    match opinions::give(&mut transaction, &staff, application.id, shown, given, state.clock.now()).await {
        Ok(()) => {
            transaction.commit().await?;
            tell(&session, format!("L’avis {} est rendu.", service.of())).await?;
            Ok(Redirect::to(&format!("/instruction/{}#avis", application.id.0)).into_response())
        }
        // Somebody was faster: what was typed is given back with who answered what.
        Err(Problem::NotPossible { sentence, .. }) => {
            drop(transaction);
            let current = applications::find(&mut *state.db.acquire().await?, application.id).await?;
            let mut page = Desk::open(&state, &staff, &current).await?.page(&staff, current, service, frame, form);
            page.late = Some(sentence);
            Ok((StatusCode::CONFLICT, Page(page)).into_response())
        }
        Err(problem) => Err(problem),
    }
}

#[derive(Debug, Template)]
#[template(path = "review/awaited_opinions.html")]
pub(super) struct AwaitedPage {
    frame: Frame,
    awaited: Vec<Awaited>,
    /// Whether their roles let them give any.
    may_give: bool,
    now: OffsetDateTime,
}

impl AwaitedPage {
    fn days(&self, awaited: &Awaited) -> i64 {
        calendar::days_between(awaited.asked_at, self.now)
    }
}

pub(super) async fn list(staff: Staff, State(state): State<AppState>, frame: Frame) -> Result<Page<AwaitedPage>, Problem> {
    let services: Vec<Service> = Service::ALL.iter().copied().filter(|service| service.may_be_given_by(staff.person())).collect();
    let mut connection = state.db.acquire().await?;
    let awaited = opinions::find_awaited(&mut connection, &services, staff.person().account).await?;
    Ok(Page(AwaitedPage { frame, awaited, may_give: !services.is_empty(), now: state.clock.now() }))
}
